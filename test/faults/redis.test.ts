/** A service whose Redis crashes, stands still, or is gone for a while: it says so, loses nothing, and goes on by itself. */
import type { Activity } from 'botbuilder';
import { WebSocket } from 'ws';
import { type Client, newClient } from '../service/client.ts';
import { type GraphServer, startGraph } from '../service/graph-server.ts';
import { describeWithRedis, redisForAll } from '../service/redis-server.ts';
import { type Running, removeFolders, running, until } from '../service/running.ts';
import { sign, textDelivery, WHATSAPP } from '../whatsapp/line.ts';

const QUESTION = 'Until when may I work?';
const AWAY = { status: 503, retryAfter: '5', body: { error: { code: 'ServiceUnavailable', message: expect.any(String) } } };

describeWithRedis('a service whose Redis is away', () => {
  const redis = redisForAll();
  let bot: Running;
  let graph: GraphServer;
  beforeAll(async () => {
    graph = await startGraph();
    bot = await running({ STORE: redis.url, ...WHATSAPP, WHATSAPP_GRAPH_URL: graph.url });
  }, 60_000);
  afterAll(async () => {
    await bot.stop();
    await graph.stop();
    removeFolders();
  });

  const get = (path: string) => fetch(`${bot.url}${path}`);
  const isReady = async () => (await get('/readyz')).status === 200;
  const answered = async (response: Response) => ({
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: await response.json(),
  });
  const look = async (client: Client, watermark: string) => answered(await client.call('GET', `/activities?watermark=${watermark}`));
  const deliver = (body: string) =>
    fetch(`${bot.url}/webhooks/whatsapp`, { method: 'POST', headers: { 'x-hub-signature-256': sign(body) }, body });

  /** A socket, and the texts of the bot that came through it. */
  async function stream(client: Client) {
    const texts: string[] = [];
    const socket = new WebSocket(client.streamUrl);
    socket.on('message', (data) => {
      const { activities } = JSON.parse(String(data)) as { activities: Activity[] };
      for (const { type, from, text } of activities) if (type === 'message' && from.role === 'bot') texts.push(text);
    });
    await new Promise((done) => socket.once('open', done));
    return { socket, texts };
  }

  test.each<[string, () => Promise<void> | void, () => Promise<void> | void]>([
    ['has crashed', () => redis.kill(), () => redis.start()],
    ['stands still', () => redis.pause(), () => redis.resume()],
  ])(
    'where it %s, each route says so in its own way, and goes on when it is back',
    async (_case, leave, comeBack) => {
      const amina = await newClient(bot.url);
      const { socket, texts } = await stream(amina);
      await until(() => texts.length === 1, 'the welcome');
      await leave();

      expect(await answered(await amina.say(QUESTION))).toEqual(AWAY);
      expect((await get('/readyz')).status).toBe(503);
      expect((await get('/healthz')).status).toBe(200);
      // What needs no store is there all the same.
      expect((await get('/faq/en')).status).toBe(200);
      // After an error here the client would never ask again: it is told that there is nothing new.
      expect(await look(amina, '1')).toMatchObject({ status: 200, body: { activities: [], watermark: '1' } });
      expect((await fetch(`${bot.url}/api/directline/token`, { method: 'POST' })).status).toBeLessThan(504);
      expect((await deliver(textDelivery(QUESTION, { person: '31600000007' }))).status).toBe(503);

      await comeBack();
      await until(isReady, 'Redis');
      expect((await amina.say(QUESTION)).status).toBe(200);
      // The socket was never closed.
      await until(() => texts.length === 2, 'the answer through the same socket');
      expect(socket.readyState).toBe(socket.OPEN);
      expect(await amina.answers(2)).toHaveLength(2);
      socket.terminate();
    },
    60_000,
  );

  test('what was accepted before it crashed is answered after, once', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => newClient(bot.url)));
    await Promise.all(people.map((person) => person.answers(1)));
    const body = textDelivery(QUESTION, { person: '31600000008' });
    const statuses = await Promise.all([...people.map((person) => person.say(QUESTION)), deliver(body)]);
    // At once: most turns are not done yet.
    await redis.kill();
    expect(statuses.map(({ status }) => status)).toEqual(Array.from({ length: 21 }, () => 200));
    await redis.start();
    for (const person of people) expect(await person.answers(2)).toHaveLength(2);
    await until(() => graph.sent.some(({ to }) => to === '31600000008'), 'the answer in WhatsApp');
    // Meta never heard that it was accepted, and delivers it again.
    expect((await deliver(body)).status).toBe(200);
    await people[0]?.say(QUESTION);
    await people[0]?.answers(3);
    expect(graph.sent.filter(({ to }) => to === '31600000008')).toHaveLength(1);
  }, 60_000);

  test('a service that starts without it waits, and serves when it comes', async () => {
    await redis.kill();
    const starting = running({ STORE: redis.url });
    await new Promise((done) => setTimeout(done, 300));
    await redis.start();
    const late = await starting;
    expect((await fetch(`${late.url}/readyz`)).status).toBe(200);
    expect(await (await newClient(late.url)).answers(1)).toHaveLength(1);
    await late.stop();
  }, 60_000);
});
