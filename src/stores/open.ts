import type { Logger } from '../operations/log.ts';
import { moveAsideIfBroken } from './broken-file.ts';
import { openSqliteStore } from './sqlite.ts';
import type { Store } from './store.ts';

const REDIS = /^rediss?:/u;

/** The file of a store that is one, and undefined for a Redis, whose address may hold a password. */
export function storeFile(setting: string): string | undefined {
  return REDIS.test(setting) ? undefined : setting.slice('sqlite:'.length);
}

/** Opens the store that a setting names: `sqlite:FILE`, `redis://…` or `rediss://…`. Throws a StoreUnavailable where Redis cannot be used. */
export async function openStore(setting: string, log?: Logger): Promise<Store> {
  const file = storeFile(setting);
  if (file === undefined) {
    // A service on a file has no use for its client.
    const { openRedisStore } = await import('./redis/index.ts');
    return openRedisStore(setting, { log });
  }
  const aside = moveAsideIfBroken(file);
  if (aside)
    log?.error({ aside }, 'THE STORE FILE IS BROKEN: it was moved aside, and the bot starts with an empty one. Conversations begin anew.');
  return openSqliteStore(file);
}
