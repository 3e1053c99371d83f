/**
 * The public Direct Line client against the real server: what a page does, a lost socket, a reconnect with
 * watermark, a token that expires, and two conversations that never meet.
 */
import { type Activity, ConnectionStatus, DirectLine } from 'botframework-directlinejs';
import { SignJWT } from 'jose';
import WebSocket from 'ws';
import XMLHttpRequest from 'xhr2';
import { type Running, removeFolders, running, until } from './running.ts';

const SECRET = 'master-secret-of-at-least-32-characters';
const KEY = 'signing-key-of-at-least-thirty-two-characters';

/** Every socket that the client opened, so that a test can cut one. */
const sockets: WebSocket[] = [];
class CountedWebSocket extends WebSocket {
  constructor(address: string) {
    super(address);
    sockets.push(this);
  }
}

let bot: Running;
const clients: DirectLine[] = [];
beforeAll(async () => {
  Object.assign(globalThis, { XMLHttpRequest, WebSocket: CountedWebSocket });
  bot = await running({ DIRECT_LINE_SECRET: SECRET, DIRECT_LINE_SIGNING_KEY: KEY });
});
afterEach(() => {
  for (const client of clients.splice(0)) client.end();
});
afterAll(async () => {
  await bot.stop();
  removeFolders();
});

interface Client {
  readonly line: DirectLine;
  readonly seen: Activity[];
  readonly states: ConnectionStatus[];
  post(text: string): Promise<string>;
  texts(): string[];
}

function connect(options: { token?: string; secret?: string; conversationId?: string; watermark?: string; webSocket?: boolean }): Client {
  const line = new DirectLine({ domain: `${bot.url}/v3/directline`, webSocket: true, pollingInterval: 200, ...options });
  clients.push(line);
  const seen: Activity[] = [];
  const states: ConnectionStatus[] = [];
  line.connectionStatus$.subscribe((state) => states.push(state));
  line.activity$.subscribe(
    (activity) => seen.push(activity),
    () => undefined,
  );
  return {
    line,
    seen,
    states,
    post: (text) =>
      new Promise((done, fail) => {
        line.postActivity({ type: 'message', text, from: { id: 'amina' } }).subscribe(done, fail);
      }),
    texts: () =>
      seen.filter(({ type, from }) => type === 'message' && from.role === 'bot').map((one) => (one as { text?: string }).text ?? ''),
  };
}

async function newToken(): Promise<{ token: string; conversationId: string }> {
  const response = await fetch(`${bot.url}/v3/directline/tokens/generate`, {
    method: 'POST',
    headers: { authorization: `Bearer ${SECRET}` },
  });
  return (await response.json()) as { token: string; conversationId: string };
}

/** A token of a conversation that is not yet started. */
async function onlyToken(): Promise<{ token: string }> {
  const { token } = await newToken();
  return { token };
}

test("a page's way: token, start, welcome, question, answer, over a socket", async () => {
  const client = connect(await onlyToken());
  await until(() => client.texts().length === 1, 'the welcome');
  expect(await client.post('What is the interview about?')).toMatch(/\|0{6}2$/u);
  await until(() => client.texts().length === 2, 'the answer');
  expect(client.texts()[1]).toMatch(/who you are/u);
  // The own message came back, too: Web Chat marks it as sent by that.
  expect(client.seen.filter(({ from }) => from.id === 'amina')).toHaveLength(1);
});

test('a master secret is accepted where one is set, and a wrong one is not', async () => {
  const client = connect({ secret: SECRET });
  await until(() => client.texts().length === 1, 'the welcome');
  const stranger = connect({ secret: 'another-secret-of-at-least-32-characters' });
  await until(
    () => stranger.states.some((state) => state === ConnectionStatus.FailedToConnect || state === ConnectionStatus.ExpiredToken),
    'the refusal',
  );
  expect(stranger.seen).toHaveLength(0);
});

test('without a socket, by polling', async () => {
  const client = connect({ ...(await onlyToken()), webSocket: false });
  await until(() => client.texts().length === 1, 'the welcome');
  await client.post('Until when may I work?');
  await until(() => client.texts().length === 2, 'the answer');
});

test('a lost socket: the client comes back with its watermark, nothing is lost and nothing comes twice', async () => {
  const client = connect(await onlyToken());
  await until(() => client.texts().length === 1, 'the welcome');
  const before = sockets.length;
  sockets.at(-1)?.terminate();
  await client.post('What is the interview about?');
  await until(() => sockets.length > before && sockets.at(-1)?.readyState === WebSocket.OPEN, 'a new socket');
  await until(() => client.texts().length === 2, 'the answer');
  await client.post('Until when may I work?');
  await until(() => client.texts().length === 3, 'the second answer');
  const ids = client.seen.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
}, 40_000);

test('a conversation taken up again gets what came after the watermark only; with none, everything', async () => {
  const { token, conversationId } = await newToken();
  const first = connect({ token });
  await until(() => first.texts().length === 1, 'the welcome');
  await first.post('What is the interview about?');
  await until(() => first.texts().length === 2, 'the answer');
  first.line.end();
  const whole = connect({ token, conversationId, watermark: '' });
  await until(() => whole.seen.length === 3, 'everything');
  const rest = connect({ token, conversationId, watermark: '2' });
  await until(() => rest.seen.length === 1, 'the rest');
  expect(rest.texts()[0]).toMatch(/who you are/u);
});

test("two conversations never see each other's activities", async () => {
  const [one, two] = [connect(await onlyToken()), connect(await onlyToken())];
  await until(() => one.texts().length === 1 && two.texts().length === 1, 'both welcomes');
  await Promise.all([one.post('What is the interview about?'), two.post('Until when may I work?')]);
  await until(() => one.texts().length === 2 && two.texts().length === 2, 'both answers');
  const conversation = ({ seen }: Client) =>
    new Set(seen.map((activity) => (activity as { conversation?: { id: string } }).conversation?.id));
  expect(conversation(one).size).toBe(1);
  expect(conversation(two).size).toBe(1);
  expect([...conversation(one)]).not.toEqual([...conversation(two)]);
  expect(one.texts().join()).not.toMatch(/right to work/u);
  expect(two.texts().join()).not.toMatch(/who you are/u);
});

test('an expired token: the client says so, and goes on with a new one', async () => {
  const { conversationId, token } = await newToken();
  const first = connect({ token });
  await until(() => first.texts().length === 1, 'the welcome');
  first.line.end();
  const expired = await new SignJWT({ conv: conversationId })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience('directline')
    .setExpirationTime(Math.floor(Date.now() / 1000) - 1)
    .sign(new TextEncoder().encode(KEY));
  const client = connect({ token: expired, conversationId, watermark: '' });
  await until(
    () => client.states.some((state) => state === ConnectionStatus.ExpiredToken || state === ConnectionStatus.FailedToConnect),
    'the expired token',
  );
  expect(client.seen).toHaveLength(0);
  const again = connect({ token, conversationId, watermark: '' });
  await until(() => again.texts().length === 1, 'the conversation');
});
