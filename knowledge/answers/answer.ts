import type { Language } from '../../locales/languages.ts';
import type { CalendarDay } from '../calendar/day.ts';
import type { NamedDays } from '../dates/index.ts';
import type { RuleName, Ruling } from '../rules/index.ts';
import type { Helper, Topic } from '../topics/topics.ts';

/** Where an answer comes from. */
export interface Source {
  /** The line that names the source, in the language of the answer. */
  readonly line: string;
  readonly section: string;
  readonly page: string;
  readonly edition: CalendarDay;
}

/** One answer, ready for any channel. */
export interface Answer {
  readonly topic: Topic;
  readonly language: Language;
  /** The paragraphs that the person reads, in order; the last one before the source names who can help. */
  readonly paragraphs: readonly string[];
  /** The rule as it was judged, on the day asked about; where a stretch of days was asked about, on its last day. */
  readonly ruling: Ruling<RuleName> | null;
  /** The days that the question named; undefined where it was asked about today. */
  readonly days: NamedDays | undefined;
  /** Missing where the answer is about the bot itself. */
  readonly source: Source | null;
  readonly helpers: readonly Helper[];
}
