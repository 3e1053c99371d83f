import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { storeFile } from '../stores/open.ts';

/** So many keys of one limit are remembered at the most: those that came last. Nobody can fill the memory with new ones. */
const MOST_KEYS = 50_000;

/** How often something may happen: `points` times in `duration` seconds for each key. */
export interface Rule {
  readonly keyPrefix: string;
  readonly points: number;
  readonly duration: number;
}

/** Counts for one rule. */
export interface Counter {
  /** Counts one more of a key. Rejects with the RateLimiterRes where that is more than the rule allows. */
  consume(key: string): Promise<RateLimiterRes>;
}

/** Where the counts are kept: in the memory of this process, or in a store that several processes share. */
export type Engine = (rule: Rule) => Counter;

/** Counts in the memory of this process. */
export function memoryEngine(mostKeys = MOST_KEYS): Engine {
  return (rule) => {
    const limiter = new RateLimiterMemory(rule);
    // A number of keys would be paid for in advance; a size is not.
    const known = new LRUCache<string, true>({
      maxSize: mostKeys,
      sizeCalculation: () => 1,
      noDisposeOnSet: true,
      dispose: (_, key) => void limiter.delete(key),
    });
    return {
      consume(key) {
        known.set(key, true);
        return limiter.consume(key);
      },
    };
  };
}

/** An engine that is open as long as the service runs. */
export interface OpenEngine {
  readonly engine: Engine;
  close(): void;
}

/** Counts where the store is: in Redis for all processes that share it, else in the memory of this one. */
export async function openEngine(store: string): Promise<OpenEngine> {
  if (storeFile(store) !== undefined) return { engine: memoryEngine(), close: () => undefined };
  const { openRedisEngine } = await import('./redis-engine.ts');
  return openRedisEngine(store);
}
