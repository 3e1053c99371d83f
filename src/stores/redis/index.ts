import type { Logger } from '../../operations/log.ts';
import { type Store, StoreUnavailable } from '../store.ts';
import { Connection } from './connection.ts';
import { createConversations } from './conversations.ts';
import { createCounts } from './counts.ts';
import { Work } from './due-groups.ts';
import { createExpiry } from './expiry.ts';
import { createJobs } from './jobs.ts';
import { CHECK_KEY, secretKey } from './keys.ts';
import { type Newswire, openNewswire } from './newswire.ts';
import { createQuestions } from './questions.ts';

/** How long the start waits for a Redis that is not there yet, in milliseconds. */
const PATIENCE = 30_000;
/** How often all groups are looked through, in milliseconds: news may be lost, and a job may become due without any. */
const SWEEP_EVERY = 500;
/** The first Redis that knows all commands of the scripts. */
const OLDEST = 7;

export interface RedisStoreOptions {
  readonly log?: Logger | undefined;
  readonly patienceMs?: number;
  /** For tests: how many milliseconds the time of the store is ahead of the clock of Redis. */
  readonly ahead?: () => number;
  /** For tests: how often `takeJob` looks through all groups, in milliseconds. */
  readonly sweepEveryMs?: number;
}

/**
 * Opens a store in Redis, which many processes can share. `url` is `redis://` or, with TLS, `rediss://`. Throws a
 * StoreUnavailable where Redis is not there in time, refuses, or is too old; it names no secret.
 */
export async function openRedisStore(url: string, options: RedisStoreOptions = {}): Promise<Store> {
  const { log, patienceMs = PATIENCE, ahead = () => 0, sweepEveryMs = SWEEP_EVERY } = options;
  let news: Newswire | undefined;
  // What failed while Redis was away can be tried again.
  const connection = await Connection.open({ url, log, ahead, onReady: () => news?.anything() }, patienceMs);
  const work = new Work();
  try {
    await checkVersion(connection);
    const onWork = (queue: string, group: number) => work.of(queue).add(group);
    const wire = await openNewswire({ url, onWork }, patienceMs);
    news = wire;
    const questions = createQuestions(connection);
    return {
      ...createConversations(connection, wire),
      ...createJobs({ connection, news: wire, work, sweepEveryMs }),
      ...createCounts(connection),
      ...questions,
      ...createExpiry(connection, work, questions.keptQuestions),
      watch: wire.watch,
      async secret(name, make) {
        await connection.run((client) => client.set(secretKey(name), make(), { condition: 'NX' }));
        const secret = await connection.run((client) => client.get(secretKey(name)));
        if (secret === null) throw new StoreUnavailable('Redis has lost a secret');
        return secret;
      },
      async check() {
        // A Redis that is full, or cannot write its file, still answers: only a write shows that it can be used.
        await connection.run((client) => client.set(CHECK_KEY, '', { expiration: { type: 'PX', value: 60_000 } }));
      },
      async close() {
        wire.close();
        connection.close();
      },
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}

async function checkVersion(connection: Connection): Promise<void> {
  const info = await connection.run((client) => client.info('server'));
  const version = /^redis_version:(\d+)/mu.exec(info)?.[1];
  if (Number(version) < OLDEST) throw new StoreUnavailable(`Redis ${OLDEST} or later is needed, and this is Redis ${version}.`);
}
