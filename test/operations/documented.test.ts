/** Every command that README and docs name is there, and somebody runs it: this file, another test, or CI by `npm test`. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentedCommands, run, scripts } from './documents.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Run here, as they stand in the documents, with something that they print. */
const HERE: readonly (readonly [name: string, options: readonly string[], prints: RegExp])[] = [
  ['ask', ['May I work?'], /4 September 2023/u],
  ['ask', ['--json', 'May I work?'], /"topics":\["work"/u],
  ['ask', ['--lang', 'en', '--now', '2023-07-31T23:30:00+02:00', 'Can I still apply for money to go home?'], /last day/u],
  ['check:locales', [], /The locales are complete/u],
  ['draw:dialogs', [], /^$/u],
  ['evaluate', [], /\| mean \|/u],
  ['evaluate', ['--all'], /\| mean \|/u],
  ['guard', [], /./u],
  ['report', [], /./u],
  ['review', [], /./u],
  ['bench:language', [], /franc/u],
  ['whatsapp:try', ['test/whatsapp/payloads/text-ar.json'], /"messaging_product": "whatsapp"/u],
];
/** Run by CI: the second is the test command itself, the others are parts of it. */
const BY_CI = ['ci', 'test', 'lint', 'typecheck', 'build'];
/** Run by other tests: what a script starts is started, or called, there. */
const BY_TESTS: Readonly<Record<string, string>> = {
  start: 'test/operations/built-service.test.ts',
  'teams:package': 'test/teams/package.test.ts',
  'check:locales --accept': 'test/operations/locales.test.ts',
  bench: 'test/operations/documented-bench.test.ts',
  'bench:matching': 'test/operations/documented-bench.test.ts',
  'bench:page': 'test/operations/documented-long.test.ts',
  pictures: 'test/operations/documented-long.test.ts',
  'evaluate --compare': 'test/operations/documented-long.test.ts',
  'evaluate --pooling': 'test/operations/documented-long.test.ts',
};
/** Long runs of what a test runs in small. */
const IN_SMALL: Readonly<Record<string, string>> = {
  chaos: 'test/chaos',
  'chaos --seed': 'test/chaos',
  fuzz: 'test/fuzz',
  'fuzz --seed': 'test/fuzz',
  leak: 'test/leak',
};
/** It takes the rights of root, Debian's packages and ten minutes: whoever changes the Dockerfile runs it. */
const BY_HAND = ['prove:image'];

test('there is a script for each of them, and none is run by nobody', () => {
  const here = HERE.flatMap(([name, [option]]) => [name, ...(option?.startsWith('--') ? [`${name} ${option}`] : [])]);
  const known = new Set([...here, ...BY_CI, ...Object.keys(BY_TESTS), ...Object.keys(IN_SMALL), ...BY_HAND]);
  const documented = documentedCommands();
  expect(documented.length).toBeGreaterThan(20);
  expect(documented.filter((name) => !known.has(name))).toEqual([]);
  // A test that was taken away, or that runs another command, runs none of these.
  for (const [name, file] of Object.entries(BY_TESTS)) {
    expect([name, readFileSync(join(ROOT, file), 'utf8').includes(name.split(/[ :]/u).at(-1)?.replace(/^--/u, '') ?? name)]).toEqual([
      name,
      true,
    ]);
  }
  const names = new Set(documented.map((name) => name.split(' ')[0] ?? ''));
  expect([...names].filter((name) => name !== 'ci' && !scripts()[name])).toEqual([]);
});

describe('in a store of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'documented-'));
  const store = `sqlite:${join(folder, 'bot.sqlite')}`;
  beforeAll(async () => {
    const { openStore } = await import('../../src/stores/open.ts');
    await (await openStore(store)).close();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(HERE)(
    'npm run %s %j',
    (name, options, prints) => expect(run(name, options, { STORE: store, CLOCK: '2023-06-10T12:00' })).toMatch(prints),
    120_000,
  );
});
