import { answersWords, outcomeWords } from '../../../../dialogs/flow-words.ts';
import { flowOf } from '../../../../dialogs/flows.ts';
import type { About } from '../../../../dialogs/memory.ts';
import { dialogTitle, topicTitles } from '../../../../dialogs/titles.ts';
import type { Source } from '../../../../knowledge/answers/answer.ts';
import { composeAnswer } from '../../../../knowledge/answers/compose.ts';
import { titleOf } from '../../../../knowledge/answers/reply.ts';
import type { Knowledge } from '../../../../knowledge/knowledge.ts';
import type { Language } from '../../../../locales/languages.ts';
import { textsOf } from '../../../../locales/texts.ts';

/** What one language says about a content. */
export interface Told {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly source: Source | null;
  /** What people ask next, as titles. */
  readonly next: readonly string[];
  /** The answers that a result rests on, each with its question; none for the answer to a question. */
  readonly answers: readonly string[];
}

/** Says a content in a language, as it is at a time. */
export function tell(about: About, language: Language, now: Date, knowledge: Knowledge): Told {
  const texts = textsOf(language);
  const { facts } = knowledge;
  if ('topic' in about) {
    const topic = knowledge.topic(about.topic);
    const { paragraphs, source } = composeAnswer(topic, { now, days: about.days }, facts, texts);
    const dialog = topic.dialog ? [dialogTitle(topic.dialog, texts, knowledge, 'resident')] : [];
    const next = [...dialog, ...topicTitles(topic.next, texts, knowledge)].slice(0, MOST_NEXT);
    return { title: titleOf(topic.id, language, knowledge), paragraphs, source, next, answers: [] };
  }
  const { result } = about;
  const flow = flowOf(result.flow);
  const telling = { flow, facts, texts, about: 'resident' } as const;
  return {
    ...outcomeWords(telling, result, now),
    title: dialogTitle(result.flow, texts, knowledge, 'resident'),
    next: topicTitles(flow.outcomes[result.outcome]?.next ?? [], texts, knowledge),
    answers: answersWords(telling, result),
  };
}

const MOST_NEXT = 3;
