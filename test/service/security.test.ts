/** What every answer carries, who may talk to the service from where, and what nobody gets to know. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sameSecret } from '../../src/same-secret.ts';
import { capture } from '../telemetry/capture.ts';
import { newClient, openSocket } from './client.ts';
import { running, runningForAll } from './running.ts';

const SECRETS = {
  DIRECT_LINE_SECRET: 'master-secret-of-at-least-32-characters',
  DIRECT_LINE_SIGNING_KEY: 'signing-key-of-at-least-thirty-two-characters',
  WHATSAPP_ACCESS_TOKEN: 'access-token-of-the-line',
  WHATSAPP_APP_SECRET: 'app-secret-of-the-line',
  WHATSAPP_VERIFY_TOKEN: 'verify-token-of-the-line',
};
const FRIEND = 'https://centre.example';
const PUBLIC = 'https://bot.example';

const bot = runningForAll({
  ...SECRETS,
  WHATSAPP_PHONE_NUMBER_ID: '1',
  CORS_ORIGINS: FRIEND,
  PUBLIC_URL: PUBLIC,
});
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') => fetch(`${bot.url}${path}`, { method, headers });

const SUMMARY = '/summary/next-step/nothing?day=2023-06-10&given=&in=nl';
const PAGES = ['/', '/?lang=ar', '/faq/nl', '/faq/fa', '/faq/xx'];
const REST = [
  '/healthz',
  '/readyz',
  '/nothing/here',
  '/robots.txt',
  '/sitemap.xml',
  '/calendar/nl.ics',
  '/timeline/nl.svg',
  '/timeline/nl.txt',
  '/texts/nothing',
  '/assets/nothing',
  '/service-worker.js',
  '/v3/directline/conversations/x/activities',
  '/webhooks/whatsapp',
  '/%E0%A4%A',
  SUMMARY,
];

describe('headers', () => {
  test.each([...PAGES, ...REST])('%s', async (path) => {
    const { headers } = await get(path);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': expect.stringMatching(/default-src 'none'/u),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': path.startsWith('/timeline/') ? 'cross-origin' : 'same-origin',
      'origin-agent-cluster': '?1',
      'permissions-policy': expect.stringContaining('microphone=()'),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    for (const name of ['x-powered-by', 'server', 'strict-transport-security', 'access-control-allow-origin'])
      expect(headers.has(name)).toBe(false);
  });

  test('refusals carry them too; TLS is asked for in production alone', async () => {
    const production = await running({ ...SECRETS, WHATSAPP_PHONE_NUMBER_ID: '1', NODE_ENV: 'production', LIMIT_ADDRESS_REQUESTS: '1' });
    expect((await fetch(`${production.url}/faq/nl`)).headers.get('strict-transport-security')).toBe('max-age=31536000');
    const refused = await fetch(`${production.url}/faq/nl`);
    expect([refused.status, refused.headers.get('content-security-policy'), refused.headers.get('x-frame-options')]).toEqual([
      429,
      expect.stringContaining("default-src 'none'"),
      'DENY',
    ]);
    await production.stop();
  });

  test.each(PAGES)('the page %s runs no script that stands in it, and takes none from elsewhere', async (path) => {
    const response = await get(path);
    const policy = response.headers.get('content-security-policy') ?? '';
    const html = await response.text();
    const directives = Object.fromEntries(policy.split('; ').map((one) => [one.split(' ')[0], one.split(' ').slice(1).join(' ')]));
    expect(directives).toMatchObject({
      'default-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    });
    expect(`${directives['script-src'] ?? ''} ${directives['style-src'] ?? ''}`).not.toMatch(/unsafe|https?:|\*/u);
    const nonce = /'nonce-([^']+)'/u.exec(directives['script-src'] ?? '')?.[1];
    for (const [script] of html.matchAll(/<script\b[^>]*>/gu)) {
      if (!script.includes('type="application/json"')) expect(script).toContain(`nonce="${nonce}" src="/assets/`);
    }
    expect(html).not.toMatch(/<[^>]+\son\w+=|javascript:/iu);
  });

  test('each page has a nonce of its own', async () => {
    const policies = await Promise.all(
      [get('/'), get('/')].map(async (response) => (await response).headers.get('content-security-policy')),
    );
    expect(policies[0]).not.toBe(policies[1]);
  });

  test('a Host that would change the policy of the page is left out of it', async () => {
    // fetch would not send it.
    const { request } = await import('node:http');
    const policy = await new Promise((done) => {
      const headers = { host: "x; script-src 'unsafe-inline'" };
      request(`${bot.url}/`, { headers }, (response) => done(response.resume().headers['content-security-policy'])).end();
    });
    expect(policy).not.toContain('unsafe-inline;');
    expect(policy).toContain("script-src 'nonce-");
  });

  test('the service worker may fetch from here alone', async () => {
    expect((await get('/service-worker.js')).headers.get('content-security-policy')).toBe("default-src 'none'; connect-src 'self'");
  });

  test('what was said stays in no cache', async () => {
    const client = await newClient(bot.url);
    for (const response of [await client.call('GET', '/activities'), await client.call('GET', ''), await client.say('x')])
      expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('pages of other sites', () => {
  const preflight = (path: string, origin: string) =>
    get(
      path,
      { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' },
      'OPTIONS',
    );

  test.each(['/v3/directline/conversations', '/v3/directline/conversations/x/activities', '/api/directline/token'])(
    '%s: a named origin may call it and read when to come again, without cookies; any other may not',
    async (path) => {
      const named = await preflight(path, FRIEND);
      expect(named.status).toBe(204);
      expect(named.headers.get('access-control-allow-origin')).toBe(FRIEND);
      expect(named.headers.get('access-control-allow-headers')).toMatch(/authorization/iu);
      expect(named.headers.has('access-control-allow-credentials')).toBe(false);
      for (const origin of ['https://evil.example', 'null', `${FRIEND}.evil.example`, 'http://centre.example'])
        expect((await preflight(path, origin)).headers.has('access-control-allow-origin')).toBe(false);
      const answer = await get(path, { origin: FRIEND });
      expect(answer.headers.get('access-control-allow-origin')).toBe(FRIEND);
      expect(answer.headers.get('access-control-expose-headers')).toBe('Retry-After');
      expect(answer.headers.get('vary')).toMatch(/Origin/u);
    },
  );

  test.each(['/', '/faq/nl', '/webhooks/whatsapp', '/readyz'])('%s is for nobody else, named or not', async (path) => {
    for (const method of ['GET', 'OPTIONS'])
      expect(
        (await get(path, { origin: FRIEND, 'access-control-request-method': 'POST' }, method)).headers.has('access-control-allow-origin'),
      ).toBe(false);
  });

  test('without the setting nobody is named', async () => {
    const closed = await running();
    const headers = { origin: FRIEND, 'access-control-request-method': 'POST' };
    for (const method of ['GET', 'OPTIONS', 'POST']) {
      const response = await fetch(`${closed.url}/v3/directline/conversations`, { method, headers });
      expect(response.headers.has('access-control-allow-origin')).toBe(false);
    }
    expect((await fetch(`${closed.url}/api/directline/token`, { method: 'POST', headers })).status).toBe(403);
    await closed.stop();
  });

  test.each<[string, string | undefined, boolean]>([
    ['a program, which says nothing of where it comes from', undefined, true],
    ['a named origin', FRIEND, true],
    ['the public address', PUBLIC, true],
    ['the host that is asked', 'http://HOST', true],
    ['another host', 'https://evil.example', false],
    ['another port of this host', 'http://127.0.0.1:1', false],
    ['a page without an origin', 'null', false],
    ['a host that begins like ours', `${PUBLIC}.evil.example`, false],
    ['nonsense', '://', false],
  ])('%s: token and socket', async (_name, origin, allowed) => {
    const headers: Record<string, string> = origin === undefined ? {} : { origin: origin.replace('HOST', new URL(bot.url).host) };
    expect((await get('/api/directline/token', headers, 'POST')).status).toBe(allowed ? 200 : 403);
    const { streamUrl } = await newClient(bot.url);
    const socket = await openSocket(streamUrl, headers);
    if ('status' in socket) expect([socket.status, allowed]).toEqual([403, false]);
    else {
      socket.terminate();
      expect(allowed).toBe(true);
    }
  });
});

test('without an app id a page that lets its own name lead to this machine cannot talk to /api/messages', async () => {
  const local = await running();
  const { request } = await import('node:http');
  const status = (host: string) =>
    new Promise((done) => {
      const headers = { host, 'content-type': 'application/json' };
      request(`${local.url}/api/messages`, { method: 'POST', headers }, (response) => done(response.resume().statusCode)).end('{}');
    });
  expect([await status('evil.example'), await status('localhost.evil.example'), await status(`localhost:${local.port}`)]).toEqual([
    403, 403, 400,
  ]);
  await local.stop();
});

describe('secrets', () => {
  test('are compared whole', () => {
    const same = [sameSecret('x', 'x'), sameSecret('', '')];
    const other = [
      sameSecret('', 'x'),
      sameSecret('x ', 'x'),
      sameSecret('xx', 'x'),
      sameSecret(undefined, ''),
      sameSecret(['x'], 'x'),
      sameSecret({}, 'x'),
    ];
    expect([new Set(same), new Set(other)]).toEqual([new Set([true]), new Set([false])]);
  });

  test('stand in no answer and in no line of the log, whatever is asked and whatever is wrong', async () => {
    const { log, lines } = capture();
    const service = await running({ ...SECRETS, WHATSAPP_PHONE_NUMBER_ID: '1', LIMIT_CONVERSATION_MESSAGES: '1' }, log);
    const client = await newClient(service.url);
    const answers: string[] = [];
    const secrets = [...Object.values(SECRETS), client.token];
    for (const secret of secrets) {
      const asked: [string, RequestInit][] = [
        ['/v3/directline/conversations/x/activities', { headers: { authorization: `Bearer ${secret}x` } }],
        ['/v3/directline/tokens/refresh', { method: 'POST', headers: { authorization: `Bearer ${secret}` }, body: `{"${secret}` }],
        [`/v3/directline/conversations/${secret}/stream?t=${secret}`, {}],
        [`/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=${secret}x&hub.challenge=1`, {}],
        ['/webhooks/whatsapp', { method: 'POST', headers: { 'x-hub-signature-256': `sha256=${secret}` }, body: '{}' }],
        ['/api/messages', { method: 'POST', headers: { authorization: `Bearer ${secret}` }, body: '{"type":"message"}' }],
        [
          '/api/directline/token',
          { method: 'POST', headers: { cookie: `conversation=${secret}`, origin: `https://${secret}` }, body: '{' },
        ],
        [`/timeline/${secret}.svg?on=${secret}`, {}],
      ];
      for (const [path, init] of asked) {
        const { headers, ...rest } = init;
        const response = await fetch(`${service.url}${path}`, {
          ...rest,
          headers: { 'content-type': 'application/json', ...headers } as Record<string, string>,
        });
        const text = await response.text();
        // Whoever holds a token gets a new one; whoever says a name in an address hears it again.
        answers.push(response.ok ? '' : text.replaceAll(/There is no \w+ "[^"]*"/gu, ''));
      }
    }
    for (let number = 0; number < 3; number += 1) answers.push(await (await client.say('x')).text());
    await service.stop();
    expect(lines().length).toBeGreaterThan(0);
    for (const secret of secrets) for (const text of [...answers, JSON.stringify(lines())]) expect(text).not.toContain(secret);
  });
});

test('what the lock brings along has no version with a known advisory', () => {
  const { packages } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string; dev?: boolean }>;
  };
  const versions = (name: string) =>
    Object.entries(packages).flatMap(([path, { version, dev }]) =>
      path.endsWith(`node_modules/${name}`) && !dev ? [String(version)] : [],
    );
  // GHSA-w5hq-g745-h8pq: fixed in 11.1.1. GHSA-3h5v-q93c-6h6q and GHSA-58qx-3vcg-4xpx: fixed in 7.5.10 and 8.20.1.
  expect(versions('uuid')).toEqual(['11.1.1']);
  for (const version of versions('ws')) expect(version).toMatch(/^(?:7\.5\.1\d|8\.2[1-9]\.\d+)$/u);
});
