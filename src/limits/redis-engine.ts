import { createHash } from 'node:crypto';
import { RateLimiterRedis, RateLimiterRes, RLWrapperTimeouts } from 'rate-limiter-flexible';
import { Connection } from '../stores/redis/connection.ts';
import { memoryEngine, type OpenEngine } from './engine.ts';

/** A request does not wait longer than this to be counted, in milliseconds. */
const LONGEST_COUNT = 250;
const PATIENCE = 5_000;

/** Counts for all processes in the Redis at `url`; while it does not answer, in the memory of this process. Throws a StoreUnavailable where it is not there. */
export async function openRedisEngine(url: string): Promise<OpenEngine> {
  const connection = await Connection.open({ url, ahead: () => 0 }, PATIENCE);
  const storeClient = {
    eval: (script: string, options: { keys: string[]; arguments: string[] }) => connection.run((client) => client.eval(script, options)),
  };
  const ownEngine = memoryEngine();
  return {
    engine(rule) {
      const limiter = new RateLimiterRedis({ ...rule, keyPrefix: `bot:${rule.keyPrefix}`, storeClient, useRedisPackage: true });
      const shared = new RLWrapperTimeouts({ limiter, timeoutMs: LONGEST_COUNT });
      const own = ownEngine(rule);
      return {
        async consume(key) {
          try {
            // No id of a conversation stands in Redis for longer than the conversation does.
            return await shared.consume(createHash('sha256').update(key).digest('base64url'));
          } catch (error) {
            if (error instanceof RateLimiterRes) throw error;
            return own.consume(key);
          }
        },
      };
    },
    close: () => connection.close(),
  };
}
