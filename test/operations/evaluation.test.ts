/** The floors of understanding, on questions that nothing was fitted to. They may rise, never fall. */
import { join } from 'node:path';
import { composeAnswer } from '../../knowledge/answers/compose.ts';
import { loadKnowledge } from '../../knowledge/knowledge.ts';
import { KNOWLEDGE_PATHS } from '../../knowledge/paths.ts';
import { loadQuestions } from '../../knowledge/questions/questions.ts';
import { type Counts, measure, readDateSets, readTopicSets, sumOf, wrongDates } from '../../src/operations/evaluation.ts';

const FOLDER = join(__dirname, '..', 'evaluation');
const knowledge = loadKnowledge();
const sets = readTopicSets(FOLDER);
const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

test.each(['en', 'nl', 'ar'])(
  '%s: at least 80 %% right at first, 93 %% within three, at most 10 %% wrong answers out of scope',
  (language) => {
    const all = sets.filter((set) => set.language === language).map((set) => measure(set, knowledge));
    const counts = sumOf(all);
    const sum = (part: keyof Counts) => counts[part];
    expect(sum('inScope')).toBeGreaterThan(100);
    expect(sum('rightAtFirst') / sum('inScope')).toBeGreaterThanOrEqual(0.8);
    expect(sum('withinThree') / sum('inScope')).toBeGreaterThanOrEqual(0.93);
    expect(sum('outOfScopeAnswered') / sum('outOfScope')).toBeLessThanOrEqual(0.1);
    expect(sum('languageRight') / sum('messages')).toBeGreaterThanOrEqual(0.97);
  },
);

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
