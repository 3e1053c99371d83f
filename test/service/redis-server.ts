import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { ending } from './children.ts';

/** A Redis of its own for a test: a real process on a free port of this machine, with its append-only file in a new folder. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  /** Sends one command, and gives the answer. */
  ask(...command: string[]): Promise<unknown>;
  /** Ends the process at once, as a crash does. */
  kill(): Promise<void>;
  /** Starts it again on what its file holds. */
  start(): Promise<void>;
  /** Lets it stand still: connections stay, and nothing is answered. */
  pause(): void;
  resume(): void;
  /** Ends it and deletes its folder. */
  remove(): Promise<void>;
}

export interface RedisServerOptions {
  /** As the only node of a Redis Cluster, with all slots: a step on keys of several slots is refused. */
  readonly cluster?: boolean;
  /** More settings of Redis, as on its command line. */
  readonly settings?: readonly string[];
}

const COMMAND = 'redis-server';

/** Can a Redis be started on this machine? */
export function hasRedis(): boolean {
  return spawnSync(COMMAND, ['--version']).status === 0;
}

/** `describe` where a Redis can be started; elsewhere it skips, and says so loudly. */
export function describeWithRedis(name: string, tests: () => void): void {
  if (hasRedis()) {
    describe(name, tests);
    return;
  }
  // biome-ignore lint/suspicious/noConsole: whoever runs the tests has to see what was not tested.
  console.warn(`SKIPPED: "${name}" needs ${COMMAND}, and this machine has none (apt-get install redis-server).`);
  describe.skip(name, tests);
}

export async function startRedis({ cluster = false, settings = [] }: RedisServerOptions = {}): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  const port = await freePort();
  const password = settings[settings.indexOf('--requirepass') + 1];
  const url = `redis://${settings.includes('--requirepass') ? `:${password}@` : ''}127.0.0.1:${port}`;
  // Whatever was answered stands in the file, also after a crash: with a file that is written once a second it need not.
  const durable = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always'];
  const always = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, ...durable];
  let child: ChildProcess | undefined;

  async function ask(...command: string[]): Promise<unknown> {
    const client = createClient({ url, socket: { reconnectStrategy: false } });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await client.sendCommand(command);
    } finally {
      client.destroy();
    }
  }

  async function start(): Promise<void> {
    const mode = cluster ? ['--cluster-enabled', 'yes'] : [];
    child = ending(spawn(COMMAND, [...always, ...mode, ...settings], { stdio: 'ignore' }));
    await answers(() => ask('PING'));
    if (!cluster) return;
    await ask('CLUSTER', 'ADDSLOTSRANGE', '0', '16383').catch(() => undefined);
    await answers(() => ask('GET', 'any'));
  }

  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  await start();
  return {
    url,
    port,
    folder,
    ask,
    kill,
    start,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A Redis for all tests of a file. */
export function redisForAll(options: RedisServerOptions = {}): RedisServer {
  const redis = {} as RedisServer;
  beforeAll(async () => void Object.assign(redis, await startRedis(options)));
  afterAll(() => redis.remove?.());
  return redis;
}

/** Waits until it answers: it reads its file first. */
async function answers(ask: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const answered = await ask().then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error('Redis does not start');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
