import type { Facts } from '../editions/facts.ts';
import type { RuleReference } from '../rules/index.ts';
import { addDays, type CalendarDay, dayAt, instantFrom } from './day.ts';

/** The days that the page names and that a person may have to act on. */
export const AHEAD_DAYS = ['window-start', 'window-end', 'protection-end'] as const;
export type AheadDay = (typeof AHEAD_DAYS)[number];

/** A whole day that lies ahead. */
export interface DayAhead {
  readonly name: AheadDay;
  readonly day: CalendarDay;
  /** How many days before it a person is reminded, at `REMINDER_HOUR`; none where that time has passed. */
  readonly remindBefore: readonly number[];
}

/** A stretch of time that lies ahead or has begun; times on the clock in the time zone of the facts. */
export interface TimeAhead {
  readonly name: 'maintenance';
  readonly from: string;
  readonly until: string;
}

export type Ahead = DayAhead | TimeAhead;

/** The hour of the morning, in the time zone of the facts, at which a reminder comes. */
export const REMINDER_HOUR = 9;

/** A last day needs time to act; a first day only has to be known the day before. */
const REMIND_BEFORE: Readonly<Record<AheadDay, readonly number[]>> = {
  'window-start': [1],
  'window-end': [7, 3, 1],
  'protection-end': [7, 3, 1],
};

/** The section of the page that each of them rests on. */
export const SECTION_OF_AHEAD: Readonly<Record<Ahead['name'], string>> = {
  'window-start': 'return',
  'window-end': 'return',
  'protection-end': 'stay',
  maintenance: 'notice',
};

/** What lies ahead at `now`, in order of time. Today still counts; maintenance counts until its last minute. */
export function aheadAt(facts: Facts, now: Date): readonly Ahead[] {
  const today = dayAt(now, facts.timeZone);
  const { remigration, protection } = facts.periods;
  const days: readonly [AheadDay, CalendarDay][] = [
    ['window-start', remigration.first],
    ['window-end', remigration.last],
    ['protection-end', protection.last],
  ];
  const { from, until } = facts.maintenance;
  const ahead: { readonly begins: string; readonly what: Ahead }[] = days
    .filter(([, day]) => day >= today)
    .map(([name, day]) => ({ begins: day, what: { name, day, remindBefore: remindersOf(name, day, facts, now) } }));
  if (now < instantFrom(until, facts.timeZone)) ahead.push({ begins: from, what: { name: 'maintenance', from, until } });
  return ahead.sort((one, other) => (one.begins < other.begins ? -1 : 1)).map(({ what }) => what);
}

/** What of it a rule rests on: nothing where its days are over or are none that a person acts on. */
export function aheadOfRule(facts: Facts, { rule, group = 'other' }: RuleReference, now: Date): readonly Ahead[] {
  const names = rule === 'assessment' && group !== 'other' ? [] : AHEAD_OF_RULE[rule];
  return aheadAt(facts, now).filter(({ name }) => names.includes(name));
}

/** Does anything lie ahead that one of these rules rests on? */
export function isAhead(facts: Facts, rules: readonly RuleReference[], now: Date): boolean {
  return rules.some((rule) => aheadOfRule(facts, rule, now).length > 0);
}

const AHEAD_OF_RULE: Readonly<Record<RuleReference['rule'], readonly Ahead['name'][]>> = {
  'remigration-window': ['window-start', 'window-end'],
  stay: ['protection-end'],
  work: ['protection-end'],
  reception: ['protection-end'],
  portal: ['maintenance'],
  // The letters go out by themselves: nobody has to do anything on these days.
  letter: [],
  // Only of the groups whose turn comes after the last day of the protection.
  assessment: ['protection-end'],
};

function remindersOf(name: AheadDay, day: CalendarDay, facts: Facts, now: Date): number[] {
  const hour = String(REMINDER_HOUR).padStart(2, '0');
  return REMIND_BEFORE[name].filter((days) => instantFrom(`${addDays(day, -days)}T${hour}:00`, facts.timeZone) > now);
}
