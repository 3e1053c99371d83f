import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readSettings, SettingsError } from '../../src/settings.ts';

const root = join(__dirname, '..', '..');

test('without any setting there is a default that works', () => {
  expect(readSettings({})).toMatchObject({ PORT: 3978, STORE: 'sqlite:data/bot.sqlite', EDITION: '2023-06-09' });
  expect(readSettings({ PORT: '', CLOCK: '' })).toMatchObject({ PORT: 3978 });
});

test('a clock without an offset is Amsterdam time', () => {
  expect(readSettings({ CLOCK: '2023-06-10T12:00' }).CLOCK?.toISOString()).toBe('2023-06-10T10:00:00.000Z');
});

test.each(['https://bot.example.nl', 'https://bot.example.nl/', 'HTTPS://Bot.Example.nl:443'])(
  'the public address %s is an origin',
  (address) => {
    expect(readSettings({ PUBLIC_URL: address }).PUBLIC_URL).toBe('https://bot.example.nl');
  },
);

test.each(['redis://cache', 'rediss://bot:pass%40word@cache.example.nl:6380/2', 'redis://[::1]:6379/0', 'sqlite::memory:'])(
  'the store %s can be used',
  (store) => {
    expect(readSettings({ STORE: store }).STORE).toBe(store);
  },
);

test.each<[string, Record<string, string>, string]>([
  ['a port that is none', { PORT: 'http' }, 'PORT'],
  ['an admin port that is none', { ADMIN_PORT: 'metrics' }, 'ADMIN_PORT'],
  ['a collector that is none', { OTEL_EXPORTER_OTLP_ENDPOINT: 'ftp://collector.test' }, 'OTEL_EXPORTER_OTLP_ENDPOINT must be an address'],
  ['a share that is none', { OTEL_TRACES_SAMPLER_ARG: '1.5' }, 'OTEL_TRACES_SAMPLER_ARG must be a share'],
  ['a clock that is none', { CLOCK: 'noon' }, 'CLOCK must be an ISO 8601 time'],
  ['a public address that is none', { PUBLIC_URL: 'elsewhere.test' }, 'PUBLIC_URL must be an address, as https://bot.example.nl'],
  ['a public address of another kind', { PUBLIC_URL: 'ftp://elsewhere.test' }, 'PUBLIC_URL must be an address'],
  ['a public address with a path', { PUBLIC_URL: 'https://elsewhere.test/chat' }, 'PUBLIC_URL must have no path'],
  ['a public address with a name in it', { PUBLIC_URL: 'https://me@elsewhere.test' }, 'PUBLIC_URL must have no path'],
  ['a proxy that is none', { TRUSTED_PROXIES: 'my proxy' }, 'TRUSTED_PROXIES must be addresses or networks'],
  ['a network that is none', { TRUSTED_PROXIES: '10.0.0.0/99' }, 'TRUSTED_PROXIES must be addresses or networks'],
  ['an origin with a path', { CORS_ORIGINS: 'https://centre.example/chat' }, 'must have no path'],
  ['every origin', { CORS_ORIGINS: '*' }, 'CORS_ORIGINS'],
  ['a limit that is none', { LIMIT_CONVERSATION_MESSAGES: 'many' }, 'LIMIT_CONVERSATION_MESSAGES'],
  ['a limit below nothing', { LIMIT_SOCKETS: '-1' }, 'LIMIT_SOCKETS must not be below 0'],
  ['an unknown store', { STORE: 'mongo://x' }, 'STORE must be sqlite:FILE'],
  ['a Redis without a host', { STORE: 'redis:///0' }, 'STORE must be sqlite:FILE'],
  ['a database of Redis that is no number', { STORE: 'redis://:a-password@cache/x' }, 'STORE must be sqlite:FILE'],
  ['a short secret', { DIRECT_LINE_SECRET: 'hush' }, 'DIRECT_LINE_SECRET must have at least 32'],
  ['production without its key', { NODE_ENV: 'production' }, 'DIRECT_LINE_SIGNING_KEY is missing'],
  ['a part of WhatsApp', { WHATSAPP_ACCESS_TOKEN: 'token-of-the-line' }, 'WHATSAPP_APP_SECRET is missing'],
  ['a telephone number for its id', { WHATSAPP_PHONE_NUMBER_ID: '+31 6 1234' }, 'WHATSAPP_PHONE_NUMBER_ID must be the id'],
  ['a version that is none', { WHATSAPP_GRAPH_VERSION: 'newest' }, 'WHATSAPP_GRAPH_VERSION must be a version'],
  ['an address that is none', { WHATSAPP_GRAPH_URL: 'nowhere' }, 'WHATSAPP_GRAPH_URL must be an address'],
  ['an app id without its password', { MICROSOFT_APP_ID: '00000000-0000-4000-8000-000000000000' }, 'MICROSOFT_APP_PASSWORD is missing'],
])('%s is refused by name, never with its value', (_name, environment, expected) => {
  expect(() => readSettings(environment)).toThrow(SettingsError);
  expect(() => readSettings(environment)).toThrow(expected);
  for (const value of Object.values(environment))
    if (value.length > 4 && value !== 'production') expect(() => readSettings(environment)).not.toThrow(value);
});

test.each<[string, Record<string, string>, RegExp]>([
  ['a wrong setting', { PORT: 'http' }, /The bot cannot start\.\nPORT/u],
  ['an edition that does not exist', { EDITION: '1999-01-01', PORT: '0' }, /The bot cannot start\.\n.*facts\.yaml:1: there is no edition/u],
])('%s stops the start with a clear message', (_name, environment, expected) => {
  const { stderr, status } = spawnSync(join(root, 'node_modules/.bin/node'), ['src/main.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  expect(stderr).toMatch(expected);
  expect(status).toBe(1);
});
