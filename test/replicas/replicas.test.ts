/** Three services on one Redis: whoever a client comes to, it is served as by one. */
import type { Activity } from 'botbuilder';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { type GraphServer, startGraph } from '../service/graph-server.ts';
import { describeWithRedis, redisForAll } from '../service/redis-server.ts';
import { type Running, removeFolders, running, until } from '../service/running.ts';
import { sign, textDelivery, WHATSAPP, wordsOf } from '../whatsapp/line.ts';

const QUESTIONS = ['Until when may I work?', 'Can I stay in the Netherlands?', 'When do I get the letter?'];
const LANGUAGES = ['en', 'nl', 'fr'];

interface Frame {
  readonly activities: Activity[];
  readonly watermark: string;
}

describeWithRedis('three services on one Redis', () => {
  const redis = redisForAll();
  const bots: Running[] = [];
  /** How many turns each of them has done. */
  const turns = [0, 0, 0];
  const sockets: WebSocket[] = [];
  let graph: GraphServer;

  beforeAll(async () => {
    graph = await startGraph();
    for (const index of turns.keys()) {
      const write = (line: string) => {
        if ((JSON.parse(line) as { msg: string }).msg === 'turn') turns[index] = (turns[index] ?? 0) + 1;
      };
      bots.push(await running({ STORE: redis.url, ...WHATSAPP, WHATSAPP_GRAPH_URL: graph.url }, pino({}, { write })));
    }
  }, 60_000);
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.terminate();
  });
  afterAll(async () => {
    await Promise.all(bots.map((bot) => bot.stop()));
    await graph.stop();
    removeFolders();
  });
  const bot = (index: number) => bots[index % bots.length] as Running;

  /** Begins a conversation: each step at another service. */
  async function begin(locale = 'en') {
    const { token, conversationId } = (await (await fetch(`${bot(0).url}/api/directline/token`, { method: 'POST' })).json()) as {
      token: string;
      conversationId: string;
    };
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const at = (index: number, path = '') => `${bot(index).url}/v3/directline/conversations/${conversationId}${path}`;
    await fetch(`${bot(1).url}/v3/directline/conversations`, { method: 'POST', headers, body: JSON.stringify({ locale }) });
    const read = async (index: number, watermark = '') =>
      (await (await fetch(at(index, `/activities?watermark=${watermark}`), { headers })).json()) as Frame;
    const messages = async (index: number) => (await read(index)).activities.filter(({ type }) => type === 'message');
    const post = async (index: number, text: string, clientActivityID?: string) => {
      const activity = { type: 'message', text, locale, from: { id: 'x' }, channelData: { clientActivityID } };
      const response = await fetch(at(index, '/activities'), { method: 'POST', headers, body: JSON.stringify(activity) });
      return ((await response.json()) as { id: string }).id;
    };
    /** A socket at one of the services, and the frames that came through it. */
    const stream = async (index: number, watermark = '') => {
      const frames: Frame[] = [];
      const address = `${at(index, '/stream').replace('http', 'ws')}?watermark=${watermark}&t=${token}`;
      const socket = new WebSocket(address);
      sockets.push(socket);
      socket.on('message', (data) => frames.push(JSON.parse(String(data)) as Frame));
      await new Promise((done) => socket.once('open', done));
      return { socket, frames, ids: () => frames.flatMap(({ activities }) => activities.map(({ id }) => id)) };
    };
    await until(async () => (await messages(2)).length === 1, 'the welcome');
    return { conversation: conversationId, read, messages, post, stream };
  }

  test('a conversation is begun, written to and read wherever it comes', async () => {
    const talk = await begin();
    for (const [index, question] of QUESTIONS.entries()) {
      await talk.post(index, question);
      await until(async () => (await talk.messages(index + 1)).length === 3 + index * 2, 'an answer');
    }
    const feeds = await Promise.all([0, 1, 2].map((index) => talk.read(index)));
    expect(feeds[1]).toEqual(feeds[0]);
    expect(feeds[2]).toEqual(feeds[0]);
    const { watermark } = feeds[0] as Frame;
    for (const index of [0, 1, 2]) {
      expect(await talk.read(index, watermark)).toEqual({ activities: [], watermark });
      expect((await talk.read(index, '2')).activities).toEqual(feeds[0]?.activities.slice(2));
    }
  });

  test('frames come through every socket, whichever service did the turn', async () => {
    const before = [...turns];
    const talks = await Promise.all(LANGUAGES.map((language) => begin(language)));
    const streams = await Promise.all(talks.map((talk) => Promise.all([0, 1, 2].map((index) => talk.stream(index)))));
    for (let round = 0; round < 6; round += 1) await Promise.all(talks.map((talk) => talk.post(round, QUESTIONS[round % 3] as string)));
    for (const [index, talk] of talks.entries()) {
      await until(async () => (await talk.messages(0)).length === 13, 'all answers');
      const expected = (await talk.read(0)).activities.map(({ id }) => id);
      for (const { ids } of streams[index] ?? []) {
        await until(() => ids().length >= expected.length, 'all frames');
        expect(ids()).toEqual(expected);
      }
    }
    // Were all turns done by one of them, this would show nothing.
    expect(turns.filter((number, index) => number > (before[index] ?? 0)).length).toBeGreaterThan(1);
  });

  test('who loses the socket goes on at another service, with the watermark of the first', async () => {
    const talk = await begin();
    const first = await talk.stream(0);
    await until(() => first.frames.length > 0, 'the welcome');
    const { watermark } = first.frames.at(-1) as Frame;
    const seen = first.ids();
    first.socket.terminate();
    await talk.post(1, QUESTIONS[0] as string);
    await until(async () => (await talk.messages(1)).length === 3, 'the answer');
    const second = await talk.stream(2, watermark);
    const all = (await talk.read(0)).activities.map(({ id }) => id);
    await until(() => seen.length + second.ids().length >= all.length, 'the rest');
    expect([...seen, ...second.ids()]).toEqual(all);
  });

  test('what is written one after another at different services is answered in that order', async () => {
    const talk = await begin();
    const asked: string[] = [];
    for (let index = 0; index < 15; index += 1) asked.push(await talk.post(index, QUESTIONS[index % 3] as string));
    await until(async () => (await talk.messages(0)).length === 31, 'all answers');
    const answered = (await talk.messages(0)).flatMap(({ replyToId, from }) => (from.role === 'bot' && replyToId) || []);
    expect(answered).toEqual(asked);
  });

  test('the same message at all of them at once counts once', async () => {
    const talk = await begin();
    const ids = await Promise.all([0, 1, 2, 0, 1, 2].map((index) => talk.post(index, QUESTIONS[0] as string, 'the-same')));
    expect(new Set(ids).size).toBe(1);
    await until(async () => (await talk.messages(0)).length >= 3, 'the answer');
    await talk.post(1, QUESTIONS[1] as string);
    await until(async () => (await talk.messages(0)).length >= 5, 'the next answer');
    expect((await talk.messages(0)).map(({ from }) => from.role)).toEqual(['bot', 'user', 'bot', 'user', 'bot']);
  });

  test('a delivery of WhatsApp that comes to all of them is answered once', async () => {
    const body = textDelivery(QUESTIONS[0] as string, { person: '31600000001' });
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': sign(body) };
    const post = (index: number) => fetch(`${bot(index).url}/webhooks/whatsapp`, { method: 'POST', headers, body });
    expect((await Promise.all([0, 1, 2].map(post))).map(({ status }) => status)).toEqual([200, 200, 200]);
    const answers = () => graph.sent.filter(({ to }) => to === '31600000001');
    await until(() => answers().length > 0, 'the answer');
    const next = textDelivery(QUESTIONS[1] as string, { person: '31600000001', at: 1_686_391_300 });
    await fetch(`${bot(1).url}/webhooks/whatsapp`, {
      method: 'POST',
      headers: { ...headers, 'x-hub-signature-256': sign(next) },
      body: next,
    });
    const rest = new Set((await until(() => answers().length > 1 && answers(), 'the next answer')).map(wordsOf));
    expect(rest.size).toBe(answers().length);
  });

  test('what is deleted at one of them is gone at all', async () => {
    const talk = await begin();
    await talk.post(0, QUESTIONS[0] as string);
    await until(async () => (await talk.messages(1)).length === 3, 'the answer');
    await talk.post(1, 'delete my data');
    await until(async () => (await talk.messages(2)).length === 5, 'the question whether to');
    await talk.post(2, 'Yes, delete it');
    for (const index of [0, 1, 2]) {
      await until(async () => !JSON.stringify(await talk.read(index)).includes(QUESTIONS[0] as string), 'an empty feed');
    }
  });
});
