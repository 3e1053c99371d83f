/** The floors of understanding, on questions that nothing was fitted to. They may rise, never fall. */
import { join } from 'node:path';
import { composeAnswer } from '../../knowledge/answers/compose.ts';
import { loadKnowledge } from '../../knowledge/knowledge.ts';
import { KNOWLEDGE_PATHS } from '../../knowledge/paths.ts';
import { loadQuestions } from '../../knowledge/questions/questions.ts';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { type Counts, measure, readDateSets, readTopicSets, sumOf, wrongDates } from '../../src/operations/evaluation.ts';

const FOLDER = join(__dirname, '..', 'evaluation');
const knowledge = loadKnowledge();
const sets = readTopicSets(FOLDER);
const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** All that was asked in a language, of every set. */
const countsOf = (language: string) => sumOf(sets.filter((set) => set.language === language).map((set) => measure(set, knowledge)));
const byLanguage = new Map(LANGUAGE_CODES.map((language) => [language, countsOf(language)]));

/** The mean over the languages of one count as a share of another. */
function mean(part: keyof Counts, of: keyof Counts): number {
  const shares = [...byLanguage.values()].map((counts) => counts[part] / counts[of]);
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

test.each(LANGUAGE_CODES)('%s: at least 80 %% right at first, 93 %% within three, 97 %% in the right language', (language) => {
  const { inScope, rightAtFirst, withinThree, outOfScope, outOfScopeAnswered, messages, languageRight } = countsOf(language);
  expect(inScope).toBeGreaterThan(40);
  expect(rightAtFirst / inScope).toBeGreaterThanOrEqual(0.8);
  expect(withinThree / inScope).toBeGreaterThanOrEqual(0.93);
  expect(languageRight / messages).toBeGreaterThanOrEqual(0.97);
  // One question of a handful says nothing about a share.
  expect(outOfScopeAnswered).toBeLessThanOrEqual(Math.max(1, 0.1 * outOfScope));
});

test('in the mean of the languages: 87 % right at first, 96 % within three, at most 8 % wrong and 6 % out of scope', () => {
  expect(mean('rightAtFirst', 'inScope')).toBeGreaterThanOrEqual(0.87);
  expect(mean('withinThree', 'inScope')).toBeGreaterThanOrEqual(0.96);
  expect(mean('answeredWrong', 'inScope')).toBeLessThanOrEqual(0.08);
  expect(mean('outOfScopeAnswered', 'outOfScope')).toBeLessThanOrEqual(0.06);
});

test('every date question gets the right rule, state and day', () => {
  expect(readDateSets(FOLDER).flatMap((set) => wrongDates(set, knowledge))).toEqual([]);
});

test('no evaluation question stands in the knowledge base', () => {
  const known = new Set(
    [...loadQuestions(KNOWLEDGE_PATHS.questions), ...loadQuestions(KNOWLEDGE_PATHS.heldBack)].map(({ text }) => plain(text)),
  );
  const longEnough = sets.flatMap(({ cases }) => cases).filter(({ q }) => plain(q).split(' ').length >= 4);
  expect(longEnough.length).toBeGreaterThan(200);
  expect(longEnough.filter(({ q }) => known.has(plain(q)))).toEqual([]);
});

test('every answer of every topic, state and language can be put together, with its source and without a gap', () => {
  const days = ['2023-03-10', '2023-03-22', '2023-05-31', '2023-06-10', '2023-07-31', '2023-08-10', '2023-09-04', '2026-11-24'];
  for (const language of knowledge.languages) {
    for (const topic of knowledge.topics.values()) {
      for (const now of days) {
        for (const named of [undefined, ...days.slice(0, 7)]) {
          const day = named as never;
          const answer = composeAnswer(
            topic,
            { now: new Date(`${now}T12:00:00Z`), days: named ? { first: day, last: day } : undefined },
            knowledge.facts,
            knowledge.texts(language),
          );
          expect(answer.paragraphs.join('\n')).not.toMatch(/\{\{|undefined|\[object/u);
          expect(answer.source === null).toBe(topic.talk);
        }
      }
    }
  }
});
