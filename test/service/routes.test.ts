import { type ChildProcess, spawn } from 'node:child_process';
import { request } from 'node:http';
import { join } from 'node:path';
import { LANGUAGE_CODES, LANGUAGES } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { running, runningForAll, until } from './running.ts';

const bot = runningForAll();

test('it is healthy and ready', async () => {
  expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
  expect(await (await fetch(`${bot.url}/readyz`)).json()).toEqual({ status: 'ready' });
});

test('without its settings WhatsApp has no address; with them it has one, and says whether it can send', async () => {
  expect((await fetch(`${bot.url}/webhooks/whatsapp`)).status).toBe(404);
  const withLine = await running({
    WHATSAPP_ACCESS_TOKEN: 'token',
    WHATSAPP_APP_SECRET: 'secret',
    WHATSAPP_VERIFY_TOKEN: 'verify',
    WHATSAPP_PHONE_NUMBER_ID: '1',
  });
  const challenge = await fetch(`${withLine.url}/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=verify&hub.challenge=42`);
  expect([challenge.status, await challenge.text()]).toEqual([200, '42']);
  expect((await fetch(`${withLine.url}/webhooks/whatsapp`, { method: 'POST', body: '{}' })).status).toBe(401);
  expect(await (await fetch(`${withLine.url}/readyz`)).json()).toEqual({ status: 'ready', channels: { whatsapp: 'ready' } });
  await withLine.stop();
});

test.each<[string, string, string, string]>([
  ['what the browser asks for', '/', 'ar-EG,ar;q=0.9', '<html lang="ar" dir="rtl">'],
  ['the address', '/?lang=nl', 'en', '<html lang="nl" dir="ltr">'],
  ['English where it knows neither', '/?lang=xx', 'zu', '<html lang="en" dir="ltr">'],
])('the page comes in the language of %s', async (_name, path, accepted, expected) => {
  const response = await fetch(`${bot.url}${path}`, { headers: { 'accept-language': accepted } });
  const html = await response.text();
  expect(html).toContain(expected);
  expect(html).not.toMatch(/\{\{/u);
  expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/u);
});

test('the page says how current its information is, by the clock', async () => {
  expect(await (await fetch(`${bot.url}/?lang=en`)).text()).toMatch(
    /data-text="current">Information of 9 June 2023, from one page of the IND\.</u,
  );
  const late = await running({ CLOCK: '2026-11-24T12:00' });
  expect(await (await fetch(`${late.url}/?lang=en`)).text()).toContain('All periods on it are over');
  await late.stop();
});

test('the files of the page are compressed and may be kept for good', async () => {
  const html = await (await fetch(`${bot.url}/`)).text();
  const file = /\/assets\/chat-\w+\.js/u.exec(html)?.[0] ?? '';
  const { headers, status } = await new Promise<{ headers: NodeJS.Dict<string | string[]>; status: number | undefined }>((done) => {
    request(`${bot.url}${file}`, { headers: { 'accept-encoding': 'br' } }, (response) => {
      response.resume();
      done({ headers: response.headers, status: response.statusCode });
    }).end();
  });
  expect(status).toBe(200);
  expect(headers['content-encoding']).toBe('br');
  expect(headers['cache-control']).toContain('immutable');
});

/** What a browser is sent for an address, compressed as it asks. */
function sentFor(path: string): Promise<{ bytes: number; encoding: string | undefined }> {
  return new Promise((done) => {
    request(`${bot.url}${path}`, { headers: { 'accept-encoding': 'br, gzip' } }, (response) => {
      let bytes = 0;
      response.on('data', (part: Buffer) => {
        bytes += part.length;
      });
      response.on('end', () => done({ bytes, encoding: response.headers['content-encoding'] }));
    }).end();
  });
}

test.each(LANGUAGE_CODES)('what can be read first is small and needs no script: %s', async (language) => {
  const html = await (await fetch(`${bot.url}/?lang=${language}`)).text();
  const { say } = textsOf(language);
  const beforeScript = html.slice(0, html.indexOf('<script type="application/json"'));
  for (const text of [say('page:title'), say('page:most-asked'), say('titles:work'), say('page:all-answers')]) {
    expect(beforeScript).toContain(text);
  }
  expect(beforeScript).toContain(`href="/faq/${language}#work"`);
  for (const code of LANGUAGE_CODES) expect(beforeScript).toContain(`href="/?lang=${code}" lang="${code}"`);
  const style = /\/assets\/style-\w+\.css/u.exec(html)?.[0] ?? '';
  const parts = await Promise.all([sentFor(`/?lang=${language}`), sentFor(style)]);
  expect(parts.map(({ encoding }) => encoding)).toEqual(['br', 'br']);
  expect(parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(10_000);
});

test('the script of the chat stays small', async () => {
  const script = /\/assets\/chat-\w+\.js/u.exec(await (await fetch(bot.url)).text())?.[0] ?? '';
  const { bytes, encoding } = await sentFor(script);
  expect(encoding).toBe('br');
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(150_000);
});

test('no regular expression in the script looks back: an iPhone before iOS 16.4 would not run any of it', async () => {
  const script = /\/assets\/chat-\w+\.js/u.exec(await (await fetch(bot.url)).text())?.[0] ?? '';
  const code = await (await fetch(`${bot.url}${script}`)).text();
  expect(code.length).toBeGreaterThan(100_000);
  expect(code).not.toMatch(/\(\?<[!=]/u);
});

test('the page brings the texts of its own language; each other one has an address that may be kept for good', async () => {
  const html = await (await fetch(`${bot.url}/?lang=ar`)).text();
  expect(html).toContain(textsOf('ar').say('page:waiting'));
  const others = LANGUAGE_CODES.filter((language) => language !== 'ar');
  for (const language of others) expect(html).not.toContain(textsOf(language).say('page:waiting'));
  for (const language of others) {
    const address = new RegExp(`/texts/${language}-\\w+\\.json`, 'u').exec(html)?.[0];
    const response = await fetch(`${bot.url}${address}`);
    expect(response.headers.get('cache-control')).toContain('immutable');
    const { direction, texts } = (await response.json()) as { direction: string; texts: Record<string, string> };
    expect([direction, texts['waiting']]).toEqual([LANGUAGES[language].direction, textsOf(language).say('page:waiting')]);
  }
  expect((await fetch(`${bot.url}/texts/en-00000000.json`)).status).toBe(404);
});

test('the service worker rules the whole site and is asked for anew each time', async () => {
  const response = await fetch(`${bot.url}/service-worker.js`);
  expect(response.headers.get('content-type')).toMatch(/javascript/u);
  expect(response.headers.get('cache-control')).toBe('no-cache');
  const page = await fetch(bot.url);
  expect(page.headers.get('content-security-policy')).toContain("worker-src 'self'");
});

describe('the token of the page', () => {
  const token = (headers: Record<string, string> = {}, body = '{}') =>
    fetch(`${bot.url}/api/directline/token`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

  test('brings a person back to the conversation, unless a new one is wanted', async () => {
    const first = await token();
    const cookie = first.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/u);
    expect(cookie).toMatch(/SameSite=Strict/u);
    const session = (await first.json()) as { token: string; conversationId: string; resumed: boolean };
    expect(session.resumed).toBe(false);
    await fetch(`${bot.url}/v3/directline/conversations`, { method: 'POST', headers: { authorization: `Bearer ${session.token}` } });
    const back = await (await token({ cookie: cookie.split(';')[0] ?? '' })).json();
    expect(back).toMatchObject({ conversationId: session.conversationId, resumed: true });
    const fresh = (await (await token({ cookie: cookie.split(';')[0] ?? '' }, '{"fresh":true}')).json()) as { conversationId: string };
    expect(fresh.conversationId).not.toBe(session.conversationId);
  });

  test.each([
    ['a page of another host', { origin: 'https://evil.example' }, 403],
    ['an origin that is none', { origin: 'null' }, 403],
  ])('%s gets none', async (_name, headers, status) => {
    const response = await token(headers);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code: 'Forbidden' } });
  });

  test('a forged cookie begins a new conversation; malformed JSON is refused', async () => {
    expect(await (await token({ cookie: 'conversation=eyJhbGciOiJIUzI1NiJ9.e30.x' })).json()).toMatchObject({ resumed: false });
    expect((await token({}, '{')).status).toBe(400);
  });
});

test('without an app id, a tool on this machine may talk to /api/messages', async () => {
  const sent: { text?: string }[] = [];
  const { createServer } = await import('node:http');
  const tool = createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (part) => {
      body += part;
    });
    incoming.on('end', () => {
      sent.push(JSON.parse(body || '{}'));
      response.setHeader('content-type', 'application/json').end('{"id":"1"}');
    });
  });
  await new Promise<void>((done) => tool.listen(0, '127.0.0.1', done));
  const { port } = tool.address() as { port: number };
  const activity = {
    type: 'message',
    id: 'a1',
    text: 'What is the interview about?',
    channelId: 'emulator',
    serviceUrl: `http://127.0.0.1:${port}`,
    from: { id: 'user' },
    recipient: { id: 'bot' },
    conversation: { id: 'c1' },
  };
  const response = await fetch(`${bot.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(activity),
  });
  expect(response.ok).toBe(true);
  await until(() => sent.some(({ text }) => text?.includes('who you are')), 'the answer');
  await new Promise((done) => tool.close(done));
});

test('in production without an app id /api/messages does not exist', async () => {
  const production = await running({ NODE_ENV: 'production', DIRECT_LINE_SIGNING_KEY: 'k'.repeat(40) });
  expect((await fetch(`${production.url}/api/messages`, { method: 'POST', body: '{}' })).status).toBe(404);
  await production.stop();
});

test('SIGTERM stops the process gracefully, and it prints no text of a person', async () => {
  const root = join(__dirname, '..', '..');
  const environment = { ...process.env, PORT: '0', HOST: '127.0.0.1', STORE: 'sqlite::memory:', CLOCK: '2023-06-10T12:00' };
  const child: ChildProcess = spawn(join(root, 'node_modules/.bin/node'), ['src/main.ts'], { cwd: root, env: environment });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part) => {
      output += part;
    });
  const [, url] = await until(() => /"url":"http:\/\/localhost:(\d+)"/u.exec(output) ?? undefined, 'the start');
  const session = (await (await fetch(`http://127.0.0.1:${url}/api/directline/token`, { method: 'POST' })).json()) as {
    token: string;
    conversationId: string;
  };
  const headers = { authorization: `Bearer ${session.token}`, 'content-type': 'application/json' };
  const base = `http://127.0.0.1:${url}/v3/directline/conversations`;
  await fetch(base, { method: 'POST', headers });
  await fetch(`${base}/${session.conversationId}/activities`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ type: 'message', text: 'my name is Amina Okafor', from: { id: 'x' } }),
  });
  child.kill('SIGTERM');
  const code = await new Promise((done) => child.on('exit', done));
  expect(code).toBe(0);
  expect(output).not.toMatch(/Okafor|Amina/u);
});
