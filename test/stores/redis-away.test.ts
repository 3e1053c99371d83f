/** A Redis that is not there, refuses, stands still, is full, or comes back: clear errors, and no secret in them. */
import { pino } from 'pino';
import { openStore } from '../../src/stores/open.ts';
import { openRedisStore } from '../../src/stores/redis/index.ts';
import { type Store, StoreUnavailable } from '../../src/stores/store.ts';
import { describeWithRedis, type RedisServer, startRedis } from '../service/redis-server.ts';
import { until } from '../service/running.ts';
import { fresh, outcome, queueFor, said } from './contract/engine.ts';

const PASSWORD = 'a-password-that-nobody-sees';

describeWithRedis('a Redis that is away', () => {
  let redis: RedisServer;
  let store: Store | undefined;
  let lines: string[];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const usable = () =>
    (store as Store).check().then(
      () => true,
      () => false,
    );

  beforeEach(async () => {
    lines = [];
    redis = await startRedis({ settings: ['--requirepass', PASSWORD] });
  });
  afterEach(async () => {
    await store?.close();
    store = undefined;
    redis.resume();
    await redis.remove();
    expect(lines.join('')).not.toContain(PASSWORD);
  });
  const open = async (more: object = {}) => {
    store = await openRedisStore(redis.url, { log, ...more });
    return store;
  };

  test('after a crash everything is as it was, and goes on by itself', async () => {
    const opened = await open();
    const [id, { queue, job }] = [fresh(), queueFor()];
    await opened.openConversation(id);
    await opened.append(id, said('before'), { clientId: 'c', job: job(id) });
    const held = await opened.takeJob(queue, 60_000);
    await redis.kill();
    await expect(opened.append(id, said('lost'))).rejects.toThrow(StoreUnavailable);
    await expect(opened.check()).rejects.toThrow(StoreUnavailable);
    await redis.start();
    await until(usable, 'Redis');
    // It does not know the scripts any more.
    expect(await opened.append(id, said('before'), { clientId: 'c' })).toEqual({ id: `${id}|0000001`, repeated: true });
    if (held) await opened.endJob(held, outcome(id, { said: [said('after')] }));
    expect((await opened.readFeed(id, '')).activities.map(({ text }) => text)).toEqual(['before', 'after']);
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(
      expect.arrayContaining([expect.stringContaining('Redis is gone'), 'Redis is there again']),
    );
  });

  test('one that stands still is given up in time, and used again when it goes on', async () => {
    const opened = await open();
    const id = fresh();
    await opened.openConversation(id);
    redis.pause();
    const failed = await Promise.allSettled([opened.append(id, said('a')), opened.readFeed(id, ''), opened.takeJob('q', 1)]);
    for (const one of failed) expect(one).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) });
    await expect(opened.check()).rejects.toThrow(StoreUnavailable);
    redis.resume();
    await until(usable, 'Redis');
    await opened.append(id, said('b'));
    expect((await opened.readFeed(id, '')).activities.at(-1)).toMatchObject({ text: 'b' });
  });

  test('one that is full takes nothing, and says so', async () => {
    const opened = await open();
    const [id, { queue, job }] = [fresh(), queueFor()];
    await opened.openConversation(id);
    await redis.ask('CONFIG', 'SET', 'maxmemory', '1');
    await expect(opened.append(id, said('a'), { job: job(id) })).rejects.toThrow('Redis cannot serve now: OOM');
    await expect(opened.check()).rejects.toThrow(StoreUnavailable);
    await redis.ask('CONFIG', 'SET', 'maxmemory', '0');
    expect(await opened.readFeed(id, '')).toEqual({ activities: [], watermark: '0' });
    expect(await opened.takeJob(queue, 1_000)).toBeUndefined();
    await opened.check();
  });

  test('a start waits for one that comes later', async () => {
    await redis.kill();
    const opening = open();
    await until(() => lines.length > 0, 'a line in the log');
    expect(lines.join('')).toContain('Redis is gone');
    await redis.start();
    await (await opening).check();
  });

  test('a start without one ends with its address and the reason, and no password', async () => {
    await redis.kill();
    const address = new RegExp(`^Redis at 127\\.0\\.0\\.1:${redis.port} cannot be used: ECONNREFUSED\\.$`, 'u');
    const error = await open({ patienceMs: 100 }).catch((failed: Error) => failed);
    expect(error).toBeInstanceOf(StoreUnavailable);
    expect((error as Error).message).toMatch(address);
    expect((error as Error).stack).not.toContain(PASSWORD);
  });

  test('a wrong password ends the start at once', async () => {
    const wrong = redis.url.replace(PASSWORD, `not-${PASSWORD}`);
    const error = (await openStore(wrong, log).catch((failed: Error) => failed)) as Error;
    expect(error.message).toBe(`Redis at 127.0.0.1:${redis.port} cannot be used: WRONGPASS.`);
  });

  test('a user who may use the keys and news of the bot alone is enough', async () => {
    const rights = ['~bot:*', '&bot:news', '+@all', '-@dangerous', '+info'];
    await redis.ask('ACL', 'SETUSER', 'bot', 'on', `>${PASSWORD}`, ...rights);
    store = await openStore(redis.url.replace('//:', '//bot:'), log);
    const [id, { queue, job }] = [fresh(), queueFor()];
    await store.openConversation(id, job(id));
    const held = await until(() => (store as Store).takeJob(queue, 60_000), 'the job');
    await store.endJob(held, outcome(id, { states: [{ key: id, value: '{}', version: '*' }], said: [said('a')] }));
    await store.count([{ name: 'n', labels: [], number: 1 }]);
    await store.keepQuestion({ id, language: 'nl', topic: 'none', text: 'x' }, 90);
    expect(await store.secret('s', () => 'made')).toBe('made');
    expect([await store.lock(id, 'a', 1_000), (await store.counts()).length, (await store.keptQuestions()).length]).toEqual([true, 1, 1]);
    expect(await store.expire(new Date(Date.now() + 1_000))).toBe(1);
    await store.check();
  });

  test('the clock of a process says nothing about leases', async () => {
    const opened = await open({ sweepEveryMs: 0 });
    const { queue, job } = queueFor();
    await opened.addJobs([job('lane')]);
    const held = await opened.takeJob(queue, 60_000);
    const fast = await openRedisStore(redis.url, { sweepEveryMs: 0 });
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
    expect(await fast.takeJob(queue, 60_000)).toBeUndefined();
    clock.mockRestore();
    if (held) await opened.endJob(held);
    await fast.close();
  });
});
