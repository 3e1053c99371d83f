import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_EDITION, loadFacts } from '../../knowledge/editions/facts.ts';
import { type Glossary, loadGlossaries } from '../../knowledge/glossary/glossary.ts';
import { KNOWLEDGE_PATHS } from '../../knowledge/paths.ts';
import { loadTopics } from '../../knowledge/topics/topics.ts';
import { LANGUAGE_CODES, type Language, SOURCE_LANGUAGE } from '../../locales/languages.ts';
import { checkGlossary } from './check-glossary.ts';
import { type FlatTexts, type MadeFrom, madeFromFile, readMadeFrom, readTexts, versionOf } from './locale-files.ts';
import { type KeysOfData, keysOfData, usedInSources } from './locale-keys.ts';

const PLURAL = /_(?:zero|one|two|few|many|other)$/u;

/** What is wrong with the English texts: a key that is missing, or that nothing uses. */
export function checkSource(english: FlatTexts, data: KeysOfData, usedInCode: (key: string) => boolean): string[] {
  const missing = [...data.needed].filter((key) => !english.has(key)).map((key) => `${SOURCE_LANGUAGE} ${key}: missing`);
  const unused = [...new Set([...english.keys()].map(withoutPlural))]
    .filter((key) => !data.needed.has(key) && !data.allowed.has(key) && !usedInCode(key))
    .map((key) => `${SOURCE_LANGUAGE} ${key}: unused`);
  return [...missing, ...unused];
}

/** What is wrong with a translation: missing, unknown or stale keys, plural forms, and placeholders that differ from English. */
export function checkTranslation(language: Language, texts: FlatTexts, english: FlatTexts, madeFrom: MadeFrom): string[] {
  const problems: string[] = [];
  const report = (key: string, what: string) => problems.push(`${language} ${key}: ${what}`);
  const expected = expectedKeys(language, english);
  for (const [key, source] of expected) {
    const text = texts.get(key);
    if (text === undefined || text.length === 0) report(key, 'missing');
    else if (typeof text !== typeof source) report(key, 'is a list in one language and a text in the other');
    else if (typeof source === 'string' && typeof text === 'string') {
      if (placeholders(text) !== placeholders(source))
        report(key, `placeholders ${placeholders(text)} differ from English ${placeholders(source)}`);
      if (madeFrom[key] !== versionOf(source)) report(key, 'stale: the English text has changed since this was made');
    } else if (key.endsWith('.language') && (text as string[]).some((one) => placeholders(one) !== 'language')) {
      report(key, 'each entry needs {{language}}');
    }
  }
  for (const key of texts.keys()) if (!expected.has(key)) report(key, 'unknown: English has no such key');
  return problems;
}

/** The keys that a language must have, each with the English text it is made from: plurals have the forms of the language. */
export function expectedKeys(language: Language, english: FlatTexts): FlatTexts {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const expected = new Map<string, string | readonly string[]>();
  for (const [key, text] of english) {
    if (!PLURAL.test(key)) expected.set(key, text);
    else for (const form of forms) expected.set(`${withoutPlural(key)}_${form}`, english.get(`${withoutPlural(key)}_other`) ?? text);
  }
  return expected;
}

function withoutPlural(key: string): string {
  return key.replace(PLURAL, '');
}

/** The placeholders of a text in a fixed order. A plural form may leave the number out: "one day", "two days" say it in words. */
function placeholders(text: string): string {
  const names = [...text.matchAll(/\{\{\s*([^}\s]+)\s*\}\}/gu)].map(([, name]) => name ?? '').filter((name) => name !== 'count');
  return [...new Set(names)].sort().join(',');
}

/** All problems of all languages below a folder of locales. */
export function checkLocales(root: string): string[] {
  const folder = join(root, 'locales');
  const english = readTexts(folder, SOURCE_LANGUAGE);
  const topics = loadTopics(KNOWLEDGE_PATHS.topics, loadFacts(KNOWLEDGE_PATHS.editions, DEFAULT_EDITION));
  const glossaries = loadGlossaries(KNOWLEDGE_PATHS.glossary);
  const glossaryOf = (language: Language) => glossaries.get(language) as Glossary;
  const translated = LANGUAGE_CODES.filter((language) => language !== SOURCE_LANGUAGE);
  return [
    ...checkSource(english, keysOfData(topics), usedInSources(root)),
    ...translated.flatMap((language) => checkTranslation(language, readTexts(folder, language), english, readMadeFrom(folder, language))),
    ...LANGUAGE_CODES.flatMap((language) =>
      checkGlossary(language, readTexts(folder, language), english, glossaryOf(language), glossaryOf(SOURCE_LANGUAGE)),
    ),
  ];
}

/** Records that the texts of a language were made from the English of now: to be called after they were read beside it. */
function accept(root: string, language: Language): void {
  const folder = join(root, 'locales');
  const expected = expectedKeys(language, readTexts(folder, SOURCE_LANGUAGE));
  const marks = [...expected].filter(([, text]) => typeof text === 'string').map(([key, text]) => [key, versionOf(text as string)]);
  writeFileSync(madeFromFile(folder, language), `${JSON.stringify(Object.fromEntries(marks), null, 2)}\n`);
}

function main(): number {
  const { values } = parseArgs({ options: { accept: { type: 'string' } } });
  const root = join(import.meta.dirname, '..', '..');
  if (values.accept) {
    const language = LANGUAGE_CODES.find((code) => code === values.accept && code !== SOURCE_LANGUAGE);
    if (!language) throw new Error(`--accept takes one of ${LANGUAGE_CODES.filter((code) => code !== SOURCE_LANGUAGE).join(', ')}`);
    accept(root, language);
  }
  const problems = checkLocales(root);
  process.stdout.write(
    problems.length > 0 ? `${problems.join('\n')}\n${problems.length} problems in the locales\n` : 'The locales are complete.\n',
  );
  return problems.length > 0 ? 1 : 0;
}

if (process.argv[1] === import.meta.filename) {
  try {
    process.exitCode = main();
  } catch (error) {
    process.stderr.write(`check:locales: ${(error as Error).message}\n`);
    process.exitCode = 2;
  }
}
