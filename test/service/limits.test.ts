import { WebSocket } from 'ws';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { memoryEngine } from '../../src/limits/engine.ts';
import { newClient, openSocket } from './client.ts';
import { running, runningForAll } from './running.ts';

const SECRET = 'master-secret-of-at-least-32-characters';

/** An address of its own for each test. */
let last = 0;
const newAddress = () => {
  last += 1;
  return `198.51.100.${last}`;
};
const WAIT = expect.stringMatching(/^\d+$/u);

async function refusal(response: Response): Promise<object> {
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body: await response.json() };
}

const TOO_MANY = { status: 429, retryAfter: WAIT, body: { error: { code: 'TooManyRequests', message: expect.any(String) } } };

describe('messages', () => {
  const bot = runningForAll({ LIMIT_CONVERSATION_MESSAGES: '3', LIMIT_ADDRESS_MESSAGES: '8', DIRECT_LINE_SECRET: SECRET });

  test('of one conversation: the one too many is refused with the time to wait, the others are answered', async () => {
    const from = newAddress();
    const amina = await newClient(bot.url, { from });
    for (let number = 0; number < 3; number += 1) expect((await amina.say('May I work?')).status).toBe(200);
    expect(await refusal(await amina.say('May I work?'))).toEqual(TOO_MANY);
    expect(await amina.answers(4)).toHaveLength(4);
    const boris = await newClient(bot.url, { from });
    expect((await boris.say('May I work?')).status).toBe(200);
  });

  test('uploads count as messages', async () => {
    const amina = await newClient(bot.url, { from: newAddress() });
    const upload = () => {
      const form = new FormData();
      form.append('activity', new Blob([JSON.stringify({ type: 'message', text: 'x', from: { id: 'x' } })]));
      const headers = { authorization: `Bearer ${amina.token}` };
      return fetch(`${bot.url}/v3/directline/conversations/${amina.conversation}/upload`, { method: 'POST', headers, body: form });
    };
    for (let number = 0; number < 3; number += 1) expect((await upload()).status).toBe(200);
    expect(await refusal(await upload())).toEqual(TOO_MANY);
  });

  test('of one address: several conversations share it, another address is not touched', async () => {
    const from = newAddress();
    const people = [await newClient(bot.url, { from }), await newClient(bot.url, { from }), await newClient(bot.url, { from })];
    const statuses = [];
    for (const one of people) for (let number = 0; number < 3; number += 1) statuses.push((await one.say('x')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 429]);
    const elsewhere = await newClient(bot.url, { from: newAddress() });
    expect((await elsewhere.say('x')).status).toBe(200);
  });

  test('a server with the secret writes for many people from one address', async () => {
    const headers = { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json', 'x-forwarded-for': newAddress() };
    const base = `${bot.url}/v3/directline/conversations`;
    for (let number = 0; number < 12; number += 1) {
      const { conversationId } = (await (await fetch(base, { method: 'POST', headers })).json()) as { conversationId: string };
      const body = JSON.stringify({ type: 'message', text: 'x', from: { id: 'x' } });
      expect((await fetch(`${base}/${conversationId}/activities`, { method: 'POST', headers, body })).status).toBe(200);
    }
  });
});

describe('conversations of an address', () => {
  const bot = runningForAll({ LIMIT_ADDRESS_CONVERSATIONS: '2' });
  const token = (headers: Record<string, string>) => fetch(`${bot.url}/api/directline/token`, { method: 'POST', headers });

  test('the token of the page is refused; who comes back to a conversation still gets one', async () => {
    const headers = { 'x-forwarded-for': newAddress() };
    const first = await token(headers);
    const session = (await first.json()) as { token: string; conversationId: string };
    const start = { ...headers, authorization: `Bearer ${session.token}` };
    expect((await fetch(`${bot.url}/v3/directline/conversations`, { method: 'POST', headers: start })).status).toBe(201);
    expect((await token(headers)).status).toBe(200);
    expect(await refusal(await token(headers))).toEqual(TOO_MANY);
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(await (await token({ ...headers, cookie })).json()).toMatchObject({ conversationId: session.conversationId, resumed: true });
  });

  test('so is the start of a conversation with a token from elsewhere; starting a known one again is not', async () => {
    const tokens: string[] = [];
    for (let number = 0; number < 3; number += 1)
      tokens.push(((await (await token({ 'x-forwarded-for': newAddress() })).json()) as { token: string }).token);
    const from = newAddress();
    const start = (one = '') => {
      const headers = { authorization: `Bearer ${one}`, 'x-forwarded-for': from };
      return fetch(`${bot.url}/v3/directline/conversations`, { method: 'POST', headers });
    };
    expect([(await start(tokens[0])).status, (await start(tokens[1])).status]).toEqual([201, 201]);
    expect(await refusal(await start(tokens[2]))).toEqual(TOO_MANY);
    expect((await start(tokens[0])).status).toBe(200);
  });
});

describe('looking for something new too often', () => {
  const bot = runningForAll({ LIMIT_CONVERSATION_POLLS: '2' });

  test('is slowed down, never refused, and nothing is lost by it', async () => {
    const amina = await newClient(bot.url, { from: newAddress() });
    await amina.say('May I work?');
    const look = async (watermark: string) => {
      const response = await amina.call('GET', `/activities?watermark=${watermark}`);
      return { status: response.status, ...((await response.json()) as { activities: { text?: string }[]; watermark: string }) };
    };
    await look('');
    await look('');
    // One of them waits and then reads; those beside it get an empty part and keep their place.
    const parts = await Promise.all([look('1'), look('1'), look('1')]);
    expect(parts.map(({ status }) => status)).toEqual([200, 200, 200]);
    const empty = parts.filter(({ activities }) => activities.length === 0);
    expect(empty).toHaveLength(2);
    for (const { watermark } of empty) expect(watermark).toBe('1');
    expect(JSON.stringify(parts)).toContain('May I work?');
  });
});

describe('everything that an address asks', () => {
  const bot = runningForAll({ LIMIT_ADDRESS_REQUESTS: '4', TRUSTED_PROXIES: 'loopback, 203.0.113.0/24' });
  const get = (path: string, headers: Record<string, string>) => fetch(`${bot.url}${path}`, { headers });

  test('programs get the code, people a sentence in their language; the health of the service has no limit', async () => {
    const headers = { 'x-forwarded-for': newAddress() };
    for (let number = 0; number < 4; number += 1) expect((await get('/faq/nl', headers)).status).toBe(200);
    expect(await refusal(await get('/faq/nl', headers))).toEqual(TOO_MANY);
    for (const language of LANGUAGE_CODES) {
      const page = await get('/', { ...headers, accept: 'text/html', 'accept-language': language });
      expect([page.status, page.headers.get('retry-after')]).toEqual([429, WAIT]);
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(await page.text()).toContain(textsOf(language).say('page:too-busy'));
    }
    for (let number = 0; number < 9; number += 1) expect((await get('/healthz', headers)).status).toBe(200);
    expect((await get('/readyz', headers)).status).toBe(200);
  });

  test('the poll route is never refused for it', async () => {
    const from = newAddress();
    const amina = await newClient(bot.url, { from });
    for (let number = 0; number < 4; number += 1) await get('/robots.txt', { 'x-forwarded-for': from });
    expect((await amina.say('x')).status).toBe(429);
    const responses = await Promise.all(Array.from({ length: 4 }, () => amina.call('GET', '/activities?watermark=')));
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    // Who may not read is told so all the same.
    expect((await amina.call('GET', '/activities', undefined, { authorization: 'Bearer nonsense' })).status).toBe(403);
  });

  test.each<[string, string[], boolean]>([
    ['addresses that a stranger makes up do not help', ['10.0.0.1, 198.51.100.200', '10.0.0.2, 198.51.100.200'], true],
    ['behind two proxies that are trusted the person counts', ['198.51.100.210, 203.0.113.5', '198.51.100.211, 203.0.113.5'], false],
    ['all addresses of one IPv6 customer are one', ['2001:db8:0:1::1', '2001:db8:0:1:ffff::2'], true],
    ['two IPv6 customers are two', ['2001:db8:0:2::1', '2001:db8:0:3::1'], false],
    ['IPv4 within IPv6 is the same address', ['198.51.100.220', '::ffff:198.51.100.220'], true],
    ['nonsense is one address too', ['<script>', 'unknown'], true],
  ])('%s', async (_name, [one = '', other = ''], same) => {
    for (let number = 0; number < 4; number += 1) await get('/robots.txt', { 'x-forwarded-for': one });
    expect((await get('/robots.txt', { 'x-forwarded-for': other })).status).toBe(same ? 429 : 200);
  });
});

describe('open sockets', () => {
  const bot = runningForAll({ LIMIT_CONVERSATION_SOCKETS: '2', LIMIT_ADDRESS_SOCKETS: '3', LIMIT_SOCKETS: '5' });

  test('of a conversation, of an address and of all: the one too many is refused, and a closed one makes place', async () => {
    const open: WebSocket[] = [];
    const address = newAddress();
    const [amina, boris] = [await newClient(bot.url), await newClient(bot.url)];
    const tryOpen = async (streamUrl: string, from: string) => {
      const socket = await openSocket(streamUrl, { 'x-forwarded-for': from });
      if (!(socket instanceof WebSocket)) return socket;
      open.push(socket);
      return 'open';
    };
    const refused = { retryAfter: '30', body: expect.stringMatching(/"error":\{"code":/u) };
    expect([await tryOpen(amina.streamUrl, address), await tryOpen(amina.streamUrl, address)]).toEqual(['open', 'open']);
    expect(await tryOpen(amina.streamUrl, newAddress())).toEqual({ status: 429, ...refused });
    expect(await tryOpen(boris.streamUrl, address)).toBe('open');
    expect(await tryOpen(boris.streamUrl, address)).toEqual({ status: 429, ...refused });
    expect(await tryOpen(boris.streamUrl, newAddress())).toBe('open');
    const celia = await newClient(bot.url);
    expect(await tryOpen(celia.streamUrl, newAddress())).toBe('open');
    expect(await tryOpen(celia.streamUrl, newAddress())).toEqual({ status: 503, ...refused });
    const closed = open.pop();
    await new Promise((done) => closed?.once('close', done).close());
    expect(await tryOpen(celia.streamUrl, newAddress())).toBe('open');
    // An upgrade that is none gives its place back too.
    const broken = await fetch(celia.streamUrl.replace('ws:', 'http:')).catch(() => undefined);
    expect(broken?.status).toBe(404);
    for (const socket of open) socket.terminate();
  });
});

test('the memory remembers a bounded number of keys, those that came last', async () => {
  const { consume } = memoryEngine(2)({ keyPrefix: 'x', points: 1, duration: 60 });
  await consume('one');
  await expect(consume('one')).rejects.toMatchObject({ consumedPoints: 2 });
  await consume('two');
  await consume('three');
  await consume('one');
});

test('without a limit nothing is refused, and an address behind a stranger is not believed', async () => {
  const free = await running({ TRUSTED_PROXIES: 'none', LIMIT_ADDRESS_REQUESTS: '3' });
  const statuses = [];
  for (let number = 0; number < 5; number += 1)
    statuses.push((await fetch(`${free.url}/robots.txt`, { headers: { 'x-forwarded-for': newAddress() } })).status);
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  await free.stop();
});
