/** What compose.yaml promises, and that the bot understands the settings in it. No engine is needed for this. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readSettings } from '../../src/settings.ts';

const root = join(__dirname, '..', '..');
const text = readFileSync(join(root, 'compose.yaml'), 'utf8');

interface ComposeService {
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: string[];
  readonly command?: string[];
  readonly ports?: string[];
  readonly networks: string[];
  readonly volumes?: string[];
  readonly environment?: Record<string, string>;
  readonly healthcheck?: { test: string[] };
  readonly deploy: { replicas?: number; resources: { limits: { cpus: string; memory: string } } };
}
const compose = parse(text) as {
  services: Record<'bot' | 'redis' | 'proxy', ComposeService>;
  secrets: Record<string, { file: string }>;
  networks: Record<string, { internal?: boolean }>;
  configs: { proxy: { content: string } };
};
const { bot, redis, proxy } = compose.services;

test.each(Object.entries(compose.services))(
  '%s cannot write its root, has limits, no capabilities, and a health check',
  (_name, service) => {
    expect(service.read_only).toBe(true);
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.deploy.resources.limits).toEqual({ cpus: expect.any(String), memory: expect.stringMatching(/^\d+M$/u) });
    expect(service.healthcheck?.test[0]).toBe('CMD');
  },
);

test('two processes of the bot, as nobody special, on a Redis that keeps what it is told', () => {
  expect([bot.deploy.replicas, bot.user, redis.user]).toEqual([2, 'node', 'redis']);
  expect(redis.command?.join(' ')).toContain('--save  --appendonly yes --appendfsync always');
  expect(redis.command?.join(' ')).toContain('--maxmemory-policy noeviction');
  expect(redis.volumes).toEqual(['redis:/data']);
});

test('only the proxy is reached from outside, and it ends TLS', () => {
  expect([bot.ports, redis.ports, redis.networks]).toEqual([undefined, undefined, ['inside']]);
  expect([compose.networks['inside']?.internal, proxy.ports?.includes('443:443')]).toEqual([true, true]);
  expect(compose.configs.proxy.content).toMatch(/^\{\$\$PUBLIC_NAME\} \{[\s\S]*reverse_proxy \{\s+dynamic a bot 3978/u);
});

test('the bot starts with these settings, and the key comes from a file that is no part of the project', () => {
  const folder = mkdtempSync(join(tmpdir(), 'compose-'));
  const file = join(folder, 'key');
  writeFileSync(file, `${'k'.repeat(40)}\n`);
  const given = { ...bot.environment, NODE_ENV: 'production', PUBLIC_URL: 'https://bot.example.nl', DIRECT_LINE_SIGNING_KEY_FILE: file };
  const settings = readSettings(given);
  expect(settings).toMatchObject({
    STORE: 'redis://redis:6379',
    DIRECT_LINE_SIGNING_KEY: 'k'.repeat(40),
    ADMIN_PORT: 9464,
    TRUSTED_PROXIES: ['uniquelocal'],
  });
  rmSync(folder, { recursive: true });
  expect(bot.environment?.['DIRECT_LINE_SIGNING_KEY_FILE']).toBe('/run/secrets/direct-line-signing-key');
  expect(Object.keys(bot.environment ?? {}).filter((name) => /(?:SECRET|PASSWORD|TOKEN|KEY)$/u.test(name))).toEqual([]);
  expect(readFileSync(join(root, '.gitignore'), 'utf8').split('\n')).toContain(`${Object.values(compose.secrets)[0]?.file.split('/')[0]}/`);
});

describe('secrets in files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  const file = join(folder, 'key');
  beforeAll(() => writeFileSync(file, 'k'.repeat(40)));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('a file that is not there, or a secret in both ways, is said without its value', () => {
    expect(() => readSettings({ DIRECT_LINE_SECRET_FILE: join(folder, 'none') })).toThrow(
      'DIRECT_LINE_SECRET_FILE: the file cannot be read (ENOENT)',
    );
    const both = { DIRECT_LINE_SECRET_FILE: file, DIRECT_LINE_SECRET: 'x'.repeat(40) };
    expect(() => readSettings(both)).toThrow(/^DIRECT_LINE_SECRET and DIRECT_LINE_SECRET_FILE are both set: only one of them may be$/u);
  });

  test('only secrets are read so', () => {
    expect(readSettings({ PORT_FILE: file, DIRECT_LINE_SECRET_FILE: file })).toMatchObject({
      PORT: 3978,
      DIRECT_LINE_SECRET: 'k'.repeat(40),
    });
  });
});
