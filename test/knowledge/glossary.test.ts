import { type Glossary, holdsOneOf, loadGlossaries } from '../../knowledge/glossary/glossary.ts';
import { KNOWLEDGE_PATHS } from '../../knowledge/paths.ts';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { checkGlossary } from '../../src/operations/check-glossary.ts';

const term = (use: string, stems: string[], avoid: string[]) => ({ use, stems, avoid });
const english: Glossary = new Map([['letter', term('letter', ['letter'], [])]]);
const dutch: Glossary = new Map([['letter', term('brief', ['brief', 'brieven'], ['epistel'])]]);
const check = (dutchText: string, englishText = 'The letter came.') =>
  checkGlossary('nl', new Map([['chat:a', dutchText]]), new Map([['chat:a', englishText]]), dutch, english);

test('every language has every term', () => {
  const glossaries = loadGlossaries(KNOWLEDGE_PATHS.glossary);
  expect([...glossaries.keys()]).toEqual(LANGUAGE_CODES);
  for (const glossary of glossaries.values())
    expect([...glossary.keys()].sort()).toEqual([...(glossaries.get('en') as Glossary).keys()].sort());
});

test.each([
  ['nothing where the term is there, inflected', 'De brieven kwamen.', []],
  ['a term that is left out', 'De post kwam.', ['nl chat:a: lacks "brief", English has "letter"']],
  ['a word to avoid', 'De brief is een epistel.', ['nl chat:a: says "epistel", the glossary has "brief"']],
])('the check finds %s', (_, text, problems) => expect(check(text)).toEqual(problems));

test('a term that English does not have is not asked for', () => expect(check('De post kwam.', 'The post came.')).toEqual([]));

test.each([
  [['brief'], 'De briefwisseling', true],
  [['brief'], 'een nieuwsbrief', false],
  [['قرار'], 'بعد القرار', true],
  [['قرار'], 'وبالقرار', true],
  [['لجوء'], 'طلب للجوء', true],
  [['تمر'], 'استمرار', false],
])('%j in "%s": %s', (stems, text, expected) => expect(holdsOneOf(stems, text)).toBe(expected));
