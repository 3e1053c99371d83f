/** Nobody reads or writes a conversation that is not theirs: by token, id, watermark, socket or upload, whole or forged. */
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { SignJWT, UnsecuredJWT } from 'jose';
import { WebSocket } from 'ws';
import { type Client, newClient, openSocket } from './client.ts';
import { runningForAll, until } from './running.ts';

const KEY = 'signing-key-of-at-least-thirty-two-characters';
const SECRET = 'master-secret-of-at-least-32-characters';
const MARK = 'the question of Amina alone';

const bot = runningForAll({ DIRECT_LINE_SIGNING_KEY: KEY, DIRECT_LINE_SECRET: SECRET });
let amina: Client;
let eve: Client;
beforeAll(async () => {
  amina = await newClient(bot.url);
  eve = await newClient(bot.url);
  await amina.say(MARK);
  await eve.say('hello');
  await Promise.all([amina.answers(2), eve.answers(2)]);
});

const bytes = (text: string) => new TextEncoder().encode(text);
const soon = () => Math.floor(Date.now() / 1000) + 600;
const signed = (claims: object, { key = KEY, audience = 'directline', expires = soon(), alg = 'HS256' } = {}) =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg }).setAudience(audience).setExpirationTime(expires).sign(bytes(key));

/** A token of another conversation, whose middle part speaks of this one. */
function spliced(): string {
  const [head, , signature] = eve.token.split('.');
  return [head, amina.token.split('.')[1], signature].join('.');
}

/** Signed by hand, for headers that no library would make. */
function byHand(header: object, key: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part(header)}.${part({ conv: amina.conversation, aud: 'directline', exp: soon() })}`;
  return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
}

/** The cookie of the page's own conversation, which is signed with the same key for another audience. */
async function cookie(): Promise<string> {
  const response = await fetch(`${bot.url}/api/directline/token`, { method: 'POST' });
  return /conversation=([^;]+)/u.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '';
}

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Whoever bears one of these may nothing in the conversation of somebody else. */
const BEARERS: Readonly<Record<string, () => Promise<string | undefined> | string | undefined>> = {
  'no token': () => undefined,
  'an empty token': () => '',
  'the token of another conversation': () => eve.token,
  'a refreshed token of another conversation': async () => {
    const response = await fetch(`${bot.url}/v3/directline/tokens/refresh`, {
      method: 'POST',
      headers: { authorization: `Bearer ${eve.token}` },
    });
    return ((await response.json()) as { token: string }).token;
  },
  'a token that is not signed': () => new UnsecuredJWT({ conv: amina.conversation }).setAudience('directline').encode(),
  'alg none in capitals': () => byHand({ alg: 'NONE' }, KEY),
  'alg none with a signature': () => byHand({ alg: 'none' }, KEY),
  'a signature by another key': () => signed({ conv: amina.conversation }, { key: `${KEY}x` }),
  'a signature by the master secret': () => signed({ conv: amina.conversation }, { key: SECRET }),
  'a signature by no key': () => byHand({ alg: 'HS256' }, ''),
  'another algorithm': () => signed({ conv: amina.conversation }, { alg: 'HS384', key: KEY.repeat(2) }),
  'an algorithm of public keys': () =>
    new SignJWT({ conv: amina.conversation })
      .setProtectedHeader({ alg: 'RS256' })
      .setAudience('directline')
      .setExpirationTime(soon())
      .sign(privateKey),
  'a key that the token brings along': () =>
    byHand({ alg: 'HS256', jwk: { kty: 'oct', k: Buffer.from('mine').toString('base64url') } }, 'mine'),
  'a token that has expired': () => signed({ conv: amina.conversation }, { expires: soon() - 601 }),
  'a token for another audience': () => signed({ conv: amina.conversation }, { audience: 'page' }),
  'the cookie of the page': cookie,
  'a token without a conversation': () => signed({}),
  'a list of conversations': () => signed({ conv: [amina.conversation] }),
  'a pattern of conversations': () => signed({ conv: '*' }),
  'two tokens in one': spliced,
  'a part of the master secret': () => SECRET.slice(0, -1),
  'the master secret and more': () => `${SECRET}x`,
};

const names = Object.keys(BEARERS);
const bearerOf = async (name: string) => await BEARERS[name]?.();
const feed = async (client: Client) => (await client.call('GET', '/activities?watermark=')).text();

/** Every route below a conversation. */
const ROUTES: readonly (readonly [method: string, path: string, body: (() => BodyInit) | undefined])[] = [
  ['GET', '', undefined],
  ['GET', '?watermark=0', undefined],
  ['GET', '/activities', undefined],
  ['GET', '/activities?watermark=', undefined],
  ['GET', '/activities?watermark=1', undefined],
  ['POST', '/activities', () => JSON.stringify({ type: 'message', text: 'a word of Eve', from: { id: 'eve' } })],
  ['POST', '/activities', () => JSON.stringify({ type: 'message', text: 'a word of Eve', conversation: { id: amina.conversation } })],
  ['POST', '/upload?userId=eve', upload],
];

function upload(): FormData {
  const form = new FormData();
  form.append('activity', new Blob([JSON.stringify({ type: 'message', text: 'a word of Eve', from: { id: 'eve' } })]));
  form.append('file', new Blob(['x'], { type: 'image/png' }), 'x.png');
  return form;
}

describe.each(names)('%s', (name) => {
  test.each(ROUTES)('%s %s is refused', async (method, path, body) => {
    const before = await feed(amina);
    const bearer = await bearerOf(name);
    const response = await fetch(`${bot.url}/v3/directline/conversations/${amina.conversation}${path}`, {
      method,
      ...(bearer !== undefined && { headers: { authorization: `Bearer ${bearer}` } }),
      ...(body && { body: body() }),
    });
    expect([401, 403]).toContain(response.status);
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
    expect(text).not.toContain(MARK);
    expect(await feed(amina)).toBe(before);
  });

  test('no stream, by the query or by the header', async () => {
    const bearer = (await bearerOf(name)) ?? '';
    const address = amina.streamUrl.replace(/\?.*/u, '');
    for (const [url, headers] of [
      [`${address}?${new URLSearchParams({ watermark: '', t: bearer })}`, {}],
      [`${address}?watermark=`, { authorization: `Bearer ${bearer}` }],
      // The one that is given in the query counts.
      [`${address}?${new URLSearchParams({ t: bearer || 'x' })}`, { authorization: `Bearer ${amina.token}` }],
    ] as const) {
      const socket = await openSocket(url, headers);
      expect(socket).toMatchObject({ status: expect.any(Number) });
      if ('status' in socket) expect([401, 403]).toContain(socket.status);
      else socket.terminate();
    }
  });
});

test('whoever may is let in: what is refused above is not refused to everybody', async () => {
  expect(await feed(amina)).toContain(MARK);
  for (const bearer of [amina.token, SECRET, await signed({ conv: amina.conversation })]) {
    const response = await fetch(`${bot.url}/v3/directline/conversations/${amina.conversation}/activities`, {
      headers: { authorization: `Bearer ${bearer}` },
    });
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining(MARK)]);
  }
});

describe('the id of a conversation', () => {
  test('is long and by chance, and never the same', async () => {
    const ids = new Set<string>();
    for (let number = 0; number < 50; number += 1) ids.add((await newClient(bot.url)).conversation);
    expect(ids.size).toBe(50);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/u);
  });

  test.each([
    '..%2F..%2Fconversations%2FID',
    'ID%00',
    'ID%20',
    'ID%2Factivities',
    "x'%20OR%20'1'='1",
    '%25',
    '*',
    '__proto__',
    'x%0d%0aSet-Cookie:%20a=b',
  ])('%s opens none with the token of another one', async (form) => {
    const id = form.replace('ID', amina.conversation);
    for (const path of ['/activities', '']) {
      const response = await fetch(`${bot.url}/v3/directline/conversations/${id}${path}`, {
        headers: { authorization: `Bearer ${eve.token}` },
      });
      expect([400, 403, 404]).toContain(response.status);
      expect(await response.text()).not.toContain(MARK);
    }
  });

  test('in what is written changes nothing: a message stands where its address says, from whom its token says', async () => {
    const before = await feed(amina);
    const body = {
      type: 'message',
      id: `${amina.conversation}|0000001`,
      text: 'strange',
      from: { id: 'amina' },
      recipient: { id: 'amina' },
    };
    const response = await eve.call('POST', '/activities', {
      ...body,
      conversation: { id: amina.conversation },
      replyToId: `${amina.conversation}|0000001`,
    });
    expect(response.status).toBe(200);
    await until(async () => (await feed(eve)).includes('strange'), 'the message');
    expect(await feed(eve)).not.toMatch(/"from":\{"id":"amina"/u);
    expect(await feed(amina)).toBe(before);
  });
});

test.each(['1', '99999', '-1', 'amina', '1|2', "' OR 1=1 --", '0x1', '1e9', '\u0661'])(
  'the watermark %s shows nothing of another one',
  async (watermark) => {
    const response = await eve.call('GET', `/activities?${new URLSearchParams({ watermark })}`);
    expect([response.status, await response.text()]).toEqual([200, expect.not.stringContaining(MARK)]);
  },
);

test('a stream hears its own conversation alone', async () => {
  let heard = '';
  const socket = await openSocket(eve.streamUrl, {}, (frame) => {
    heard += frame;
  });
  if (!(socket instanceof WebSocket)) throw new Error('refused');
  await amina.say(`${MARK}, again`);
  await eve.say('my own question');
  await until(() => heard.includes('my own question'), 'the own message');
  await amina.answers(3);
  expect(heard).not.toContain(MARK);
  socket.close();
  await once(socket, 'close');
});
