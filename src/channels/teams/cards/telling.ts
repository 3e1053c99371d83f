import { placeOfOutcome, rulesOfOutcome } from '../../../../dialogs/flow.ts';
import { answersWords, outcomeWords } from '../../../../dialogs/flow-words.ts';
import { flowOf } from '../../../../dialogs/flows.ts';
import type { About } from '../../../../dialogs/memory.ts';
import { dialogTitle, topicTitles } from '../../../../dialogs/titles.ts';
import type { Source } from '../../../../knowledge/answers/answer.ts';
import { composeAnswer } from '../../../../knowledge/answers/compose.ts';
import { titleOf } from '../../../../knowledge/answers/reply.ts';
import type { CalendarDay } from '../../../../knowledge/calendar/day.ts';
import { isAhead } from '../../../../knowledge/calendar/days-ahead.ts';
import type { Knowledge } from '../../../../knowledge/knowledge.ts';
import type { PlaceId } from '../../../../knowledge/timeline/places.ts';
import { timelineAlternative } from '../../../../knowledge/timeline/words.ts';
import { rulesOfTopic } from '../../../../knowledge/topics/topics.ts';
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
  /** Does a day lie ahead that it rests on? Then the calendar file is of use. */
  readonly ahead: boolean;
  /** Where the person stands, for the picture of the procedure, and the words for who cannot see it. */
  readonly picture: { readonly day: CalendarDay; readonly place: PlaceId; readonly alternative: string } | undefined;
}

/**
 * Says a content in a language, as it is at a time. `reader` is whom the title and the questions of a dialog speak to:
 * the staff about a resident, or the person whom it concerns.
 */
export function tell(about: About, language: Language, now: Date, knowledge: Knowledge, reader: 'person' | 'resident' = 'resident'): Told {
  const texts = textsOf(language);
  const { facts } = knowledge;
  if ('topic' in about) {
    const topic = knowledge.topic(about.topic);
    const { paragraphs, source } = composeAnswer(topic, { now, days: about.days }, facts, texts);
    const dialog = topic.dialog ? [dialogTitle(topic.dialog, texts, knowledge, 'resident')] : [];
    const next = [...dialog, ...topicTitles(topic.next, texts, knowledge)].slice(0, MOST_NEXT);
    const ahead = isAhead(facts, rulesOfTopic(topic), now);
    return { title: titleOf(topic.id, language, knowledge), paragraphs, source, next, answers: [], ahead, picture: undefined };
  }
  const { result } = about;
  const flow = flowOf(result.flow);
  const telling = { flow, facts, texts, about: reader } as const;
  const outcome = flow.outcomes[result.outcome];
  const place = placeOfOutcome(flow, result.outcome);
  return {
    ...outcomeWords(telling, result, now),
    title: dialogTitle(result.flow, texts, knowledge, reader),
    next: topicTitles(outcome?.next ?? [], texts, knowledge),
    answers: answersWords(telling, result),
    ahead: outcome !== undefined && isAhead(facts, rulesOfOutcome(outcome), now),
    picture: place && {
      day: result.day,
      place,
      alternative: timelineAlternative(facts, texts, { day: result.day, place, today: knowledge.today(now) }),
    },
  };
}

const MOST_NEXT = 3;
