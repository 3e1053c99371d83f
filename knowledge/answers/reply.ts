import { formatChoice } from '../../locales/dates.ts';
import type { Language } from '../../locales/languages.ts';
import type { Values } from '../../locales/texts.ts';
import type { Knowledge, Match } from '../knowledge.ts';
import { CHOICES, inScope, type Outcome } from '../matching/thresholds.ts';
import type { TopicId } from '../topics/topic-ids.ts';
import { HELPERS, type Helper } from '../topics/topics.ts';
import type { Answer } from './answer.ts';
import { composeAnswer } from './compose.ts';
import { factValues } from './values.ts';

/** What the bot says to one message that is not part of a dialog. */
export interface Reply {
  readonly kind: Outcome;
  readonly language: Language;
  /** Topics by likelihood, best first. */
  readonly topics: readonly TopicId[];
  /** How sure the bot is of the first topic, from 0 to 1. */
  readonly confidence: number;
  /** One answer, or two where the message asks two things; none unless the kind is `answer`. */
  readonly answers: readonly Answer[];
}

/** Who can help where the page says nothing. */
const HELP_WITH_ANYTHING: readonly Helper[] = HELPERS.slice(0, 3);

/**
 * Answers a message: finds what it is about, the days it names, and puts the answer together. `written` is the
 * language of the message where it is not the one to answer in.
 */
export function replyTo(text: string, language: Language, now: Date, knowledge: Knowledge, written = language): Reply {
  const parts = separateQuestions(text, knowledge);
  const match = parts[0]?.match ?? knowledge.match(text);
  const topics = inScope(match.guesses).map(({ label }) => label as TopicId);
  const asked = parts.length > 0 ? parts : [{ text, match }];
  const answers =
    match.outcome === 'answer'
      ? asked.map((one) => answerTopic(one.match.guesses[0]?.label as TopicId, one.text, language, now, knowledge, written))
      : [];
  return { kind: match.outcome, language, topics, confidence: match.guesses[0]?.probability ?? 0, answers };
}

/** The answer to a topic that is already known: from a button, or as a follow-up of the last one. */
export function answerTopic(topic: TopicId, text: string, language: Language, now: Date, knowledge: Knowledge, written = language): Answer {
  const about = knowledge.topic(topic);
  // Where no rule is asked, no day can change the answer.
  const days = about.rule && knowledge.daysIn(text, written, now);
  return composeAnswer(about, { now, days }, knowledge.facts, knowledge.texts(language));
}

/** A reply as plain text. */
export function replyText(reply: Reply, knowledge: Knowledge): string {
  if (reply.kind === 'answer') return reply.answers.map(answerText).join('\n\n');
  return reply.kind === 'choose' ? choiceText(reply, knowledge) : unknownText(reply.language, knowledge).join('\n\n');
}

/** An answer as plain text, with its source at the end. */
export function answerText(answer: Answer): string {
  const source = answer.source ? [`${answer.source.line}\n${answer.source.page}`] : [];
  return [...answer.paragraphs, ...source].join('\n\n');
}

/** What the bot says where the page says nothing, and who can help then. */
export function unknownText(language: Language, knowledge: Knowledge): string[] {
  const texts = knowledge.texts(language);
  const values = factValues(knowledge.facts, texts);
  const names = HELP_WITH_ANYTHING.map((helper) => texts.say(`common:helper.${helper}`, values));
  return [texts.say('chat:unknown', values), texts.say('chat:unknown-help', { list: formatChoice(names, language) })];
}

/** The topics that a choice offers, with the words that stand on their buttons. */
export function choicesOf(reply: Reply, knowledge: Knowledge): { topic: TopicId; title: string }[] {
  return reply.topics.slice(0, CHOICES).map((topic) => ({ topic, title: titleOf(topic, reply.language, knowledge) }));
}

/** The short title of a topic, as it stands on a button. */
export function titleOf(topic: TopicId, language: Language, knowledge: Knowledge): string {
  const texts = knowledge.texts(language);
  const values: Values = factValues(knowledge.facts, texts);
  return texts.say(`titles:${topic}`, values);
}

function choiceText(reply: Reply, knowledge: Knowledge): string {
  const lines = choicesOf(reply, knowledge).map(({ title }, index) => `${index + 1}. ${title}`);
  return [knowledge.texts(reply.language).say('chat:did-you-mean'), ...lines].join('\n');
}

const QUESTION_END = /(?<=[?؟])\s+/u;

/**
 * The questions of a message that asks two things. Only where each part is a question by its mark, is understood
 * for sure, and is about another topic of the procedure: a story with one question at its end stays whole.
 */
function separateQuestions(text: string, knowledge: Knowledge): { text: string; match: Match }[] {
  const parts = text
    .trim()
    .split(QUESTION_END)
    .filter((part) => /[?؟]$/u.test(part));
  if (parts.length < 2) return [];
  const matched = parts.map((part) => ({ text: part, match: knowledge.match(part) }));
  const sure = matched.filter(({ match }) => match.outcome === 'answer' && !knowledge.topic(match.guesses[0]?.label as TopicId).talk);
  const different = new Map(sure.map((part) => [part.match.guesses[0]?.label, part]));
  return different.size === 2 && sure.length === parts.length ? [...different.values()] : [];
}
