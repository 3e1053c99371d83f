import type { CalendarDay } from '../knowledge/calendar/day.ts';
import type { NamedDays } from '../knowledge/dates/index.ts';
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

/** What an answer is about: enough to say it again in another language. */
export type About = { readonly topic: TopicId; readonly days?: NamedDays | undefined } | { readonly result: LastResult };

/** A card that was sent: its activity, and what it is about. */
export interface ShownCard {
  readonly id: string;
  readonly about: About;
}

/** What is remembered of a conversation between two turns. It holds no sentence of the person. */
export interface Memory {
  /** The language of the last answer. */
  language?: Language;
  /** The language that the person chose; it wins over what the text shows. */
  chosen?: Language;
  /** Where a member of staff helps a resident: the language of the resident, shown beside the first one. */
  resident?: Language;
  /** The last card with an answer or a result, so that it can be changed in place. */
  card?: ShownCard;
  lastTopic?: TopicId;
  lastResult?: LastResult;
  /** The topics of the last "Did you mean", so that "2" can be understood. */
  offered?: TopicId[];
  /** The id of the message that it was about. */
  offeredFor?: string;
  /** The message of which was asked whether it may be kept, by its id, and the id that it would be kept under. */
  mayKeep?: { readonly question: string; readonly topic: Label; readonly keepAs: string };
  /** The person did not want that: nothing is asked about it again. */
  keepNothing?: true;
  /** The ids of the questions that the person let the bot keep, so that "delete my data" takes them too. */
  kept?: string[];
  /** The person was told that personal data is not needed. */
  toldOfPersonalData?: true;
  /** The answers that were judged already. */
  judged?: string[];
}
