import { createClient } from '@redis/client';
import type { Logger } from '../../operations/log.ts';
import { StoreUnavailable } from '../store.ts';
import { isRefused, reasonOf } from './failures.ts';

/** A person waits: what Redis does not answer by then has failed, in milliseconds. */
export const LONGEST_COMMAND = 4_000;
const CONNECT_TIME_OUT = 3_000;
/** Where nothing was heard for so long, though something is asked every `PING_EVERY`, the connection is dead. */
const SILENCE = 5_000;
const PING_EVERY = 2_000;
const LONGEST_PAUSE = 1_000;

export interface ConnectOptions {
  /** `redis://` or `rediss://`, with name, password and number of the database where they are needed. */
  readonly url: string;
  readonly log?: Logger | undefined;
  /** Called each time when it is connected. */
  readonly onReady?: () => void;
}

export type Client = ReturnType<typeof createRedisClient>;

/**
 * A client that connects by itself again and again, with growing pauses, as long as `goOn` says so. While it is not
 * connected, commands fail at once.
 */
export function createRedisClient({ url, log, onReady }: ConnectOptions, goOn: (cause: Error) => boolean = () => true) {
  const client = createClient({
    url,
    name: 'ind-procedure-bot',
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    pingInterval: PING_EVERY,
    commandOptions: { timeout: LONGEST_COMMAND },
    socket: {
      connectTimeout: CONNECT_TIME_OUT,
      socketTimeout: SILENCE,
      // Chance, so that the replicas do not come back in one moment.
      reconnectStrategy: (retries, cause) => (goOn(cause) ? Math.min(50 * 2 ** retries, LONGEST_PAUSE) * (0.5 + Math.random() / 2) : false),
    },
  });
  let lost = false;
  client.on('error', (error: Error) => {
    if (!lost) log?.error({ reason: reasonOf(error) }, 'Redis is gone: trying to reach it again');
    lost = true;
  });
  client.on('ready', () => {
    if (lost) log?.info('Redis is there again');
    lost = false;
    onReady?.();
  });
  return client;
}

/** Connects, and waits so long for a Redis that is not there yet. Throws a StoreUnavailable that names no secret. */
export async function connect(options: ConnectOptions, patienceMs: number): Promise<Client> {
  const deadline = performance.now() + patienceMs;
  let started = false;
  // A password that is refused at the start is a mistake; later it may be one that has just been changed.
  const client = createRedisClient(options, (cause) => started || (!isRefused(cause) && performance.now() < deadline));
  try {
    await client.connect();
  } catch (error) {
    const { hostname, port } = new URL(options.url);
    throw new StoreUnavailable(`Redis at ${hostname}:${port || '6379'} cannot be used: ${reasonOf(error)}.`);
  }
  started = true;
  return client;
}
