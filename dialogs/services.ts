import type { StatePropertyAccessor, TurnContext } from 'botbuilder';
import type { CalendarDay } from '../knowledge/calendar/day.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { PlaceId } from '../knowledge/timeline/places.ts';
import type { Label, TopicId } from '../knowledge/topics/topic-ids.ts';
import type { DialogId } from '../knowledge/topics/topics.ts';
import type { Language } from '../locales/languages.ts';
import type { Memory } from './memory.ts';
import type { Presenter } from './presenter.ts';

/** An image that a channel can open. */
export interface ImageLink {
  readonly address: string;
  readonly contentType: 'image/svg+xml' | 'image/png';
}

/** Where a channel finds what the service serves; undefined where it can open none. */
export interface Links {
  /** The days that lie ahead, as a calendar file. */
  calendar(channelId: string, language: Language): string | undefined;
  /** The picture of the procedure on a day, with the place of the person. */
  timeline(channelId: string, language: Language, on: CalendarDay, at: PlaceId): ImageLink | undefined;
}

/** What happens in conversations, to be counted: ids and languages, never a text. */
export interface Observer {
  answered(topic: TopicId, language: Language): void;
  /** `choose`: the bot asked what was meant. `unknown`: it said that the page does not say. */
  notUnderstood(kind: 'choose' | 'unknown', language: Language): void;
  judged(topic: TopicId, language: Language, up: boolean): void;
  /** A dialog asked something, or said its result. */
  inDialog(dialog: DialogId): void;
}

/** Single questions that people let the bot keep, apart from all else. */
export interface QuestionKeeper {
  /** The text of a message of the person in this conversation, by its id; undefined where it is gone or was never kept. */
  recall(context: TurnContext, message: string): Promise<string | undefined>;
  /** Keeps a text that holds nothing personal any more. The id is made up by chance, to drop it by; a second time changes nothing. */
  keep(question: { readonly id: string; readonly text: string; readonly topic: Label; readonly language: Language }): Promise<void>;
  drop(id: string): Promise<void>;
}

/** What the dialogs need of the world. */
export interface DialogServices {
  readonly knowledge: Knowledge;
  /** The time it is, by the clock of the service. */
  readonly now: () => Date;
  readonly links: Links;
  readonly observe: Observer;
  readonly questions: QuestionKeeper;
  readonly memory: StatePropertyAccessor<Memory>;
  /** How the channel of this turn shows what the bot says. */
  readonly presenterOf: (context: TurnContext) => Presenter;
  /** Deletes everything that is kept of the conversation of this turn. */
  readonly forget: (context: TurnContext) => Promise<void>;
}

/** The memory of the conversation of this turn, empty at first. */
export function memoryOf(context: TurnContext, services: DialogServices): Promise<Memory> {
  return services.memory.get(context, {});
}
