import type { TurnContext } from 'botbuilder';
import type { Answer, Source } from '../knowledge/answers/answer.ts';
import type { Language } from '../locales/languages.ts';
import { answerActivity, eventActivity, messageActivity, type Thumbs, withPicture, withSource } from './activities.ts';
import type { LastResult, Memory } from './memory.ts';
import type { ImageLink } from './services.ts';

/** Plain words, with buttons that are said as their title when they are tapped. */
export interface SaidWords {
  readonly kind: 'words';
  readonly language: Language;
  readonly paragraphs: readonly string[];
  readonly buttons: readonly string[];
}

/** The answer to a question, with what people ask next. */
export interface SaidAnswer {
  readonly kind: 'answer';
  readonly answer: Answer;
  /** What stands between the answer and its source: links to files, where the channel can follow them. */
  readonly offers: readonly string[];
  readonly buttons: readonly string[];
  /** By what a click on a thumb comes back, where the channel has thumbs. */
  readonly thumbs: Thumbs | undefined;
}

/** A question of a dialog, with the answers to choose from and the commands that always work. */
export interface SaidQuestion {
  readonly kind: 'question';
  readonly language: Language;
  readonly flow: string;
  readonly question: string;
  /** What is said before the question: a reason, or that the last message was no answer. */
  readonly opening: readonly string[];
  readonly text: string;
  readonly options: readonly string[];
  readonly commands: readonly string[];
  /** Does it ask for a day? */
  readonly day: boolean;
}

/** The end of a dialog. */
export interface SaidResult {
  readonly kind: 'result';
  readonly language: Language;
  readonly result: LastResult;
  readonly paragraphs: readonly string[];
  readonly offers: readonly string[];
  readonly source: Source | null;
  /** A picture of where the person stands, and the words for who cannot see it. */
  readonly picture: { readonly link: ImageLink; readonly alternative: string } | undefined;
  readonly buttons: readonly string[];
}

/** What the bot has to say, before a channel decides how it looks. */
export type Said = SaidWords | SaidAnswer | SaidQuestion | SaidResult;

/** How a channel shows what the bot says. Dialogs know none of them. */
export interface Presenter {
  /** Whom a dialog asks about: the person who writes, or the resident whom a member of staff helps. */
  readonly about: 'person' | 'resident';
  present(context: TurnContext, said: Said, memory: Memory): Promise<void>;
  /** Tells the page or the app something that nobody has to read. */
  signal(context: TurnContext, name: string, value: object): Promise<void>;
  /** The languages of the conversation have changed: what is shown may follow. */
  languagesChanged(context: TurnContext, memory: Memory): Promise<void>;
}

/** Messages with suggested actions: the web page and WhatsApp. */
export const messagePresenter: Presenter = {
  about: 'person',
  async present(context, said) {
    await context.sendActivity(activityOf(said));
  },
  async signal(context, name, value) {
    await context.sendActivity(eventActivity(name, value));
  },
  async languagesChanged() {
    // What was said stays as it is: these channels cannot change a message.
  },
};

function activityOf(said: Said) {
  if (said.kind === 'answer') return answerActivity(said.answer, said.buttons, said.offers, said.thumbs);
  if (said.kind === 'result') {
    const message = withSource(messageActivity([...said.paragraphs, ...said.offers], said.language, said.buttons), said.source);
    return said.picture ? withPicture(message, said.picture.link, said.picture.alternative) : message;
  }
  if (said.kind === 'words') return messageActivity(said.paragraphs, said.language, said.buttons);
  return messageActivity([...said.opening, said.text], said.language, [...said.options, ...said.commands]);
}
