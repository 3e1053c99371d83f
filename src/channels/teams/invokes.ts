import type { InvokeResponse, TurnContext } from 'botbuilder';
import * as z from 'zod';
import { sayInstead } from '../../../dialogs/activities.ts';
import type { Conversation } from '../../../dialogs/conversation.ts';
import type { Memory } from '../../../dialogs/memory.ts';
import { isLanguage, SOURCE_LANGUAGE } from '../../../locales/languages.ts';
import { textsOf } from '../../../locales/texts.ts';
import { guarded } from '../guard.ts';
import { answerCard, NO_LANGUAGE } from './cards/answer-card.ts';
import { CARD_TYPE, type Card } from './cards/elements.ts';
import type { CardParts } from './cards/parts.ts';
import { readShown, type Shown, shown } from './cards/shown.ts';
import { textCard } from './cards/text-card.ts';
import { searchAnswers, selectAnswer } from './message-extension.ts';
import { layoutFor, replaceTappedCard } from './presenter.ts';

const ERROR_TYPE = 'application/vnd.microsoft.error';

/** What an invoke is answered with. */
export interface InvokeParts extends CardParts {
  /** A person has judged a message with the thumbs of Teams. What they wrote beside it is not read. */
  readonly judged: (reaction: 'like' | 'dislike', messageId: string | undefined, memory: Memory) => void;
}

/**
 * Answers an invoke as the documentation of Teams asks for. Buttons of cards: always 200 over HTTP, what came of it
 * in `statusCode`. Others: their status. An invoke that is not known: 501.
 */
export async function answerInvoke(
  context: TurnContext,
  conversation: Conversation,
  memory: Memory,
  parts: InvokeParts,
): Promise<InvokeResponse> {
  const { name, value } = context.activity;
  switch (name) {
    case 'adaptiveCard/action':
      return cardAction(context, conversation, memory, parts);
    case 'composeExtension/query':
      return searchAnswers(context.activity, memory, parts);
    case 'composeExtension/selectItem':
      return selectAnswer(value, memory, parts);
    case 'message/submitAction':
      return submitted(context, memory, parts);
    default:
      return { status: 501, body: { error: { code: 'NotImplemented', message: 'This invoke is not known.' } } };
  }
}

/** The answer to an invoke whose turn failed. */
export function failedInvoke(name: string | undefined): InvokeResponse {
  const message = 'Something went wrong on the server.';
  if (name === 'adaptiveCard/action') return cardError(500, 'InternalServerError', message);
  return { status: 500, body: { error: { code: 'ServiceError', message } } };
}

const action = z.object({
  action: z.object({ type: z.string(), verb: z.string(), data: z.record(z.string(), z.unknown()).default({}) }),
});
const tapped = z.object({ flow: z.string(), question: z.string(), say: z.string().optional(), input: z.string().optional() });

async function cardAction(context: TurnContext, conversation: Conversation, memory: Memory, parts: InvokeParts): Promise<InvokeResponse> {
  const parsed = action.safeParse(context.activity.value);
  if (!parsed.success) return cardError(400, 'BadRequest', 'The value holds no action with a verb.');
  const { type, verb, data } = parsed.data.action;
  if (type !== 'Action.Execute') return cardError(400, 'NotSupported', 'Only Action.Execute is supported.');
  if (verb === 'answer') return answerQuestion(context, conversation, memory, data);
  const what = readShown(data);
  if (!what || !VERBS.has(verb)) return cardError(400, 'BadRequest', sayBadAction(memory));
  if (verb === 'text') return cardShown(textCard(what, parts));
  const next = verb === 'show' ? chosenLanguages(what, data, memory) : what;
  if (context.activity.replyToId) memory.card = { id: context.activity.replyToId, about: next.about };
  return cardShown(await answerCard(next, { layout: layoutFor(context.activity), asksNext: true }, parts));
}

const VERBS: ReadonlySet<string> = new Set(['show', 'text', 'card']);

/** The languages that were chosen on a card, which the conversation remembers. */
function chosenLanguages({ about, languages: [own, other] }: Shown, data: Record<string, unknown>, memory: Memory): Shown {
  const staff = typeof data['own'] === 'string' && isLanguage(data['own']) ? data['own'] : own;
  const chosen = data['resident'];
  const resident = chosen === NO_LANGUAGE ? undefined : typeof chosen === 'string' && isLanguage(chosen) ? chosen : other;
  Object.assign(memory, { language: staff, chosen: staff });
  if (resident === undefined || resident === staff) delete memory.resident;
  else memory.resident = resident;
  return shown(about, staff, resident);
}

/** An answer to a question of a dialog. A card of a question that is over answers nothing: the open one comes instead. */
async function answerQuestion(
  context: TurnContext,
  conversation: Conversation,
  memory: Memory,
  data: Record<string, unknown>,
): Promise<InvokeResponse> {
  const parsed = tapped.safeParse(data);
  if (!parsed.success) return cardError(400, 'BadRequest', sayBadAction(memory));
  const { flow, question, say, input } = parsed.data;
  const open = await conversation.openQuestion(context);
  // Whatever a card sends back is in its value, and what was typed there is guarded here.
  const typed = guarded({ text: input ?? '', channelData: context.activity.channelData as object });
  context.activity.channelData = typed.channelData;
  const words = say ?? typed.text;
  if (!open || open.flow !== flow || open.question !== question) {
    const texts = textsOf(memory.language ?? SOURCE_LANGUAGE);
    return {
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: texts.say('teams:card.closed') },
    };
  }
  const place = replaceTappedCard(context);
  if (words) {
    sayInstead(context, words);
    await conversation.message(context);
  } else await conversation.askOpenQuestion(context);
  return place.card ? cardShown(place.card) : failedInvoke('adaptiveCard/action');
}

function submitted(context: TurnContext, memory: Memory, parts: InvokeParts): InvokeResponse {
  const feedback = z.object({ actionName: z.literal('feedback'), actionValue: z.object({ reaction: z.enum(['like', 'dislike']) }) });
  const parsed = feedback.safeParse(context.activity.value);
  if (!parsed.success) return { status: 400, body: { error: { code: 'BadRequest', message: 'The value is no feedback.' } } };
  parts.judged(parsed.data.actionValue.reaction, context.activity.replyToId, memory);
  return { status: 200, body: {} };
}

function cardShown(value: Card): InvokeResponse {
  return { status: 200, body: { statusCode: 200, type: CARD_TYPE, value } };
}

function cardError(statusCode: number, code: string, message: string): InvokeResponse {
  return { status: 200, body: { statusCode, type: ERROR_TYPE, value: { code, message } } };
}

function sayBadAction({ language }: Memory): string {
  return textsOf(language ?? SOURCE_LANGUAGE).say('teams:error.bad-action');
}
