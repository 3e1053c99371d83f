import type { DateContext, NamedDays } from './days.ts';
import { englishDays } from './english.ts';
import { grammarDays } from './grammar.ts';
import type { DateWords } from './words.ts';

export type { DateContext, NamedDays } from './days.ts';

/**
 * The day or the stretch of days that a question asks about; undefined where it names none, or only today.
 * Where it names several, the last one counts: people tell first what has happened and ask at the end.
 */
export function daysAskedAbout(
  text: string,
  language: string,
  words: ReadonlyMap<string, DateWords>,
  context: DateContext,
): NamedDays | undefined {
  const own = words.get(language);
  const found = own ? grammarDays(text, own, context) : englishDays(text, context);
  const asked = found.at(-1);
  const onlyToday = asked && asked.first === context.today && asked.last === context.today;
  return onlyToday ? undefined : asked;
}
