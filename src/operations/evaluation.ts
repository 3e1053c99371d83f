import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { replyTo } from '../../knowledge/answers/reply.ts';
import { instantFrom } from '../../knowledge/calendar/day.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { chooseLanguage } from '../../knowledge/language/choose.ts';
import { normalise, tokens } from '../../knowledge/matching/normalise.ts';
import { CHOICES } from '../../knowledge/matching/thresholds.ts';
import type { Language } from '../../locales/languages.ts';

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

/** How one language did on one set; counts, so that sets can be added up. */
export interface Figures {
  readonly inScope: number;
  readonly rightAtFirst: number;
  readonly rankedFirst: number;
  readonly withinThree: number;
  readonly answeredWrong: number;
  readonly outOfScope: number;
  readonly outOfScopeAnswered: number;
  readonly messages: number;
  readonly languageRight: number;
  readonly confusions: readonly { q: string; expected: string; got: string; kind: string }[];
}

/** An instant at which no question of the sets depends on the date. */
const ANY_TIME = '2023-06-10T12:00';

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
  const figures = {
    inScope: 0,
    rightAtFirst: 0,
    rankedFirst: 0,
    withinThree: 0,
    answeredWrong: 0,
    outOfScope: 0,
    outOfScopeAnswered: 0,
    messages: 0,
    languageRight: 0,
  };
  const confusions: Figures['confusions'][number][] = [];
  for (const { q, topics, style } of cases) {
    const reply = replyTo(q, language, now, knowledge);
    const got = reply.topics[0] ?? 'none';
    const words = tokens(normalise(q)).length;
    if (words >= 3 && style !== 'mixed') {
      figures.messages += 1;
      if (chooseLanguage(knowledge.detect(q), q, { supported: knowledge.languages }) === language) figures.languageRight += 1;
    }
    const wrong = () => confusions.push({ q, expected: topics.join(' or '), got, kind: reply.kind });
    if (topics[0] === 'none') {
      figures.outOfScope += 1;
      if (reply.kind !== 'answer') continue;
      figures.outOfScopeAnswered += 1;
      wrong();
      continue;
    }
    figures.inScope += 1;
    const right = topics.includes(got);
    if (right) figures.rankedFirst += 1;
    if (reply.topics.slice(0, CHOICES).some((topic) => topics.includes(topic)) && reply.kind !== 'unknown') figures.withinThree += 1;
    if (right && reply.kind === 'answer') figures.rightAtFirst += 1;
    else wrong();
    if (!right && reply.kind === 'answer') figures.answeredWrong += 1;
  }
  return { ...figures, confusions };
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
    .filter((name) => name.endsWith('.jsonl') && wanted(name.split('.')[0] ?? ''))
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
