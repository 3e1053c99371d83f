import { ActivityTypes, type TurnContext } from 'botbuilder';
import { supportedLanguage } from '../../../knowledge/language/choose.ts';
import { LANGUAGE_CODES, SOURCE_LANGUAGE } from '../../../locales/languages.ts';
import { textsOf } from '../../../locales/texts.ts';
import type { Limits } from '../../limits/limits.ts';
import type { IncomingMessage } from './delivery.ts';

const MINUTE = 60_000;

/** A message, and whether it is the first one of its person that was too many. */
export interface Counted extends IncomingMessage {
  readonly tooMany?: boolean;
}

/** Messages that are answered, and the number of those that are not. */
export interface Sifted {
  readonly answered: readonly Counted[];
  readonly dropped: number;
}

export interface SiftOptions {
  readonly limits: Limits;
  readonly conversationOf: (message: IncomingMessage) => string;
  readonly now: () => number;
}

/**
 * Counts what each person sent in each minute. The first message beyond the limit is answered with a request to wait;
 * those after it are dropped. Meta would deliver a refused message again and again, for days, so nothing is refused.
 * What counts is when a message was sent: after a time without the service, those of an hour come at once.
 */
export async function sift(messages: readonly IncomingMessage[], { limits, conversationOf, now }: SiftOptions): Promise<Sifted> {
  const answered: Counted[] = [];
  for (const message of messages) {
    const minute = Math.floor((message.sentAt ?? now()) / MINUTE);
    const excess = await limits.take('conversation-messages', `${conversationOf(message)} ${minute}`);
    if (!excess) answered.push(message);
    else if (excess.first) answered.push({ ...message, tooMany: true });
  }
  return { answered, dropped: messages.length - answered.length };
}

/** Asks the person to wait and to send the question again. */
export async function askToWait(context: TurnContext): Promise<void> {
  const language = supportedLanguage(context.activity.locale, LANGUAGE_CODES) ?? SOURCE_LANGUAGE;
  await context.sendActivity({ type: ActivityTypes.Message, text: textsOf(language).say('chat:whatsapp.too-many'), locale: language });
}
