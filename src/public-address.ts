import type { Request } from 'express';

/**
 * Where people reach the service, without a slash at the end: the setting `PUBLIC_URL`, else what the request says of
 * itself (what a proxy says of it only where the proxy is trusted). undefined where the request names no proper host.
 */
export function publicAddress(request: Request, publicUrl: string | undefined): string | undefined {
  if (publicUrl !== undefined) return publicUrl;
  const address = `${request.protocol}://${request.host}`;
  // A host is a name or a number with a port, and nothing else: what it says ends up in links.
  return URL.canParse(address) && new URL(address).origin === address.toLowerCase() ? address : undefined;
}
