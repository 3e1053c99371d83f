import { type Activity, CardFactory, type InvokeResponse, type MessagingExtensionAttachment } from 'botbuilder';
import * as z from 'zod';
import type { Memory } from '../../../dialogs/memory.ts';
import { supportedLanguage } from '../../../knowledge/language/choose.ts';
import { withoutPersonalData } from '../../../knowledge/privacy/personal-data.ts';
import type { TopicId } from '../../../knowledge/topics/topic-ids.ts';
import { LANGUAGE_CODES, type Language, SOURCE_LANGUAGE } from '../../../locales/languages.ts';
import { textsOf } from '../../../locales/texts.ts';
import { answerCard } from './cards/answer-card.ts';
import type { CardParts } from './cards/parts.ts';
import { readShown, shown } from './cards/shown.ts';
import { tell } from './cards/telling.ts';
import { localeOf } from './incoming.ts';
import { findTopics } from './search.ts';

/** The id of the search command in the manifest, and the name of its parameter. */
export const SEARCH_COMMAND = 'search-answers';
export const SEARCH_PARAMETER = 'question';
/** How many hits a page of Teams has at the most. */
const LARGEST_PAGE = 25;
/** A card in somebody's message: side by side as on a desk, and nobody there answers typed questions. */
const IN_A_MESSAGE = { layout: 'beside', asksNext: false } as const;

const query = z.object({
  commandId: z.string(),
  parameters: z.array(z.object({ name: z.string(), value: z.unknown() })).default([]),
  queryOptions: z
    .object({ skip: z.number().int().min(0).default(0), count: z.number().int().min(1).max(1000).default(LARGEST_PAGE) })
    .default({ skip: 0, count: LARGEST_PAGE }),
});

/** The search over all answers, in the language of the person who searches. */
export async function searchAnswers(activity: Activity, memory: Memory, parts: CardParts): Promise<InvokeResponse> {
  const parsed = query.safeParse(activity.value);
  if (!parsed.success) return badRequest('The value is no query: it needs a commandId, and parameters as a list.');
  const { commandId, parameters, queryOptions } = parsed.data;
  const language = languageOf(activity, memory);
  if (commandId !== SEARCH_COMMAND) return message(textsOf(language).say('teams:search.unknown'));
  const given = parameters.find(({ name }) => name === SEARCH_PARAMETER)?.value;
  const topics = findTopics(typeof given === 'string' ? withoutPersonalData(given) : '', language, parts.knowledge);
  const { skip } = queryOptions;
  const page = topics.slice(skip, skip + Math.min(queryOptions.count, LARGEST_PAGE));
  if (topics.length === 0) return message(textsOf(language).say('teams:search.nothing'));
  return result(await Promise.all(page.map((topic) => hit(topic, language, memory, parts))));
}

/** The card of a hit that was chosen. */
export async function selectAnswer(value: unknown, memory: Memory, parts: CardParts): Promise<InvokeResponse> {
  void memory;
  const what = readShown(value);
  if (!what) return badRequest('The value names no answer.');
  const card = CardFactory.adaptiveCard(await answerCard(what, IN_A_MESSAGE, parts));
  return result([{ ...card, preview: preview(what.about as { topic: TopicId }, what.languages[0], parts) }]);
}

async function hit(topic: TopicId, language: Language, { resident }: Memory, parts: CardParts): Promise<MessagingExtensionAttachment> {
  const what = shown({ topic }, language, resident);
  const card = CardFactory.adaptiveCard(await answerCard(what, IN_A_MESSAGE, parts));
  const { content, ...rest } = preview({ topic }, language, parts);
  return { ...card, preview: { ...rest, content: { ...content, tap: { type: 'invoke', title: content.title, value: what } } } };
}

/** A line for the list: the title and the first sentence. */
function preview(about: { topic: TopicId }, language: Language, { knowledge, now }: CardParts) {
  const { title, paragraphs } = tell(about, language, now(), knowledge);
  return CardFactory.thumbnailCard(title, undefined, undefined, { text: paragraphs[0] ?? '' });
}

function languageOf(activity: Activity, { language }: Memory): Language {
  return language ?? supportedLanguage(localeOf(activity), LANGUAGE_CODES) ?? SOURCE_LANGUAGE;
}

function result(attachments: MessagingExtensionAttachment[]): InvokeResponse {
  return { status: 200, body: { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } } };
}

function message(text: string): InvokeResponse {
  return { status: 200, body: { composeExtension: { type: 'message', text } } };
}

function badRequest(text: string): InvokeResponse {
  return { status: 400, body: { error: { code: 'BadRequest', message: text } } };
}
