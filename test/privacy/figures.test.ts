/** How well the guard does on messages of its own test set and on questions of the evaluation: `npm run -s guard` prints the same figures. */
import { join } from 'node:path';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { isCaught, isFalselyCaught, readGuardCases } from '../../src/operations/guard-figures.ts';

const { personal, plain } = readGuardCases(__dirname, join(__dirname, '..', 'evaluation'));
const KINDS = ['v-number', 'bsn', 'birth-date', 'phone', 'email', 'document-number', 'iban'] as const;

test('the set is large enough, with every kind in every language', () => {
  expect(personal.length).toBeGreaterThanOrEqual(150);
  expect(plain.filter(({ set }) => set !== 'evaluation').length).toBeGreaterThanOrEqual(300);
  expect(plain.filter(({ set }) => set === 'evaluation').length).toBeGreaterThanOrEqual(1000);
  for (const language of LANGUAGE_CODES)
    for (const kind of KINDS)
      expect([language, kind, personal.filter((one) => one.language === language && one.kind === kind).length >= 3]).toEqual([
        language,
        kind,
        true,
      ]);
});

test.each(LANGUAGE_CODES)('in %s at least 95 % are caught, and at most 1 % falsely', (language) => {
  const own = personal.filter((one) => one.language === language);
  const missed = own.filter((one) => !isCaught(one));
  expect({ missed: missed.map(({ text }) => text), few: missed.length <= own.length * 0.05 }).toMatchObject({ few: true });
  const without = plain.filter((one) => one.language === language);
  const falsely = without.filter(isFalselyCaught);
  expect({ falsely: falsely.map(({ text }) => text), few: falsely.length <= without.length * 0.01 }).toMatchObject({ few: true });
});

test.each(KINDS)('of %s at least 95 %% are caught', (kind) => {
  const own = personal.filter((one) => one.kind === kind);
  const missed = own.filter((one) => !isCaught(one));
  expect({ missed: missed.map(({ text }) => text), few: missed.length <= own.length * 0.05 }).toMatchObject({ few: true });
});
