/** A process that is killed in the middle of turns: another one does them, once. */
import { setImmediate } from 'node:timers/promises';
import { type Client, newClient } from '../service/client.ts';
import { contentsOf } from '../service/redis-contents.ts';
import { describeWithRedis, redisForAll } from '../service/redis-server.ts';
import { Replica } from '../service/replica.ts';
import { UNLIMITED } from '../service/unlimited.ts';

const QUESTION = 'Until when may I work?';

describeWithRedis('a process that is killed', () => {
  const redis = redisForAll();
  const replicas: Replica[] = [];
  afterEach(async () => {
    await Promise.all(replicas.splice(0).map((replica) => replica.kill()));
  });
  async function start(): Promise<Replica> {
    const replica = new Replica({ ...UNLIMITED, STORE: redis.url, CLOCK: '2023-06-10T12:00' });
    replicas.push(replica);
    await replica.start();
    return replica;
  }

  /** The same person at another process. */
  const at = (replica: Replica, client: Client, path: string) =>
    fetch(`${replica.url}/v3/directline/conversations/${client.conversation}${path}`, {
      headers: { authorization: `Bearer ${client.token}` },
    });

  test('in the middle of turns: each is done once by another process, and none by half', async () => {
    const people: Client[] = [];
    const accepted = new Set<Client>();
    // A turn takes some milliseconds: it is tried until one was under way.
    for (let tries = 0; !(await isHolding()); tries += 1) {
      const first = await start();
      const others = await Promise.all(Array.from({ length: 20 }, () => newClient(first.url)));
      people.push(...others);
      await Promise.all(others.map((person) => person.answers(1)));
      const posts = others.map(async (person) => {
        const response = await person.say(QUESTION).catch(() => undefined);
        if (response?.status === 200) accepted.add(person);
      });
      while (accepted.size < others.length && !(await isHolding())) await setImmediate();
      await first.kill();
      await Promise.all(posts);
      expect(tries).toBeLessThan(20);
    }

    const second = await start();
    for (const person of people) {
      const messages = await everything(second, person, accepted.has(person));
      const expected = messages.some(({ from }) => from.role === 'user') ? ['bot', 'user', 'bot'] : ['bot'];
      expect(messages.map(({ from }) => from.role)).toEqual(expected);
    }
    // Nothing is left to be done.
    expect(await isHolding()).toBe(false);
  }, 90_000);

  /** Does Redis say that a process has taken a job? */
  async function isHolding(): Promise<boolean> {
    return (await contentsOf(redis)).includes('"lease:');
  }

  /** The whole feed of a person, once what they said is answered. */
  async function everything(replica: Replica, person: Client, accepted: boolean) {
    for (let tries = 0; ; tries += 1) {
      const { activities } = (await (await at(replica, person, '/activities?watermark=')).json()) as {
        activities: { type: string; text: string; from: { role: string } }[];
      };
      const messages = activities.filter(({ type }) => type === 'message');
      const said = messages.filter(({ from }) => from.role === 'user').length;
      if (said >= (accepted ? 1 : 0) && messages.length >= 1 + 2 * said) return messages;
      if (tries > 600) throw new Error('a turn was lost');
      await new Promise((done) => setTimeout(done, 100));
    }
  }
});
