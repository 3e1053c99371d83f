import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import type { RedisServer } from './redis-server.ts';

const CONTENTS: Readonly<Record<string, (key: string) => string[]>> = {
  string: (key) => ['GET', key],
  hash: (key) => ['HGETALL', key],
  zset: (key) => ['ZRANGE', key, '0', '-1', 'WITHSCORES'],
  stream: (key) => ['XRANGE', key, '-', '+'],
};

/** All keys of a Redis and all that stands under them, as text. */
export async function contentsOf(redis: RedisServer): Promise<string> {
  const client = createClient({ url: redis.url });
  await client.connect();
  const lines: string[] = [];
  for (const key of await client.keys('*')) {
    const command = CONTENTS[await client.type(key)];
    if (!command) throw new Error(`a kind of key that this test does not know: ${key}`);
    lines.push(`${key} ${JSON.stringify(await client.sendCommand(command(key)))}`);
  }
  client.destroy();
  return lines.join('\n');
}

/** What stands in the files of a Redis. */
export function filesOf(redis: RedisServer): string {
  const folder = join(redis.folder, 'appendonlydir');
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}
