import type { RuleReference } from '../knowledge/rules/index.ts';
import { isPlace, type PlaceId } from '../knowledge/timeline/places.ts';
import type { TopicId } from '../knowledge/topics/topic-ids.ts';
import type { DialogId, Helper } from '../knowledge/topics/topics.ts';

/** Where an answer leads: to the next question, or to the result. */
export type Step = { readonly question: string } | { readonly outcome: string };

/** The next question. */
export const ask = (question: string): Step => ({ question });
/** The end of the way. */
export const result = (outcome: string): Step => ({ outcome });

/** A question with a few answers; "I don't know" always has its own way. */
export interface ChoiceQuestion {
  readonly kind: 'choice';
  readonly options: Readonly<Record<string, Step>>;
  readonly unknown: Step;
}

/** A question about a day: today, or one that the person writes. Who does not know asks about today. */
export interface DayQuestion {
  readonly kind: 'day';
  /** Another question of the flow whose words are used: the same question on another way. */
  readonly wordsOf?: string;
  readonly next: Step;
}

/** A question about a language, by its own name. */
export interface LanguageQuestion {
  readonly kind: 'language';
  readonly next: Step;
  readonly unknown: Step;
}

export type FlowQuestion = ChoiceQuestion | DayQuestion | LanguageQuestion;

/** What a result does besides being said. */
export type Effect = 'delete-data' | 'set-language';

export interface FlowOutcome {
  /** The section of the page that the result rests on; none where it is about the bot itself. */
  readonly section?: string;
  /** The rule that decides which text is said. */
  readonly rule?: RuleReference;
  /** Rules that are told beside it, a line each. */
  readonly also?: readonly RuleReference[];
  readonly help?: readonly Helper[];
  /** What people ask next. */
  readonly next?: readonly TopicId[];
  readonly effect?: Effect;
}

/** The rules that a result rests on: the one that decides its text, and those that are told beside it. */
export function rulesOfOutcome({ rule, also = [] }: FlowOutcome): readonly RuleReference[] {
  return rule ? [rule, ...also] : also;
}

/** A conversation as a paper form: questions, and where each answer leads. Its words stand in `locales/<language>/flows.json`. */
export interface Flow {
  readonly id: DialogId;
  readonly start: string;
  /** Its results are shown in the picture of the procedure: each outcome is a place of it. */
  readonly pictured?: true;
  readonly questions: Readonly<Record<string, FlowQuestion>>;
  readonly outcomes: Readonly<Record<string, FlowOutcome>>;
}

/** The place of the picture at which a result stands; undefined where the results of the flow are not in it. */
export function placeOfOutcome({ pictured }: Flow, outcome: string): PlaceId | undefined {
  return pictured && isPlace(outcome) ? outcome : undefined;
}

/** The steps that a question can lead to, each with the answer that leads there. */
export function stepsOf(question: FlowQuestion): { answer: string; step: Step }[] {
  if (question.kind === 'day') return [{ answer: 'day', step: question.next }];
  const unknown = { answer: 'unknown', step: question.unknown };
  if (question.kind === 'language') return [{ answer: 'language', step: question.next }, unknown];
  return [...Object.entries(question.options).map(([answer, step]) => ({ answer, step })), unknown];
}

/** Throws an Error that names the flow and the step where a way leads nowhere or a part can never be reached. */
export function checkFlow(flow: Flow): Flow {
  const reached = new Set<string>();
  const visit = (step: Step): void => {
    const [kind, id] = 'question' in step ? (['questions', step.question] as const) : (['outcomes', step.outcome] as const);
    if (!Object.hasOwn(flow[kind], id)) throw new Error(`flow ${flow.id}: there is no "${id}" among its ${kind}`);
    if (reached.has(`${kind}.${id}`)) return;
    reached.add(`${kind}.${id}`);
    const question = kind === 'questions' ? flow.questions[id] : undefined;
    if (question) for (const next of stepsOf(question)) visit(next.step);
  };
  visit(ask(flow.start));
  for (const kind of ['questions', 'outcomes'] as const) {
    const lost = Object.keys(flow[kind]).find((id) => !reached.has(`${kind}.${id}`));
    if (lost) throw new Error(`flow ${flow.id}: nothing leads to "${lost}"`);
  }
  return flow;
}
