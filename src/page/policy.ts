/** The service worker fetches what this service serves, and nothing else; it loads no other script. */
export const WORKER_POLICY = "default-src 'none'; connect-src 'self'";

/** What the page may do: run the one script with the nonce, and talk to the host it came from. */
export function pagePolicy(nonce: string, host: string): string {
  const safe = /^[\w.:[\]-]+$/u.test(host) ? host : '';
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // Web Chat also adds empty style elements without the nonce: this is the hash of nothing.
    `style-src 'self' 'nonce-${nonce}' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='`,
    // Web Chat sets sizes and its typing animation with style attributes.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    `connect-src 'self' ws://${safe} wss://${safe}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
