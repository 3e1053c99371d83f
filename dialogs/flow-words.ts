import type { Source } from '../knowledge/answers/answer.ts';
import { frameOf, helpLine, rulingValues, sourceOf } from '../knowledge/answers/compose.ts';
import { factValues } from '../knowledge/answers/values.ts';
import { type CalendarDay, dayAt } from '../knowledge/calendar/day.ts';
import { type Facts, isOutdated } from '../knowledge/editions/facts.ts';
import { judge, OVER_STATES, type RuleName, type RuleReference, type Ruling } from '../knowledge/rules/index.ts';
import { formatDay } from '../locales/dates.ts';
import type { Texts, Values } from '../locales/texts.ts';
import { type Flow, type FlowOutcome, type FlowQuestion, rulesOfOutcome } from './flow.ts';
import type { GivenAnswer, LastResult } from './memory.ts';

/** What the words of a flow are made from. */
export interface Telling {
  readonly flow: Flow;
  readonly facts: Facts;
  readonly texts: Texts;
  /** Whom its questions are about; the results always speak to the person whom they concern. */
  readonly about?: 'person' | 'resident' | undefined;
}

/** The words of a question: what is asked, why, and what stands on its buttons. */
export function questionWords({ flow, facts, texts, about }: Telling, id: string) {
  const question = flow.questions[id] as FlowQuestion;
  const key = `${flow.id}.questions.${question.kind === 'day' ? (question.wordsOf ?? id) : id}`;
  const values = factValues(facts, texts);
  const forStaff = (name: string) => (about === 'resident' ? texts.find(`staff:${key}.${name}`, values) : undefined);
  const need = (name: string) => forStaff(name) ?? needed(texts, `flows:${key}.${name}`, values);
  const ids = question.kind === 'choice' ? Object.keys(question.options) : question.kind === 'day' ? ['today'] : [];
  return {
    text: need('text'),
    why: need('why'),
    notUnderstood: texts.find(`flows:${key}.not-understood`, values),
    options: ids.map((option) => ({ id: option, label: need(`options.${option}`) })),
  };
}

/** What a result says, on the day that was asked about. */
export function outcomeWords(telling: Telling, result: LastResult, now: Date): { paragraphs: string[]; source: Source | null } {
  const { flow, facts, texts } = telling;
  const outcome = flow.outcomes[result.outcome] as FlowOutcome;
  const today = dayAt(now, facts.timeZone);
  const named = result.day !== today;
  const values = factValues(facts, texts);
  const judged = (reference: RuleReference, day = result.day) => judge(facts, reference, { day });
  const ruling = outcome.rule && judged(outcome.rule);
  const all = { ...values, day: formatDay(result.day, texts.language), ...(ruling && rulingValues(ruling, texts)) };
  const key = `flows:${flow.id}.outcomes.${result.outcome}${ruling ? `.${ruling.state}` : ''}`;
  const said = [needed(texts, `${key}.result`, all)];
  for (const reference of outcome.also ?? []) said.push(statusLine(judged(reference), named, values, texts));
  const next = texts.find(`${key}.next`, all);
  if (next) said.push(next);
  const over = outcome.rule !== undefined && OVER_STATES.has(judged(outcome.rule, today).state);
  const frame = frameOf({ talk: outcome.section === undefined, over, named, outdated: isOutdated(facts, today) });
  return {
    paragraphs: [
      ...frame.before.map((one) => texts.say(one, values)),
      ...said,
      ...frame.after.map((one) => texts.say(one, values)),
      ...helpLine(outcome.help ?? [], values, texts),
    ],
    source: outcome.section ? sourceOf(outcome.section, facts, texts) : null,
  };
}

/** Why a result was given: the answers, the rule, the day and the section of the page. */
export function whyWords(telling: Telling, result: LastResult): string[] {
  const { flow, facts, texts } = telling;
  const outcome = flow.outcomes[result.outcome] as FlowOutcome;
  const values = factValues(facts, texts);
  const day = formatDay(result.day, texts.language);
  const ruleLines = rulesOfOutcome(outcome).map(({ rule }) =>
    texts.say('flows:shared.why-rule', { rule: needed(texts, `flows:shared.rule.${rule satisfies RuleName}`, values), day }),
  );
  const answers = answersWords(telling, result).map((line) => `- ${line}`);
  const section = outcome.section && sourceOf(outcome.section, facts, texts).section;
  return [
    texts.say('flows:shared.why-title'),
    answers.join('\n'),
    ...(ruleLines.length > 0 ? ruleLines : [texts.say('flows:shared.why-day', { day })]),
    ...(section ? [texts.say('flows:shared.why-section', { ...values, section })] : []),
  ];
}

/** The questions of a flow with the answers that were given, one line each. */
export function answersWords(telling: Telling, result: LastResult): string[] {
  return result.answers.map((given) => answerWords(telling, given));
}

/** A question of a flow with the answer that was given, on one line. */
function answerWords(telling: Telling, given: GivenAnswer): string {
  const { text, options } = questionWords(telling, given.question);
  const day = given.day && formatDay(given.day, telling.texts.language);
  const label = day ?? options.find(({ id }) => id === given.option)?.label ?? telling.texts.say('chat:button.unknown');
  return telling.texts.say('flows:shared.why-answer', { question: text, answer: label });
}

function statusLine(ruling: Ruling, named: boolean, values: Values, texts: Texts): string {
  return needed(texts, `status:${ruling.rule}.${ruling.state}.${named ? 'asked' : 'today'}`, { ...values, ...rulingValues(ruling, texts) });
}

function needed(texts: Texts, key: string, values: Values): string {
  const text = texts.find(key, values);
  if (text === undefined) throw new Error(`no text for ${key} in ${texts.language}`);
  return text;
}

/** The day that the answers of a flow name, today where they name none. */
export function dayOfAnswers(answers: readonly GivenAnswer[], today: CalendarDay): CalendarDay {
  return answers.findLast(({ day }) => day !== undefined)?.day ?? today;
}
