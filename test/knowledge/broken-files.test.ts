import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_EDITION, loadFacts } from '../../knowledge/editions/facts.ts';
import { KnowledgeError } from '../../knowledge/files/knowledge-error.ts';
import { loadLexiconEntries } from '../../knowledge/matching/lexicon.ts';
import { KNOWLEDGE_PATHS } from '../../knowledge/paths.ts';
import { loadQuestions } from '../../knowledge/questions/questions.ts';
import { loadTopics } from '../../knowledge/topics/topics.ts';
import { LANGUAGE_CODES } from '../../locales/languages.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knowledge-'));
  for (const name of ['editions', 'topics', 'questions', 'concepts'] as const)
    cpSync(KNOWLEDGE_PATHS[name], join(folder, name), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Changes a file: `find` becomes `replacement`. Returns the line on which `find` stands. */
function change(file: string, find: string, replacement: string): number {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(find);
  writeFileSync(path, text.replace(find, replacement));
  return text.slice(0, text.indexOf(find)).split('\n').length;
}

function failure(load: () => unknown): KnowledgeError {
  try {
    load();
  } catch (error) {
    if (error instanceof KnowledgeError) return error;
    throw error;
  }
  throw new Error('it loaded');
}

const edition = 'editions/2023-06-09/facts.yaml';
const facts = () => loadFacts(join(folder, 'editions'), DEFAULT_EDITION);
const topics = () => loadTopics(join(folder, 'topics'), loadFacts(KNOWLEDGE_PATHS.editions, DEFAULT_EDITION));

describe('facts', () => {
  test.each([
    [
      'a period that ends before it starts',
      'remigration: { first: 2023-06-01',
      'remigration: { first: 2023-08-01',
      'ends before it starts',
    ],
    ['a day that does not exist', 'last: 2023-09-04', 'last: 2023-09-31', 'must be an existing day'],
    ['maintenance that ends before it starts', 'until: 2023-06-11T14:00', 'until: 2023-06-09T14:00', 'ends before it starts'],
    ['an unknown time zone', 'Europe/Amsterdam', 'Europe/Atlantis', 'must be an IANA time zone'],
    ['an unknown setting', 'timeZone:', 'timezone:', 'timezone'],
    ['a key that stands twice', 'timeZone: Europe/Amsterdam', 'timeZone: Europe/Amsterdam\ntimeZone: Europe/Paris', 'unique'],
    ['the edition of another folder', 'edition: 2023-06-09', 'edition: 2023-07-09', 'stands in the folder'],
    ['what is no YAML', 'periods:', '}periods:', ''],
  ])('%s stops the start with file, line and reason', (_name, find, replacement, reason) => {
    const line = change(edition, find, replacement);
    const error = failure(facts);
    expect(error.file).toBe(join(folder, edition));
    expect(error.message).toContain(reason);
    expect(Math.abs(error.line - line)).toBeLessThanOrEqual(1);
    expect(error.message).toBe(`${error.file}:${error.line}: ${error.reason}`);
  });

  test('an edition that does not exist', () => {
    expect(failure(() => loadFacts(join(folder, 'editions'), '1999-01-01')).message).toContain('there is no edition "1999-01-01"');
  });

  test('a second edition stands beside the first and is chosen by its name alone', () => {
    cpSync(join(folder, 'editions/2023-06-09'), join(folder, 'editions/2023-08-01'), { recursive: true });
    const second = join(folder, 'editions/2023-08-01/facts.yaml');
    writeFileSync(
      second,
      readFileSync(second, 'utf8').replace('edition: 2023-06-09', 'edition: 2023-08-01').replace('last: 2023-07-31', 'last: 2023-08-31'),
    );
    expect(loadFacts(join(folder, 'editions'), '2023-08-01').periods.remigration.last).toBe('2023-08-31');
    expect(facts().periods.remigration.last).toBe('2023-07-31');
  });
});

describe('topics', () => {
  test('a missing topic', () => {
    const path = join(folder, 'topics/return.yaml');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^iom:\n(?: .*\n)+/mu, ''));
    expect(failure(topics).reason).toBe('topic "iom" is missing');
  });

  test('a file that is no part of the whole', () => {
    writeFileSync(join(folder, 'topics/money.yaml'), '{}\n');
    expect(failure(topics).message).toContain('money.yaml:1: unknown chapter "money"');
  });

  test.each([
    ['an unknown rule', 'topics/stay.yaml', 'name: work', 'name: works', 'unknown rule "works"'],
    ['an unknown section', 'topics/letter.yaml', 'section: letter', 'section: letters', 'unknown section "letters"'],
    [
      'an unknown topic among the next ones',
      'topics/letter.yaml',
      'next: [questionnaire, advice',
      'next: [questionaire, advice',
      'unknown topic',
    ],
    ['a duplicate id in one file', 'topics/who.yaml', 'protection-end:\n', 'applies-to-me:\n', 'unique'],
    ['an id in two files', 'topics/who.yaml', 'syria-yemen:\n', 'letter:\n', 'duplicate id'],
    ['an unknown key', 'topics/who.yaml', '  dialog: about-me', '  dialogue: about-me', 'dialogue'],
  ])('%s', (_name, file, find, replacement, reason) => {
    change(file, find, replacement);
    const error = failure(topics);
    expect(error.message).toContain(reason);
    expect(error.message).toMatch(/\.yaml:\d+: /u);
  });
});

describe('questions and ideas', () => {
  test('a question under an unknown topic', () => {
    change('questions/en/letter.yaml', 'advice:\n', 'advise:\n');
    expect(failure(() => loadQuestions(join(folder, 'questions'))).message).toMatch(/letter\.yaml:\d+: .*unknown topic/u);
  });

  test('the same question twice', () => {
    const [first] = loadQuestions(join(folder, 'questions')).filter(({ language, label }) => language === 'en' && label === 'advice');
    change('questions/en/letter.yaml', 'advice:\n', `advice:\n  - ${JSON.stringify(first?.text)}\n`);
    expect(failure(() => loadQuestions(join(folder, 'questions'))).message).toContain('stands here and under advice');
  });

  test('an idea that a language lacks, and one that nobody knows', () => {
    const line = change('concepts/nl.yaml', 'lawyer:', 'lawyers:');
    expect(failure(() => loadLexiconEntries(join(folder, 'concepts')))).toMatchObject({ line, reason: 'unknown idea "lawyers"' });
  });

  test('an idea whose word is a single letter with a star, or no word at all', () => {
    const line = change('concepts/nl.yaml', 'lawyer: [', 'lawyer: ["a*", ');
    const reason = 'lawyer: "a*" is the beginning of too many words';
    expect(failure(() => loadLexiconEntries(join(folder, 'concepts')))).toMatchObject({ line, reason });
    change('concepts/nl.yaml', '"a*"', '"?!"');
    expect(failure(() => loadLexiconEntries(join(folder, 'concepts'))).reason).toBe('lawyer: "?!" holds no word');
  });
});

test('the knowledge as it stands holds what it has to: questions for every topic and language, out of scope too', () => {
  const counts = new Map<string, number>();
  for (const { language, label } of loadQuestions(KNOWLEDGE_PATHS.questions))
    counts.set(`${language} ${label}`, (counts.get(`${language} ${label}`) ?? 0) + 1);
  const ids = [...loadTopics(KNOWLEDGE_PATHS.topics, loadFacts(KNOWLEDGE_PATHS.editions, DEFAULT_EDITION)).keys()];
  for (const language of LANGUAGE_CODES) {
    for (const id of ids) expect([language, id, (counts.get(`${language} ${id}`) ?? 0) >= 20]).toEqual([language, id, true]);
    expect(counts.get(`${language} none`)).toBeGreaterThanOrEqual(100);
  }
});
