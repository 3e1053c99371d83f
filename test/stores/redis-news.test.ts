/** What processes beside each other hear of each other's work through Redis. */
import { openRedisStore } from '../../src/stores/redis/index.ts';
import type { News, Store } from '../../src/stores/store.ts';
import { describeWithRedis, redisForAll } from '../service/redis-server.ts';
import { until } from '../service/running.ts';
import { fresh, outcome, queueFor, said } from './contract/engine.ts';

const NEVER = 1_000_000_000;
const LEASE = 10_000;

describeWithRedis('news in Redis', () => {
  const redis = redisForAll();
  let one: Store;
  let other: Store;
  let heard: News[];

  /** The other store looks through all groups once, and then goes by the news alone. */
  async function open(sweepEveryMs = NEVER): Promise<void> {
    one = await openRedisStore(redis.url, { sweepEveryMs });
    other = await openRedisStore(redis.url, { sweepEveryMs });
    heard = [];
    other.watch((news) => heard.push(news));
  }
  afterEach(async () => {
    await one.close();
    await other.close();
  });

  test('an activity is told to the other process, with its conversation', async () => {
    await open();
    const id = fresh();
    await one.openConversation(id);
    await one.append(id, said('a'));
    await until(() => heard.length > 0, 'news');
    expect(heard).toEqual([{ kind: 'feed', conversation: id }]);
  });

  test('a job is taken by the other process on the news alone', async () => {
    await open();
    const [id, { queue, job }] = [fresh(), queueFor()];
    expect(await other.takeJob(queue, LEASE)).toBeUndefined();
    await one.addJobs([job(id)]);
    await until(() => heard.some((news) => news.kind === 'jobs' && news.queue === queue), 'news');
    expect(await other.takeJob(queue, LEASE)).toMatchObject({ lane: id });
  });

  test('so are the next one of a lane, and what a turn leaves to be done', async () => {
    await open();
    const [id, { queue, job }] = [fresh(), queueFor()];
    await one.openConversation(id);
    await one.addJobs([job(id), job(id)]);
    const held = await one.takeJob(queue, LEASE);
    await other.takeJob(queue, LEASE);
    heard = [];
    if (held) await one.endJob(held, outcome(id, { said: [said('a')], jobs: [job(id, { queue: `${queue}-out` })] }));
    await until(() => heard.length === 3, 'news');
    expect(heard).toEqual([
      { kind: 'feed', conversation: id },
      { kind: 'jobs', queue: `${queue}-out` },
      { kind: 'jobs', queue },
    ]);
    expect(await other.takeJob(queue, LEASE)).toMatchObject({ lane: id });
    expect(await other.takeJob(`${queue}-out`, LEASE)).toMatchObject({ lane: id });
  });

  test('a job of which no news came is found by looking through all groups', async () => {
    await open(0);
    const [id, { queue, job }] = [fresh(), queueFor()];
    await redis.ask('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await one.addJobs([job(id)]);
    expect(await other.takeJob(queue, LEASE)).toMatchObject({ lane: id });
  });

  test('after the connection was lost and is back there may be anything', async () => {
    await open();
    await redis.ask('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await until(() => heard.some(({ kind }) => kind === 'anything'), 'news of anything');
    const id = fresh();
    await one.openConversation(id);
    await one.append(id, said('a'));
    await until(() => heard.some((news) => news.kind === 'feed' && news.conversation === id), 'news after the loss');
  });
});
