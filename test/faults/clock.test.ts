/** Processes whose clocks are wrong, and step: turns are in order, once each, and leases hold all the same. */
import { newClient } from '../service/client.ts';
import { describeWithRedis, redisForAll } from '../service/redis-server.ts';
import { Replica } from '../service/replica.ts';
import { until } from '../service/running.ts';
import { UNLIMITED } from '../service/unlimited.ts';

/** Sets the clock of a process forward and back, by ten minutes, several times a second. */
const STEPPING = `
  const RealDate = Date;
  let step = 600000;
  setInterval(() => { step = -step; }, 150).unref();
  const now = () => RealDate.now() + step;
  globalThis.Date = class extends RealDate {
    constructor(...given) { super(...(given.length > 0 ? given : [now()])); }
    static now() { return now(); }
  };
`;
const QUESTIONS = ['Until when may I work?', 'Can I stay in the Netherlands?', 'When do I get the letter?'];

describeWithRedis('clocks that step', () => {
  const redis = redisForAll();
  const environment = () => ({ ...UNLIMITED, STORE: redis.url, CLOCK: '2023-06-10T12:00' });
  const replicas: Replica[] = [];
  beforeAll(async () => {
    replicas.push(new Replica(environment(), STEPPING), new Replica(environment(), STEPPING), new Replica(environment()));
    await Promise.all(replicas.map((replica) => replica.start()));
  }, 60_000);
  afterAll(() => Promise.all(replicas.map((replica) => replica.kill())));

  test('change neither the order nor the number of answers', async () => {
    const talks = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const client = await newClient((replicas[index % replicas.length] as Replica).url);
        const asked: string[] = [];
        for (let turn = 0; turn < 8; turn += 1) {
          const at = replicas[(index + turn) % replicas.length] as Replica;
          const response = await fetch(`${at.url}/v3/directline/conversations/${client.conversation}/activities`, {
            method: 'POST',
            headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' },
            body: JSON.stringify({ type: 'message', text: QUESTIONS[turn % 3], from: { id: 'x' } }),
          });
          expect(response.status).toBe(200);
          asked.push(((await response.json()) as { id: string }).id);
        }
        return { client, asked };
      }),
    );
    for (const { client, asked } of talks) {
      const answered = await until(async () => {
        const { activities } = (await (await client.call('GET', '/activities?watermark=')).json()) as {
          activities: { type: string; replyToId?: string; from: { role: string } }[];
        };
        const replies = activities.flatMap(({ type, from, replyToId }) => (type === 'message' && from.role === 'bot' && replyToId) || []);
        return replies.length >= asked.length && replies;
      }, 'all answers');
      expect(answered).toEqual(asked);
    }
  }, 60_000);
});
