import { SignJWT } from 'jose';
import { running, runningForAll, until } from './running.ts';

const SECRET = 'master-secret-of-at-least-32-characters';
const KEY = 'signing-key-of-at-least-thirty-two-characters';

const bot = runningForAll({ DIRECT_LINE_SECRET: SECRET, DIRECT_LINE_SIGNING_KEY: KEY });

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the tests read whatever JSON came back
  readonly body: any;
}

async function call(
  method: string,
  path: string,
  options: { bearer?: string; body?: unknown; raw?: string | FormData; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const isForm = options.raw instanceof FormData;
  const response = await fetch(`${bot.url}${path}`, {
    method,
    headers: {
      ...(options.bearer && { authorization: `Bearer ${options.bearer}` }),
      ...(!isForm && { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...((options.raw !== undefined || options.body !== undefined) && { body: options.raw ?? JSON.stringify(options.body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text && JSON.parse(text) };
}

const DL = '/v3/directline';
const message = (text: string, more: object = {}) => ({ type: 'message', text, from: { id: 'amina' }, ...more });

async function conversation(user = 'amina'): Promise<{ id: string; token: string; streamUrl: string }> {
  const { body: generated } = await call('POST', `${DL}/tokens/generate`, { bearer: SECRET, body: { user: { id: user } } });
  const { status, body } = await call('POST', `${DL}/conversations`, { bearer: generated.token, body: { locale: 'en' } });
  expect(status).toBe(201);
  return { id: body.conversationId, token: body.token, streamUrl: body.streamUrl };
}

async function botMessages(id: string, token: string, count: number): Promise<string[]> {
  return until(async () => {
    const { body } = await call('GET', `${DL}/conversations/${id}/activities?watermark=`, { bearer: token });
    const texts = body.activities
      .filter((one: { from: { role?: string }; type: string }) => one.from.role === 'bot' && one.type === 'message')
      .map((one: { text: string }) => one.text);
    return texts.length >= count && texts;
  }, `${count} messages of the bot`);
}

function token(claims: object, options: { key?: string; expires?: number; audience?: string } = {}): Promise<string> {
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(options.audience ?? 'directline')
    .setExpirationTime(options.expires ?? Math.floor(Date.now() / 1000) + 600)
    .sign(new TextEncoder().encode(options.key ?? KEY));
}

describe('tokens', () => {
  test('the master secret makes tokens, one for each conversation', async () => {
    const one = await call('POST', `${DL}/tokens/generate`, { bearer: SECRET, body: {} });
    const two = await call('POST', `${DL}/tokens/generate`, { bearer: SECRET });
    expect(one).toMatchObject({ status: 200, body: { conversationId: expect.any(String), token: expect.any(String), expires_in: 1800 } });
    expect(one.body.conversationId).not.toBe(two.body.conversationId);
  });

  test('the master secret starts a conversation itself, and reads and writes it', async () => {
    const { status, body } = await call('POST', `${DL}/conversations`, { bearer: SECRET, body: { user: { id: 'amina' } } });
    expect(status).toBe(201);
    expect(
      (await call('POST', `${DL}/conversations/${body.conversationId}/activities`, { bearer: SECRET, body: message('hello') })).status,
    ).toBe(200);
    await botMessages(body.conversationId, SECRET, 2);
  });

  test('a token is refreshed to another one for the same conversation', async () => {
    const { id, token: old } = await conversation();
    const { status, body } = await call('POST', `${DL}/tokens/refresh`, { bearer: old });
    expect(status).toBe(200);
    expect(body.conversationId).toBe(id);
    expect((await call('GET', `${DL}/conversations/${id}`, { bearer: body.token })).status).toBe(200);
  });

  test('starting a known conversation again gives 200 and no second welcome', async () => {
    const { id, token: live } = await conversation();
    await botMessages(id, live, 1);
    expect((await call('POST', `${DL}/conversations`, { bearer: live })).status).toBe(200);
    await call('POST', `${DL}/conversations/${id}/activities`, { bearer: live, body: message('hello') });
    expect(await botMessages(id, live, 2)).toHaveLength(2);
  });

  test.each<[string, () => Promise<string | undefined>, number, string]>([
    ['none', async () => undefined, 401, 'Unauthorized'],
    ['an expired one', () => token({ conv: 'x' }, { expires: Math.floor(Date.now() / 1000) - 5 }), 403, 'TokenExpired'],
    ['one signed with another key', () => token({ conv: 'x' }, { key: 'another-key-of-at-least-thirty-two-characters' }), 403, 'Forbidden'],
    ['one for another audience', () => token({ conv: 'x' }, { audience: 'page' }), 403, 'Forbidden'],
    ['no token at all', async () => 'nonsense', 403, 'Forbidden'],
    ['an unsigned one', async () => 'eyJhbGciOiJub25lIn0.eyJjb252IjoieCIsImF1ZCI6ImRpcmVjdGxpbmUifQ.', 403, 'Forbidden'],
  ])('%s is refused with the error body of the protocol', async (_name, make, status, code) => {
    const bearer = await make();
    for (const [method, path] of [
      ['GET', '/conversations/x/activities'],
      ['POST', '/conversations'],
      ['POST', '/tokens/refresh'],
      ['GET', '/conversations/x'],
    ] as const) {
      const answer = await call(method, `${DL}${path}`, bearer ? { bearer } : {});
      expect(answer).toMatchObject({ status, body: { error: { code, message: expect.any(String) } } });
    }
  });

  test('a token makes no tokens', async () => {
    const { token: live } = await conversation();
    expect(await call('POST', `${DL}/tokens/generate`, { bearer: live })).toMatchObject({
      status: 403,
      body: { error: { code: 'Forbidden' } },
    });
  });
});

describe('conversations are apart', () => {
  test('the token of one opens no other: reading, writing, reconnecting, uploading, streaming', async () => {
    const one = await conversation();
    const two = await conversation('boris');
    await call('POST', `${DL}/conversations/${one.id}/activities`, { bearer: one.token, body: message('my secret question') });
    for (const [method, path] of [
      ['GET', '/activities'],
      ['POST', '/activities'],
      ['POST', '/upload'],
      ['GET', ''],
    ] as const) {
      const answer = await call(method, `${DL}/conversations/${one.id}${path}`, {
        bearer: two.token,
        ...(method === 'POST' && { body: message('x') }),
      });
      expect(answer).toMatchObject({ status: 403, body: { error: { code: 'Forbidden' } } });
    }
    const { body } = await call('GET', `${DL}/conversations/${two.id}/activities?watermark=`, { bearer: two.token });
    expect(JSON.stringify(body)).not.toContain('my secret question');
    const stream = one.streamUrl.replace(/t=[^&]*/u, `t=${two.token}`).replace('ws:', 'http:');
    expect((await fetch(stream, { headers: { connection: 'Upgrade', upgrade: 'websocket' } }).catch(() => ({ ok: false }))).ok).toBe(false);
  });

  test('the user of a token cannot be changed by the one who writes', async () => {
    const { id, token: live } = await conversation('amina');
    await call('POST', `${DL}/conversations/${id}/activities`, { bearer: live, body: message('hello', { from: { id: 'somebody-else' } }) });
    const { body } = await call('GET', `${DL}/conversations/${id}/activities?watermark=`, { bearer: live });
    expect(body.activities.map((one: { from: { id: string } }) => one.from.id)).not.toContain('somebody-else');
    expect(body.activities.map((one: { from: { id: string } }) => one.from.id)).toContain('amina');
  });
});

describe('the feed', () => {
  test('the own message comes before the answer, with its client id and a rising id', async () => {
    const { id, token: live } = await conversation();
    await botMessages(id, live, 1);
    const posted = await call('POST', `${DL}/conversations/${id}/activities`, {
      bearer: live,
      body: message('What is the interview about?', { channelData: { clientActivityID: 'c1' } }),
    });
    await botMessages(id, live, 2);
    const { body } = await call('GET', `${DL}/conversations/${id}/activities?watermark=1`, { bearer: live });
    expect(body.activities[0]).toMatchObject({
      id: posted.body.id,
      text: 'What is the interview about?',
      channelData: { clientActivityID: 'c1' },
    });
    expect(body.activities[1].from.role).toBe('bot');
    expect(body.activities[1].id > body.activities[0].id).toBe(true);
    const rest = await call('GET', `${DL}/conversations/${id}/activities?watermark=${body.watermark}`, { bearer: live });
    expect(rest.body).toEqual({ activities: [], watermark: body.watermark });
  });

  test('a message sent twice, also at the same time, is answered once', async () => {
    const { id, token: live } = await conversation();
    await botMessages(id, live, 1);
    const send = () =>
      call('POST', `${DL}/conversations/${id}/activities`, {
        bearer: live,
        body: message('What is the interview about?', { channelData: { clientActivityID: 'same' } }),
      });
    const answers = await Promise.all([send(), send(), send()]);
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    await botMessages(id, live, 2);
    await send();
    await call('POST', `${DL}/conversations/${id}/activities`, { bearer: live, body: message('thanks') });
    expect(await botMessages(id, live, 3)).toHaveLength(3);
  });

  test('messages of one conversation are answered in their order', async () => {
    const { id, token: live } = await conversation();
    await botMessages(id, live, 1);
    for (const text of ['What is the interview about?', 'Until when may I work?', 'hello']) {
      await call('POST', `${DL}/conversations/${id}/activities`, { bearer: live, body: message(text) });
    }
    const [, first, second, third] = await botMessages(id, live, 4);
    expect(first).toMatch(/who you are/u);
    expect(second).toMatch(/right to work/u);
    expect(third).toMatch(/^Hello/u);
  });

  test('after a restart the token still holds, and the conversation is there', async () => {
    const other = await running();
    const started = await fetch(`${other.url}/api/directline/token`, { method: 'POST' });
    const session = (await started.json()) as { token: string };
    const headers = { authorization: `Bearer ${session.token}` };
    const created = (await (await fetch(`${other.url}${DL}/conversations`, { method: 'POST', headers })).json()) as {
      conversationId: string;
      token: string;
    };
    await other.stop();
    const again = await running({ STORE: `sqlite:${other.storeFile}` });
    const answer = await fetch(`${again.url}${DL}/conversations/${created.conversationId}/activities?watermark=`, {
      headers: { authorization: `Bearer ${created.token}` },
    });
    expect(answer.status).toBe(200);
    expect(JSON.stringify(await answer.json())).toContain('Hello');
    await again.stop();
  });

  test('"delete my data" empties the feed: only what was said after it is left', async () => {
    const { id, token: live } = await conversation();
    const send = (text: string) => call('POST', `${DL}/conversations/${id}/activities`, { bearer: live, body: message(text) });
    await send('I am from Lagos, what is the interview about?');
    await botMessages(id, live, 2);
    await send('delete my data');
    await botMessages(id, live, 3);
    await send('Yes, delete it');
    const texts = await until(async () => {
      const { body } = await call('GET', `${DL}/conversations/${id}/activities?watermark=`, { bearer: live });
      const all = JSON.stringify(body);
      return all.includes('I have deleted') && all;
    }, 'the deletion');
    expect(texts).not.toMatch(/Lagos|interview/u);
  });
});

describe("bad input gets the protocol's error and loses nothing", () => {
  let id: string;
  let live: string;
  beforeAll(async () => {
    ({ id, token: live } = await conversation());
  });
  afterEach(async () => {
    expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
    expect((await call('GET', `${DL}/conversations/${id}/activities`, { bearer: live })).status).toBe(200);
  });

  test.each<[string, string, { body?: unknown; raw?: string; headers?: Record<string, string> }, number, string]>([
    ['malformed JSON', '/activities', { raw: '{"type":' }, 400, 'BadArgument'],
    ['a 2 MB body', '/activities', { body: message('x'.repeat(2_000_000)) }, 413, 'MessageTooLarge'],
    ['no type', '/activities', { body: { text: 'hi', from: { id: 'a' } } }, 400, 'BadArgument'],
    ['a list', '/activities', { body: [] }, 400, 'BadArgument'],
    ['null', '/activities', { raw: 'null' }, 400, 'BadArgument'],
    ['a number as text', '/activities', { body: { type: 'message', text: 5, from: { id: 'a' } } }, 400, 'BadArgument'],
    ['an upload that is none', '/upload', { raw: 'x', headers: { 'content-type': 'text/plain' } }, 415, 'UnsupportedMediaType'],
    ['a broken upload', '/upload', { raw: 'x', headers: { 'content-type': 'multipart/form-data; boundary=b' } }, 400, 'BadArgument'],
    ['another encoding than it says', '/activities', { raw: '{}', headers: { 'content-encoding': 'br' } }, 400, 'BadArgument'],
    ['an unknown encoding', '/activities', { raw: '{}', headers: { 'content-encoding': 'zip' } }, 415, 'UnsupportedMediaType'],
  ])('%s', async (_name, path, options, status, code) => {
    expect(await call('POST', `${DL}/conversations/${id}${path}`, { bearer: live, ...options })).toMatchObject({
      status,
      body: { error: { code } },
    });
  });

  test('an unknown conversation, and an unknown address', async () => {
    expect(await call('GET', `${DL}/conversations/unknown/activities`, { bearer: SECRET })).toMatchObject({
      status: 404,
      body: { error: { code: 'ConversationNotFound' } },
    });
    expect(await call('GET', `${DL}/conversations/%00%ff/activities`, { bearer: SECRET })).toMatchObject({
      body: { error: { code: expect.any(String) } },
    });
    expect(await call('GET', `${DL}/nothing`, { bearer: SECRET })).toMatchObject({ status: 404 });
    expect(await call('POST', '/nothing')).toMatchObject({ status: 404, body: { error: { code: 'NotFound' } } });
  });

  test.each<[string, object, RegExp]>([
    ['no text', { type: 'message', from: { id: 'a' } }, /only read text/u],
    ['5,000 characters', message('help me please '.repeat(334)), /./u],
    ['only emoji', message('🙏🙏'), /cannot read a question/u],
    ['HTML and script', message('<script>alert(1)</script>'), /does not say|not sure/u],
    [
      'a watermark and prototype keys',
      message('hello', { channelData: { __proto__: { x: 1 }, constructor: 'x', clientActivityID: 'p1' } }),
      /^Hello/u,
    ],
  ])('%s is answered', async (_name, body, expected) => {
    const fresh = await conversation();
    await botMessages(fresh.id, fresh.token, 1);
    expect((await call('POST', `${DL}/conversations/${fresh.id}/activities`, { bearer: fresh.token, body })).status).toBe(200);
    expect((await botMessages(fresh.id, fresh.token, 2))[1]).toMatch(expected);
  });

  test('a file is not kept, and the person is told that only text can be read', async () => {
    const fresh = await conversation();
    await botMessages(fresh.id, fresh.token, 1);
    const form = new FormData();
    form.append(
      'activity',
      new Blob([JSON.stringify({ type: 'message', from: { id: 'amina' } })], { type: 'application/vnd.microsoft.activity' }),
      'blob',
    );
    form.append('file', new Blob(['the content of my letter'], { type: 'image/png' }), 'letter.png');
    expect((await call('POST', `${DL}/conversations/${fresh.id}/upload?userId=amina`, { bearer: fresh.token, raw: form })).status).toBe(
      200,
    );
    expect((await botMessages(fresh.id, fresh.token, 2))[1]).toMatch(/only read text/u);
    const { body } = await call('GET', `${DL}/conversations/${fresh.id}/activities?watermark=`, { bearer: fresh.token });
    expect(JSON.stringify(body)).not.toMatch(/content of my letter|letter\.png/u);
  });

  test('the answer to a signal replies to nothing in the feed: Web Chat would hold it back for seconds', async () => {
    const fresh = await conversation();
    await botMessages(fresh.id, fresh.token, 1);
    await call('POST', `${DL}/conversations/${fresh.id}/activities`, {
      bearer: fresh.token,
      body: { type: 'event', name: 'language', value: { language: 'nl' }, from: { id: 'a' } },
    });
    await botMessages(fresh.id, fresh.token, 2);
    const { body } = await call('GET', `${DL}/conversations/${fresh.id}/activities?watermark=`, { bearer: fresh.token });
    const ids = new Set(body.activities.map(({ id }: { id: string }) => id));
    for (const { replyToId } of body.activities) if (replyToId) expect(ids).toContain(replyToId);
  });

  test('typing and unknown events start no answer', async () => {
    const fresh = await conversation();
    await botMessages(fresh.id, fresh.token, 1);
    for (const body of [
      { type: 'typing', from: { id: 'a' } },
      { type: 'event', name: 'nonsense', value: { a: 1 }, from: { id: 'a' } },
      { type: 'invoke', name: 'x', from: { id: 'a' } },
    ]) {
      expect((await call('POST', `${DL}/conversations/${fresh.id}/activities`, { bearer: fresh.token, body })).status).toBe(200);
    }
    await call('POST', `${DL}/conversations/${fresh.id}/activities`, { bearer: fresh.token, body: message('hello') });
    expect(await botMessages(fresh.id, fresh.token, 2)).toHaveLength(2);
  });
});
