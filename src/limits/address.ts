import type { IncomingMessage } from 'node:http';
import addresses from 'ipaddr.js';
import proxyAddress from 'proxy-addr';

/** Says whether an address is that of a proxy whose `X-Forwarded-For` counts. */
export type Trust = (address: string, hop: number) => boolean;

/** The half of an IPv6 address that a provider gives to one customer, in bytes; the other half is as the customer likes. */
const CUSTOMER_BYTES = 8;

/** The address that a request comes from, behind proxies that are trusted; of an IPv6 address only the network of the customer. */
export function addressOf(request: IncomingMessage, trusted: Trust): string {
  const address = proxyAddress(request, trusted);
  if (address === undefined || !addresses.isValid(address)) return 'unknown';
  const parsed = addresses.process(address);
  return parsed.kind() === 'ipv4' ? parsed.toString() : parsed.toByteArray().slice(0, CUSTOMER_BYTES).join('.');
}
