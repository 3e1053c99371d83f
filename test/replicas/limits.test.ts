/** Limits of services beside each other: they count together, and each for itself while Redis is away. */
import { newClient } from '../service/client.ts';
import { contentsOf } from '../service/redis-contents.ts';
import { describeWithRedis, redisForAll } from '../service/redis-server.ts';
import { type Running, removeFolders, running, until } from '../service/running.ts';

describeWithRedis('two services on one Redis', () => {
  const redis = redisForAll();
  let one: Running;
  let other: Running;
  beforeAll(async () => {
    const limits = { STORE: redis.url, LIMIT_CONVERSATION_MESSAGES: '4', LIMIT_ADDRESS_REQUESTS: '1000' };
    one = await running(limits);
    other = await running(limits);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([one.stop(), other.stop()]);
    removeFolders();
  });

  test('count the messages of a conversation together, and keep no id for that', async () => {
    const amina = await newClient(one.url);
    const say = (bot: Running) =>
      fetch(`${bot.url}/v3/directline/conversations/${amina.conversation}/activities`, {
        method: 'POST',
        headers: { authorization: `Bearer ${amina.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ type: 'message', text: 'May I work?', from: { id: 'x' } }),
      });
    const statuses: number[] = [];
    for (const bot of [one, other, one, other, one, other]) statuses.push((await say(bot)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
    const limits = (await contentsOf(redis)).split('\n').filter((line) => line.includes('limit-'));
    expect(limits.length).toBeGreaterThan(0);
    expect(limits.filter((line) => line.includes(amina.conversation) || line.includes('192.0.2'))).toEqual([]);
  });

  test('count for themselves while Redis is away, and serve what needs no store', async () => {
    await redis.kill();
    const get = (from: string) => fetch(`${one.url}/faq/en`, { headers: { 'x-forwarded-for': from } });
    expect((await get('192.0.2.7')).status).toBe(200);
    const statuses = await Promise.all(Array.from({ length: 1_100 }, async () => (await get('192.0.2.8')).status));
    expect(statuses.filter((status) => status === 429)).toHaveLength(100);
    await redis.start();
    await until(async () => (await fetch(`${one.url}/readyz`)).status === 200, 'Redis');
  });
});
