import { compile } from 'proxy-addr';
import * as z from 'zod';

/** How much of something is allowed; 0 sets no limit. */
const amount = (fits: number) => z.coerce.number().int('must be a whole number').min(0, 'must not be below 0').default(fits);

/**
 * The settings of the limits. One address is not one person: a reception centre has a thousand people behind the one
 * address of its Wi-Fi, and all of them read the same letter on the same day. So the limits of an address only stop a
 * machine; what one person can do is limited by the conversation.
 */
export const limitSettings = {
  /** Requests of any kind a minute. */
  LIMIT_ADDRESS_REQUESTS: amount(6_000),
  /** Messages a minute. */
  LIMIT_ADDRESS_MESSAGES: amount(1_200),
  /** New conversations an hour. */
  LIMIT_ADDRESS_CONVERSATIONS: amount(2_000),
  /** Open WebSockets. */
  LIMIT_ADDRESS_SOCKETS: amount(2_000),
  /** Messages a minute. */
  LIMIT_CONVERSATION_MESSAGES: amount(60),
  /** Looks for something new a minute; the client of Direct Line looks once a second where it has no WebSocket. */
  LIMIT_CONVERSATION_POLLS: amount(120),
  /** Open WebSockets. A phone on a bad connection leaves some behind before they are known to be dead. */
  LIMIT_CONVERSATION_SOCKETS: amount(10),
  /** Open WebSockets of all together. */
  LIMIT_SOCKETS: amount(10_000),
  /** Bodies beyond 16 kB that come in at once; a quarter of them from one address. */
  LIMIT_LARGE_BODIES: amount(32),
  /** Requests that are worked on at once. */
  LIMIT_REQUESTS: amount(1_000),
  /** Milliseconds that work waits for its turn in the process, before new work is refused. */
  LIMIT_DELAY: amount(200),
  /** Open connections of any kind; whoever comes then is not heard at all. */
  LIMIT_CONNECTIONS: amount(20_000),
} as const;

/** The limits, as they were set. */
export type LimitSettings = { readonly [Name in keyof typeof limitSettings]: number };

/** The proxies whose word about an address counts: names of proxy-addr (`loopback`, `uniquelocal`), addresses and networks. */
export const trustedProxies = z
  .string()
  .default('loopback')
  .transform((text) => (text === 'none' ? [] : text.split(',').map((one) => one.trim())))
  .refine(areNetworks, 'must be addresses or networks with commas between them, as loopback, 10.0.0.0/8, or none');

function areNetworks(networks: string[]): boolean {
  try {
    compile(networks);
    return true;
  } catch {
    return false;
  }
}
