/** Every command that README and docs name is there, and somebody runs it: this file, another test, or CI by `npm test`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const documents = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];
const documented = new Set(
  documents
    .map((name) => readFileSync(join(root, name), 'utf8'))
    .flatMap((text) => [...text.matchAll(/npm (?:run (?:-s )?([a-z:]+)|(start|test|ci)\b)/gu)])
    .map(([, script, word]) => script ?? word ?? ''),
);

/** Run here, as they stand in the documents. */
const HERE: Readonly<Record<string, readonly string[]>> = {
  ask: ['--json', 'May I work?'],
  'check:locales': [],
  'draw:dialogs': [],
  evaluate: [],
  guard: [],
  report: [],
  review: [],
};
/** Run by CI: the second is the test command itself, the others are parts of it. */
const BY_CI = ['ci', 'test', 'lint', 'typecheck', 'build'];
/** Run by other tests: what a script starts is started, or called, there. */
const BY_TESTS: Readonly<Record<string, string>> = {
  start: 'test/operations/built-service.test.ts',
  'teams:package': 'test/teams/package.test.ts',
};
/** They take minutes, a quiet machine, the rights of root or a network: whoever quotes their figures runs them. */
const BY_HAND = ['bench', 'bench:language', 'bench:matching', 'bench:page', 'pictures', 'prove:image', 'whatsapp:try'];
/** Long runs of what a test runs in small. */
const IN_SMALL: Readonly<Record<string, string>> = {
  chaos: 'test/chaos',
  fuzz: 'test/fuzz',
  leak: 'test/leak',
};

test('there is a script for each of them, and none is run by nobody', () => {
  const known = [...Object.keys(HERE), ...BY_CI, ...Object.keys(BY_TESTS), ...BY_HAND, ...Object.keys(IN_SMALL)];
  expect(documented.size).toBeGreaterThan(12);
  expect([...documented].filter((name) => !known.includes(name))).toEqual([]);
  expect([...documented].filter((name) => name !== 'ci' && !scripts[name])).toEqual([]);
});

describe('in a store of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'documented-'));
  const store = `sqlite:${join(folder, 'bot.sqlite')}`;
  beforeAll(async () => {
    const { openStore } = await import('../../src/stores/open.ts');
    await (await openStore(store)).close();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(Object.entries(HERE))(
    'npm run %s',
    (name, more) => {
      const run = spawnSync('npm', ['run', '-s', name, '--', ...more], {
        cwd: root,
        encoding: 'utf8',
        input: '',
        env: { ...process.env, STORE: store },
      });
      expect([run.status, run.status === 0 ? '' : run.stderr]).toEqual([0, '']);
    },
    120_000,
  );
});
