import type { IncomingMessage } from 'node:http';
import { RateLimiterRes } from 'rate-limiter-flexible';
import type { Counts } from '../operations/counts.ts';
import type { Logger } from '../operations/log.ts';
import type { Counter, Engine } from './engine.ts';
import { OpenSockets } from './open-sockets.ts';
import type { LimitSettings } from './settings.ts';

const MINUTE = 60;
const HOUR = 3_600;

/** What is counted, the setting that says how much of it is allowed, and in how many seconds. */
const RULES = {
  'address-requests': ['LIMIT_ADDRESS_REQUESTS', MINUTE],
  'address-messages': ['LIMIT_ADDRESS_MESSAGES', MINUTE],
  'address-tokens': ['LIMIT_ADDRESS_CONVERSATIONS', HOUR],
  'address-conversations': ['LIMIT_ADDRESS_CONVERSATIONS', HOUR],
  'conversation-messages': ['LIMIT_CONVERSATION_MESSAGES', MINUTE],
  'conversation-polls': ['LIMIT_CONVERSATION_POLLS', MINUTE],
} as const satisfies Record<string, readonly [keyof LimitSettings, number]>;

export type LimitName = keyof typeof RULES;

/** More than is allowed. */
export interface Excess {
  /** Whole seconds until more is allowed. */
  readonly seconds: number;
  /** Is it the first one beyond the limit, in this stretch of time? */
  readonly first: boolean;
}

export interface LimitOptions {
  readonly settings: LimitSettings;
  readonly engine: Engine;
  /** Hides who is counted: a keyed hash. */
  readonly hash: (text: string) => string;
  /** The address that a request comes from. */
  readonly address: (request: IncomingMessage) => string;
  readonly counts: Counts;
  readonly log: Logger;
}

/** The limits of the service: they count and say when it is too much; each channel answers that in its own protocol. */
export interface Limits {
  /** The name under which something is counted that must not be kept as it is. */
  readonly hash: (text: string) => string;
  /** The name under which the address of a request is counted. */
  readonly sender: (request: IncomingMessage) => string;
  readonly sockets: OpenSockets;
  /** Counts one more; undefined as long as it is allowed. Never throws: where counting fails, everything is allowed. */
  take(limit: LimitName, key: string): Promise<Excess | undefined>;
}

export function createLimits({ settings, engine, hash, address, counts, log }: LimitOptions): Limits {
  const counters = new Map<LimitName, Counter>();
  for (const [name, [setting, duration]] of Object.entries(RULES)) {
    if (settings[setting] > 0) counters.set(name as LimitName, engine({ keyPrefix: `limit-${name}`, points: settings[setting], duration }));
  }
  return {
    hash,
    sender: (request) => hash(address(request)),
    sockets: new OpenSockets(settings),
    async take(limit, key) {
      try {
        await counters.get(limit)?.consume(key);
        return undefined;
      } catch (excess) {
        if (!(excess instanceof RateLimiterRes)) {
          log.error({ limit, error: (excess as Error).name }, 'a limit could not be counted');
          return undefined;
        }
        counts.add('limit', limit);
        const seconds = Math.max(1, Math.ceil(excess.msBeforeNext / 1000));
        return { seconds, first: excess.consumedPoints === settings[RULES[limit][0]] + 1 };
      }
    },
  };
}
