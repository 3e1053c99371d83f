import { type Activity, ActivityTypes, type CardAction, InputHints, MessageFactory, type TurnContext } from 'botbuilder';
import type { Answer, Source } from '../knowledge/answers/answer.ts';
import type { Language } from '../locales/languages.ts';
import type { ImageLink } from './services.ts';

const SAID = 'said';
/** The mark in the channel data of a message out of which its channel has cut personal data. */
export const PERSONAL_DATA_CUT = 'personalDataCut';

/** What a person says in this turn: the text of the message, or the words of what was tapped on a card. */
export function saidIn(context: TurnContext): string | undefined {
  const tapped = context.turnState.get<string>(SAID);
  if (tapped !== undefined) return tapped;
  return context.activity.type === ActivityTypes.Message ? (context.activity.text ?? '') : undefined;
}

/** Lets a tap on a card count as words that were said. */
export function sayInstead(context: TurnContext, words: string): void {
  context.turnState.set(SAID, words);
}

/** Did the channel cut personal data out of what the person wrote? */
export function wasPersonalDataCut({ activity }: TurnContext): boolean {
  return (activity.channelData as Record<string, unknown> | undefined)?.[PERSONAL_DATA_CUT] === true;
}

/** A message in a language, with buttons that send their own title when they are tapped. */
export function messageActivity(paragraphs: readonly string[], language: Language, buttons: readonly string[] = []): Partial<Activity> {
  const activity =
    buttons.length > 0
      ? MessageFactory.suggestedActions(buttons.map(buttonAction), paragraphs.join('\n\n'))
      : MessageFactory.text(paragraphs.join('\n\n'));
  return { ...activity, textFormat: 'markdown', locale: language, inputHint: InputHints.AcceptingInput };
}

/**
 * An answer with its source: a line that names it, linked, and the citation entity that Web Chat and Teams show.
 * `more` are paragraphs that stand between both.
 */
export function answerActivity(answer: Answer, buttons: readonly string[], more: readonly string[], thumbs?: Thumbs): Partial<Activity> {
  return withSource(messageActivity([...answer.paragraphs, ...more], answer.language, buttons), answer.source, thumbs);
}

/** The ids by which the clicks on the thumbs below a message come back. */
export interface Thumbs {
  readonly up: string;
  readonly down: string;
}

/** Adds the source to a message, and thumbs to judge it by. The text before it stays as it is. */
export function withSource(activity: Partial<Activity>, source: Source | null, thumbs?: Thumbs): Partial<Activity> {
  if (!source) return activity;
  const citation = {
    '@type': 'Claim',
    position: 1,
    appearance: { '@type': 'DigitalDocument', name: source.section, text: source.line, url: source.page, encodingFormat: 'text/html' },
  };
  const entity = {
    type: 'https://schema.org/Message',
    '@type': 'Message',
    '@context': 'https://schema.org',
    '@id': '',
    citation: [citation],
    ...(thumbs && { potentialAction: [judging('LikeAction', thumbs.up), judging('DislikeAction', thumbs.down)] }),
  };
  return {
    ...activity,
    text: `${activity.text}\n\n${source.line} [1]\n\n[1]: ${source.page} "${source.section}"`,
    entities: [...(activity.entities ?? []), entity],
  };
}

function judging(type: string, id: string): object {
  return { '@type': type, '@id': id, actionStatus: 'PotentialActionStatus' };
}

/** Adds a picture to a message, with the words that stand for it where it cannot be seen. */
export function withPicture(activity: Partial<Activity>, { address, contentType }: ImageLink, alternative: string): Partial<Activity> {
  return { ...activity, attachments: [...(activity.attachments ?? []), { contentType, contentUrl: address, name: alternative }] };
}

/** A signal to the page or the app, not to the person. */
export function eventActivity(name: string, value: unknown): Partial<Activity> {
  return { type: ActivityTypes.Event, name, value };
}

function buttonAction(title: string): CardAction {
  return { type: 'imBack', title, value: title } as CardAction;
}
