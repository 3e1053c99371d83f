import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plain } from '../../dialogs/recognise.ts';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { checkLocales, checkSource, checkTranslation } from '../../src/operations/check-locales.ts';
import { dialogsPage } from '../../src/operations/draw-dialogs.ts';
import { versionOf } from '../../src/operations/locale-files.ts';

const root = join(__dirname, '..', '..');

test('the locales are complete, used, current and have the placeholders of English', () => {
  expect(checkLocales(root)).toEqual([]);
});

test('the drawings in the docs are those of the dialogs as they are', () => {
  expect(readFileSync(join(root, 'docs', 'dialogs.md'), 'utf8')).toBe(dialogsPage());
});

describe('the check finds', () => {
  const english = new Map([
    ['chat:a', 'Hello {{day}}'],
    ['chat:n_one', '{{count}} day'],
    ['chat:n_other', '{{count}} days'],
  ]);
  const marks = {
    'chat:a': versionOf('Hello {{day}}'),
    'chat:n_one': versionOf('{{count}} days'),
    'chat:n_other': versionOf('{{count}} days'),
  };
  const good = [
    ['chat:a', 'Hallo {{day}}'],
    ['chat:n_one', '{{count}} dag'],
    ['chat:n_other', '{{count}} dagen'],
  ] as const;
  const check = (texts: readonly (readonly [string, string])[], madeFrom: Record<string, string> = marks) =>
    checkTranslation('nl', new Map(texts), english, madeFrom);

  test('nothing where all is well', () => expect(check(good)).toEqual([]));
  test('a missing key', () => expect(check(good.slice(1))).toEqual(['nl chat:a: missing']));
  test('an empty text', () => expect(check([['chat:a', ''], ...good.slice(1)])).toEqual(['nl chat:a: missing']));
  test('a key that English does not have', () =>
    expect(check([...good, ['chat:b', 'x']])).toEqual(['nl chat:b: unknown: English has no such key']));
  test('a placeholder that differs', () =>
    expect(check([['chat:a', 'Hallo {{dag}}'], ...good.slice(1)])[0]).toContain('placeholders dag differ from English day'));
  test('a stale translation', () => expect(check(good, { ...marks, 'chat:a': 'old' })[0]).toContain('stale'));
  test('a missing plural form', () => {
    expect(checkTranslation('ar', new Map(good), english, marks).filter((line) => line.includes('missing'))).toEqual(
      ['zero', 'two', 'few', 'many'].map((form) => `ar chat:n_${form}: missing`),
    );
  });
  test('an English key that is missing, and one that nothing uses', () => {
    const data = { needed: new Set(['answers:letter.answer']), allowed: new Set<string>() };
    expect(checkSource(new Map([['chat:lost', 'x']]), data, () => false)).toEqual([
      'en answers:letter.answer: missing',
      'en chat:lost: unused',
    ]);
  });
});

test('no word is one command in one language and another one in another', () => {
  const meanings = new Map<string, Set<string>>();
  for (const language of LANGUAGE_CODES) {
    const { command } = JSON.parse(readFileSync(join(root, 'locales', language, 'chat.json'), 'utf8')) as {
      command: Record<string, string[]>;
    };
    for (const [name, words] of Object.entries(command)) {
      if (name === 'language') continue;
      for (const word of words) meanings.set(plain(word), (meanings.get(plain(word)) ?? new Set()).add(name));
    }
  }
  expect(meanings.size).toBeGreaterThan(400);
  expect([...meanings].filter(([, names]) => names.size > 1)).toEqual([]);
});

test('npm run check:locales -- --accept: a text that was read again beside its new English one', () => {
  const copy = mkdtempSync(join(tmpdir(), 'accept-'));
  for (const part of ['src', 'dialogs', 'knowledge', 'locales']) cpSync(join(root, part), join(copy, part), { recursive: true });
  for (const file of ['package.json', 'manifest.json']) copyFileSync(join(root, file), join(copy, file));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const file = join(copy, 'locales', 'en', 'chat.json');
  const english = readFileSync(file, 'utf8');
  writeFileSync(file, english.replace(/("stopped": ")/u, '$1Well. '));
  const check = (...options: string[]) =>
    spawnSync(process.execPath, [join(copy, 'src', 'operations', 'check-locales.ts'), ...options], { encoding: 'utf8' });
  const before = check();
  expect([before.status, before.stdout]).toEqual([1, expect.stringMatching(/\bnl\b.*chat:stopped/u)]);
  const after = check('--accept', 'nl');
  expect([after.status, /\bnl\b.*chat:stopped/u.test(after.stdout), /\bfr\b.*chat:stopped/u.test(after.stdout)]).toEqual([1, false, true]);
  expect([check('--accept', 'en').status, check('--accept', 'xx').stderr]).toEqual([2, expect.stringContaining('--accept takes one of')]);
  rmSync(copy, { recursive: true });
});
