import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Reply, replyTo } from '../../knowledge/answers/reply.ts';
import { instantFrom } from '../../knowledge/calendar/day.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { chooseLanguage } from '../../knowledge/language/choose.ts';
import { wordsOf } from '../../knowledge/matching/normalise.ts';
import { CHOICES } from '../../knowledge/matching/thresholds.ts';
import { isLanguage, type Language } from '../../locales/languages.ts';

const topicCase = z.object({ q: z.string(), topics: z.array(z.string()).min(1), style: z.string() });
const dateCase = z.object({
  q: z.string(),
  lang: z.string(),
  now: z.string(),
  expect: z.object({ rule: z.string(), state: z.string() }),
  asked_date: z.string().nullable(),
});

export type TopicCase = z.infer<typeof topicCase>;
export type DateCase = z.infer<typeof dateCase>;

/** The questions of one file: `<set>.<language>.jsonl`. */
export interface EvaluationSet<Case> {
  readonly set: string;
  readonly language: Language;
  readonly cases: readonly Case[];
}

/** What is counted of a set of questions; counts, so that sets can be added up. */
const COUNTS = [
  'inScope',
  'rightAtFirst',
  'rankedFirst',
  'withinThree',
  'answeredWrong',
  'outOfScope',
  'outOfScopeAnswered',
  'messages',
  'languageRight',
] as const;

export type Counts = Readonly<Record<(typeof COUNTS)[number], number>>;

/** A question that was not answered right at first, or answered although the page does not. */
export interface Confusion {
  readonly q: string;
  readonly expected: string;
  readonly got: string;
  readonly kind: string;
}

/** How sure the bot was of its first guess ("not on the page" among them), and whether that was right. */
export interface Certainty {
  readonly confidence: number;
  readonly right: boolean;
}

/** How one language did on one set. */
export interface Figures extends Counts {
  readonly styles: ReadonlyMap<string, Counts>;
  readonly certainties: readonly Certainty[];
  readonly confusions: readonly Confusion[];
}

type Tally = { -readonly [Name in keyof Counts]: number };

function noCounts(): Tally {
  return Object.fromEntries(COUNTS.map((name) => [name, 0])) as Tally;
}

/** The counts of several sets together. */
export function sumOf(all: readonly Counts[]): Counts {
  const sum = noCounts();
  for (const counts of all) for (const name of COUNTS) sum[name] += counts[name];
  return sum;
}

/** An instant at which no question of the sets depends on the date. */
const ANY_TIME = '2023-06-10T12:00';

export type TopicSet = EvaluationSet<TopicCase>;

/** Reads the question sets of a folder; `dates.*` are read by `readDateSets`. */
export function readTopicSets(folder: string): EvaluationSet<TopicCase>[] {
  return readSets(folder, topicCase, (set) => set !== 'dates');
}

export function readDateSets(folder: string): EvaluationSet<DateCase>[] {
  return readSets(folder, dateCase, (set) => set === 'dates');
}

/** Asks every question of a set, as a person would, and counts what came back. */
export function measure({ language, cases }: EvaluationSet<TopicCase>, knowledge: Knowledge): Figures {
  const now = instantFrom(ANY_TIME, knowledge.facts.timeZone);
  const styles = new Map<string, Tally>();
  const confusions: Confusion[] = [];
  const certainties: Certainty[] = [];
  for (const one of cases) {
    const { q, topics, style } = one;
    const counts = styles.get(style) ?? noCounts();
    styles.set(style, counts);
    const reply = replyTo(q, language, now, knowledge);
    const got = reply.topics[0] ?? 'none';
    const [guess] = knowledge.match(q).guesses;
    if (guess) certainties.push({ confidence: guess.probability, right: topics.includes(guess.label) });
    if (tellsItsLanguage(one)) {
      counts.messages += 1;
      if (languageOf(q, knowledge) === language) counts.languageRight += 1;
    }
    const outcome = topics[0] === 'none' ? countOutOfScope(counts, reply) : countInScope(counts, reply, topics);
    if (outcome === 'wrong') confusions.push({ q, expected: topics.join(' or '), got, kind: reply.kind });
  }
  return { ...sumOf([...styles.values()]), styles, certainties, confusions };
}

/** A mixed or very short message has no one language. */
function tellsItsLanguage({ q, style }: TopicCase): boolean {
  return style !== 'mixed' && wordsOf(q).length >= 3;
}

function languageOf(q: string, knowledge: Knowledge): string {
  return chooseLanguage(knowledge.detect(q), q, { supported: knowledge.languages });
}

/** The first messages of conversations that were taken for another language. */
export function wrongLanguages({ language, cases }: EvaluationSet<TopicCase>, knowledge: Knowledge): { q: string; got: string }[] {
  return cases
    .filter(tellsItsLanguage)
    .map(({ q }) => ({ q, got: languageOf(q, knowledge) }))
    .filter(({ got }) => got !== language);
}

function countOutOfScope(counts: Tally, reply: Reply): 'right' | 'wrong' {
  counts.outOfScope += 1;
  if (reply.kind !== 'answer') return 'right';
  counts.outOfScopeAnswered += 1;
  return 'wrong';
}

function countInScope(counts: Tally, reply: Reply, topics: readonly string[]): 'right' | 'wrong' {
  counts.inScope += 1;
  const right = topics.includes(reply.topics[0] ?? 'none');
  const offered = reply.kind === 'unknown' ? [] : reply.topics.slice(0, CHOICES);
  if (right) counts.rankedFirst += 1;
  if (offered.some((topic) => topics.includes(topic))) counts.withinThree += 1;
  if (!right && reply.kind === 'answer') counts.answeredWrong += 1;
  if (!right || reply.kind !== 'answer') return 'wrong';
  counts.rightAtFirst += 1;
  return 'right';
}

/** The date questions whose rule or state came out wrong. */
export function wrongDates({ language, cases }: EvaluationSet<DateCase>, knowledge: Knowledge) {
  return cases.flatMap((one) => {
    const reply = replyTo(one.q, language, instantFrom(one.now, knowledge.facts.timeZone), knowledge);
    const ruling = reply.answers[0]?.ruling;
    const dateRight = one.asked_date === null || ruling?.date === one.asked_date;
    const right = ruling?.rule === one.expect.rule && ruling.state === one.expect.state && dateRight;
    return right ? [] : [{ q: one.q, expected: one.expect, got: ruling ?? null, kind: reply.kind }];
  });
}

function readSets<Case>(folder: string, schema: z.ZodType<Case>, wanted: (set: string) => boolean): EvaluationSet<Case>[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl') && wanted(name.split('.')[0] ?? '') && isLanguage(name.split('.')[1]))
    .sort()
    .map((name) => {
      const [set = '', language = ''] = name.split('.');
      const lines = readFileSync(join(folder, name), 'utf8').split('\n');
      const cases = lines.flatMap((line, index) => {
        if (line.trim() === '') return [];
        const result = schema.safeParse(JSON.parse(line));
        if (!result.success) throw new Error(`${name}:${index + 1}: ${result.error.issues[0]?.message}`);
        return [result.data];
      });
      return { set, language: language as Language, cases };
    });
}
