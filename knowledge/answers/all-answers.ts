import type { Language } from '../../locales/languages.ts';
import { addDays, instantFrom } from '../calendar/day.ts';
import { isAhead } from '../calendar/days-ahead.ts';
import type { Knowledge } from '../knowledge.ts';
import { CHAPTERS, type Chapter, TOPIC_IDS, type TopicId } from '../topics/topic-ids.ts';
import { rulesOfTopic, type Topic } from '../topics/topics.ts';
import type { Answer } from './answer.ts';
import { composeAnswer } from './compose.ts';
import { titleOf } from './reply.ts';

/** One answer among all, as it stands on a page. */
export interface ToldAnswer {
  readonly title: string;
  readonly answer: Answer;
  /** Does the answer rest on a day that still lies ahead? */
  readonly ahead: boolean;
  /** The topics that people ask about next, of those that are told. */
  readonly next: readonly { readonly topic: TopicId; readonly title: string }[];
}

export interface ToldChapter {
  readonly chapter: Chapter;
  readonly answers: readonly ToldAnswer[];
}

/** Of the talk only what makes sense without a conversation. */
const TOLD_OF_TALK: ReadonlySet<TopicId> = new Set(['bot-identity', 'human', 'privacy']);

/** Every answer about the procedure in a language as it holds at `now`, in reading order. */
export function allAnswers(language: Language, now: Date, knowledge: Knowledge): readonly ToldChapter[] {
  const told = TOPIC_IDS.map((id) => knowledge.topic(id)).filter(isTold);
  return CHAPTERS.map((chapter) => ({
    chapter,
    answers: told.filter((topic) => topic.chapter === chapter).map((topic) => toldAnswer(topic, language, now, knowledge)),
  }));
}

/**
 * The next instant at which an answer can change: the coming midnight in the time zone of the facts, or a minute before
 * it at which maintenance begins or ends.
 */
export function nextChange(now: Date, { facts, today }: Pick<Knowledge, 'facts' | 'today'>): Date {
  const turns = [addDays(today(now), 1), facts.maintenance.from, facts.maintenance.until];
  const ahead = turns.map((turn) => instantFrom(turn, facts.timeZone).getTime()).filter((turn) => turn > now.getTime());
  return new Date(Math.min(...ahead));
}

function isTold(topic: Topic): boolean {
  return !topic.talk || TOLD_OF_TALK.has(topic.id);
}

function toldAnswer(topic: Topic, language: Language, now: Date, knowledge: Knowledge): ToldAnswer {
  const { facts } = knowledge;
  const answer = composeAnswer(topic, { now }, facts, knowledge.texts(language));
  return {
    title: titleOf(topic.id, language, knowledge),
    answer,
    ahead: isAhead(facts, rulesOfTopic(topic), now),
    next: topic.next.filter((id) => isTold(knowledge.topic(id))).map((id) => ({ topic: id, title: titleOf(id, language, knowledge) })),
  };
}
