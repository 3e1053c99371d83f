import * as z from 'zod';
import { FLOWS } from '../../../../dialogs/flows.ts';
import type { About, LastResult } from '../../../../dialogs/memory.ts';
import { type CalendarDay, isCalendarDay } from '../../../../knowledge/calendar/day.ts';
import { isTopicId, type TopicId } from '../../../../knowledge/topics/topic-ids.ts';
import { isLanguage, type Language } from '../../../../locales/languages.ts';

/**
 * What a card shows: its content and its languages, the staff's first. It stands in the buttons of the card, so that
 * the card can be made again without anything being kept.
 */
export interface Shown {
  readonly about: About;
  readonly languages: readonly [Language] | readonly [Language, Language];
}

const day = z
  .string()
  .refine(isCalendarDay)
  .transform((text) => text as CalendarDay);
const language = z
  .string()
  .refine(isLanguage)
  .transform((code) => code as Language);
const topic = z.object({
  topic: z
    .string()
    .refine(isTopicId)
    .transform((id) => id as TopicId),
  days: z.object({ first: day, last: day }).optional(),
});
const given = z.object({ question: z.string(), option: z.string(), day: day.optional() });
const result = z.object({ flow: z.string(), outcome: z.string(), answers: z.array(given).max(20), day });

const schema = z.object({
  about: z.union([topic, z.object({ result: result.refine(isResult).transform((one) => one as LastResult) })]),
  languages: z.union([z.tuple([language]), z.tuple([language, language])]),
});

/** Reads what a button sends back; undefined where it is not one of ours. */
export function readShown(data: unknown): Shown | undefined {
  const parsed = schema.safeParse(data);
  return parsed.success ? (parsed.data as Shown) : undefined;
}

/** A content in the languages of a conversation; one language where both are the same. */
export function shown(about: About, own: Language, resident: Language | undefined): Shown {
  return { about, languages: resident === undefined || resident === own ? [own] : [own, resident] };
}

/** Is it a result that the dialogs can have, by answers that they can get? */
function isResult({ flow: id, outcome, answers }: z.infer<typeof result>): boolean {
  const flow = FLOWS.find((one) => one.id === id);
  if (!flow || !Object.hasOwn(flow.outcomes, outcome)) return false;
  return answers.every(({ question: name, option, day: named }) => {
    const question = Object.hasOwn(flow.questions, name) ? flow.questions[name] : undefined;
    if (question?.kind === 'day') return option === 'day' && named !== undefined;
    if (question?.kind === 'choice') return option === 'unknown' || Object.hasOwn(question.options, option);
    return question !== undefined;
  });
}
