/**
 * The matching beside three libraries that are given the same questions: fuse.js, MiniSearch and nlp.js, one language
 * at a time, on the evaluation questions, which none of them was given. One run, so that times can be compared.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { NlpManager } from 'node-nlp';
import { loadKnowledge } from '../knowledge/knowledge.ts';
import { KNOWLEDGE_PATHS } from '../knowledge/paths.ts';
import { loadQuestions, type Question } from '../knowledge/questions/questions.ts';
import { LANGUAGE_CODES } from '../locales/languages.ts';
import { readTopicSets, type TopicCase } from '../src/operations/evaluation.ts';
import { print, table, withSpread } from './measure.ts';

/** Takes a question and gives the label it finds likeliest. */
type Matcher = (question: string) => string | Promise<string>;

interface Rival {
  readonly name: string;
  prepare(questions: readonly Question[], language: string): Promise<Matcher> | Matcher;
}

const SETS = join(import.meta.dirname, '..', 'test', 'evaluation');
const NONE = 'none';
/** A matcher is timed for this long, or for one round over the questions where that takes longer. */
const TIMED_MS = 500;

const knowledge = loadKnowledge();

const RIVALS: readonly Rival[] = [
  { name: 'this project', prepare: () => (question) => knowledge.match(question).guesses[0]?.label ?? NONE },
  {
    name: 'fuse.js',
    prepare(questions) {
      const index = new Fuse(questions, { keys: ['text'], ignoreLocation: true, includeScore: true, threshold: 0.6 });
      return (question) => index.search(question, { limit: 1 })[0]?.item.label ?? NONE;
    },
  },
  {
    name: 'MiniSearch',
    prepare(questions) {
      const index = new MiniSearch<{ id: number; text: string; label: string }>({ fields: ['text'], storeFields: ['label'] });
      index.addAll(questions.map(({ text, label }, id) => ({ id, text, label })));
      return (question) => (index.search(question, { fuzzy: 0.2, prefix: true })[0]?.label as string | undefined) ?? NONE;
    },
  },
  {
    name: 'nlp.js',
    async prepare(questions, language) {
      const manager = new NlpManager({ languages: [language], forceNER: false, autoSave: false, autoLoad: false, nlu: { log: false } });
      for (const { text, label } of questions) manager.addDocument(language, text, label);
      await manager.train();
      return async (question) => (await manager.process(language, question)).intent;
    },
  },
];

interface Result {
  readonly hits: number;
  readonly inScope: number;
  readonly microseconds: number;
  readonly prepared: number;
}

async function measure(rival: Rival, questions: readonly Question[], cases: readonly TopicCase[], language: string): Promise<Result> {
  const before = performance.now();
  const match = await rival.prepare(questions, language);
  const prepared = performance.now() - before;
  const inScope = cases.filter(({ topics }) => topics[0] !== NONE);
  let hits = 0;
  for (const { q, topics } of inScope) if (topics.includes(await match(q))) hits += 1;
  const start = performance.now();
  let asked = 0;
  while (performance.now() - start < TIMED_MS || asked < inScope.length) {
    await match(inScope[asked % inScope.length]?.q ?? '');
    asked += 1;
  }
  return { hits, inScope: inScope.length, microseconds: (1000 * (performance.now() - start)) / asked, prepared };
}

/** The section about matching alone, and the microseconds that one question takes, several times over. */
export async function matchingSection({ languages, most = Infinity }: { languages: readonly string[]; most?: number }) {
  const known = loadQuestions(KNOWLEDGE_PATHS.questions);
  const sets = readTopicSets(SETS);
  const rows: (string | number)[][] = [];
  const times = new Map<string, number[]>();
  for (const language of languages) {
    const questions = known.filter((one) => one.language === language);
    const cases = sets
      .filter((set) => set.language === language)
      .flatMap((set) => set.cases)
      .slice(0, most);
    let ours: number | undefined;
    for (const rival of RIVALS) {
      const { hits, inScope, microseconds, prepared } = await measure(rival, questions, cases, language);
      ours ??= microseconds;
      times.set(rival.name, [...(times.get(rival.name) ?? []), microseconds]);
      const right = `${((100 * hits) / inScope).toFixed(1)} %`;
      rows.push([language, inScope, rival.name, right, microseconds.toFixed(0), (microseconds / ours).toFixed(1), prepared.toFixed(0)]);
    }
  }
  const head = ['language', 'questions', 'matcher', 'right at first', 'µs a question', 'times ours', 'made ready in ms'];
  const alone = matchingAlone(sets.flatMap(({ cases }) => cases.map(({ q }) => q)));
  const text = [
    'First guess right among the questions in scope, and time for one question, the language known.',
    '',
    table(head, rows),
    '',
    `Matching alone, warm, one core, all languages mixed: ${withSpread(alone, 0)} µs a question (target: under 100).`,
  ].join('\n');
  return { text, alone, times };
}

/** Microseconds a question, in rounds over all of them. */
function matchingAlone(questions: readonly string[]): number[] {
  for (const question of questions) knowledge.match(question);
  return Array.from({ length: 5 }, () => {
    const start = performance.now();
    for (const question of questions) knowledge.match(question);
    return (1000 * (performance.now() - start)) / questions.length;
  });
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { lang: { type: 'string' } } });
  print((await matchingSection({ languages: LANGUAGE_CODES.filter((code) => !values.lang || code === values.lang) })).text);
}
