import type { CalendarDay } from '../knowledge/calendar/day.ts';
import type { Label, TopicId } from '../knowledge/topics/topic-ids.ts';
import type { DialogId } from '../knowledge/topics/topics.ts';
import type { Language } from '../locales/languages.ts';

/** One answer given in a dialog: ids only, never what the person wrote. */
export interface GivenAnswer {
  readonly question: string;
  /** An option of the question, or `unknown`. For a day, `day`. */
  readonly option: string;
  readonly day?: CalendarDay;
}

/** The last result of a dialog, kept so that "why?" can be answered. */
export interface LastResult {
  readonly flow: DialogId;
  readonly outcome: string;
  readonly answers: readonly GivenAnswer[];
  readonly day: CalendarDay;
}

/** What is remembered of a conversation between two turns. It holds no sentence of the person. */
export interface Memory {
  /** The language of the last answer. */
  language?: Language;
  /** The language that the person chose; it wins over what the text shows. */
  chosen?: Language;
  lastTopic?: TopicId;
  lastResult?: LastResult;
  /** The topics of the last "Did you mean", so that "2" can be understood. */
  offered?: TopicId[];
  /** The id of the message that it was about. */
  offeredFor?: string;
  /** The message of which was asked whether it may be kept, by its id. */
  mayKeep?: { readonly question: string; readonly topic: Label };
  /** The person did not want that: nothing is asked about it again. */
  keepNothing?: true;
  /** The ids of the questions that the person let the bot keep, so that "delete my data" takes them too. */
  kept?: string[];
  /** The answers that were judged already. */
  judged?: string[];
}
