import { formatChoice, formatDay } from '../../locales/dates.ts';
import type { TextKey, Texts, Values } from '../../locales/texts.ts';
import { type CalendarDay, dayAt } from '../calendar/day.ts';
import type { NamedDays } from '../dates/index.ts';
import { type Facts, isOutdated } from '../editions/facts.ts';
import { judge, OVER_STATES, type RuleName, type Ruling } from '../rules/index.ts';
import type { Helper, Topic } from '../topics/topics.ts';
import type { Answer, Source } from './answer.ts';
import { factValues } from './values.ts';

/** When a question is asked, and about which days. */
export interface AskedWhen {
  readonly now: Date;
  /** The days that the question names; today where it names none. */
  readonly days?: NamedDays | undefined;
}

/** How long a conversation is kept, as the answer about privacy says it. */
export const RETENTION_HOURS = 24;
/** How long a question is kept that somebody let the bot keep. */
export const KEEPING_DAYS = 90;

/**
 * Puts the answer to a topic together: what is said in the state of its rule, what to do, whether it is out of date,
 * who can help, and the source. The first sentence answers the question.
 */
export function composeAnswer(topic: Topic, asked: AskedWhen, facts: Facts, texts: Texts): Answer {
  const today = dayAt(asked.now, facts.timeZone);
  const values = {
    ...factValues(facts, texts),
    today: formatDay(today, texts.language),
    retention: texts.say('common:hours', { count: RETENTION_HOURS }),
    keeping: texts.say('feedback:days', { count: KEEPING_DAYS }),
  };
  const judged = topic.rule ? judgeAsked(topic, asked, facts) : undefined;
  const said = judged ? ruledParagraphs(topic, judged, values, texts) : plainParagraphs(topic, values, texts);
  const over = judged !== undefined && OVER_STATES.has(judged.today.state);
  const frame = frameOf({ talk: topic.talk, over, named: judged?.named ?? false, outdated: isOutdated(facts, today) });
  return {
    topic,
    language: texts.language,
    paragraphs: [
      ...frame.before.map((key) => texts.say(key, values)),
      ...said,
      ...frame.after.map((key) => texts.say(key, values)),
      ...(frame.after.length > 0 && topic.help.every((helper) => NAMED_IN_NOTICE.has(helper)) ? [] : helpLine(topic.help, values, texts)),
    ],
    ruling: judged?.last ?? null,
    days: asked.days,
    source: topic.talk ? null : sourceOf(topic.section, facts, texts),
    helpers: topic.help,
  };
}

/** The line that names who can help; none where there is nobody to name. */
export function helpLine(helpers: readonly Helper[], values: Values, texts: Texts): string[] {
  if (helpers.length === 0) return [];
  const names = helpers.map((helper) => texts.say(`common:helper.${helper}`, values));
  return [texts.say('common:help', { list: formatChoice(names, texts.language) })];
}

/** The source of what rests on a section of the page. */
export function sourceOf(section: string, facts: Facts, texts: Texts): Source {
  const values = factValues(facts, texts);
  const name = texts.find(`common:section.${section}`, values) ?? facts.sections[section] ?? section;
  const line = texts.say('common:source', { ...values, section: name });
  return { line, section: name, page: facts.page, edition: facts.edition };
}

/** The placeholders that belong to one ruling. */
export function rulingValues(ruling: Ruling, texts: Texts): Values {
  return { day: formatDay(ruling.date, texts.language), daysLeft: texts.say('common:days', { count: Math.abs(ruling.days) }) };
}

/** What the rule says of the days asked about, and of today. */
interface Judged {
  /** True where the question named another day than today. */
  readonly named: boolean;
  readonly first: Ruling<RuleName>;
  readonly last: Ruling<RuleName>;
  readonly today: Ruling<RuleName>;
}

function judgeAsked(topic: Topic, { now, days }: AskedWhen, facts: Facts): Judged | undefined {
  if (!topic.rule) return undefined;
  const reference = { rule: topic.rule.name, group: topic.rule.group };
  const on = (day: CalendarDay) => judge(facts, reference, { day });
  const today = judge(facts, reference, { now });
  if (!days) return { named: false, first: today, last: today, today };
  return { named: true, first: on(days.first), last: on(days.last), today };
}

function plainParagraphs(topic: Topic, values: Values, texts: Texts): string[] {
  return paragraphs(`answers:${topic.id}`, 'answer', values, texts);
}

function ruledParagraphs(topic: Topic, judged: Judged, values: Values, texts: Texts): string[] {
  const { named, first, last, today } = judged;
  const about = (ruling: Ruling) => ({ ...values, ...rulingValues(ruling, texts) });
  const mode = named ? 'asked' : 'today';
  const bothEnds = first.state !== last.state;
  const alsoToday = named && today.state !== last.state && today.state !== first.state;

  if (topic.rule?.answers === 'with-status') {
    const status = (ruling: Ruling, how: string) => texts.find(`status:${ruling.rule}.${ruling.state}.${how}`, about(ruling)) ?? '';
    const lines = [status(first, mode), ...(bothEnds ? [status(last, mode)] : []), ...(alsoToday ? [status(today, 'today')] : [])].join(
      ' ',
    );
    const plain = plainParagraphs(topic, values, texts);
    return OVER_STATES.has(first.state) ? [lines, ...plain] : [...plain, lines];
  }

  const key = (ruling: Ruling) => `answers:${topic.id}.${ruling.state}`;
  const said = paragraphs(key(first), mode, about(first), texts);
  if (bothEnds) said.splice(1, 0, lead(texts.say('common:second-end', about(last)), key(last), mode, about(last), texts));
  if (alsoToday) said.push(lead(texts.say('common:also-today', values), key(today), 'today', about(today), texts));
  return said;
}

/** The answer of a key and, as a paragraph of its own, what to do. */
function paragraphs(key: string, mode: 'answer' | 'asked' | 'today', values: Values, texts: Texts): string[] {
  const answer = (mode === 'asked' ? texts.find(`${key}.asked`, values) : undefined) ?? texts.find(`${key}.answer`, values);
  if (answer === undefined) throw new Error(`no text for ${key} in ${texts.language}`);
  const next = texts.find(`${key}.next`, values);
  return next === undefined ? [answer] : [answer, next];
}

function lead(opening: string, key: string, mode: 'asked' | 'today', values: Values, texts: Texts): string {
  return `${opening} ${paragraphs(key, mode, values, texts)[0]}`;
}

/** Whom the notices about old information name already. */
const NAMED_IN_NOTICE: ReadonlySet<Helper> = new Set(['ind', 'vwn', 'lawyer']);

/**
 * What is said around an answer that is over or old. Where the answer itself says that the time is over, the notice
 * follows it; everywhere else it stands first, so that nobody takes an old "yes" for one of today.
 */
export function frameOf(about: { talk: boolean; over: boolean; named: boolean; outdated: boolean }): {
  before: TextKey[];
  after: TextKey[];
} {
  if (about.talk || !(about.over || about.outdated)) return { before: [], after: [] };
  if (!about.outdated) return { before: [], after: ['common:passed-notice'] };
  if (about.over && !about.named) return { before: [], after: ['common:outdated-notice'] };
  return { before: ['common:outdated-intro'], after: ['common:passed-notice'] };
}
