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
  const { from, until } = facts.maintenance;
  const ahead = namesAhead(facts, now).map((name): { begins: string; what: Ahead } => {
    if (name === 'maintenance') return { begins: from, what: { name, from, until } };
    const day = dayOf(name, facts);
    return { begins: day, what: { name, day, remindBefore: remindersOf(name, day, facts, now) } };
  });
  return ahead.sort((one, other) => (one.begins < other.begins ? -1 : 1)).map(({ what }) => what);
}

function dayOf(name: AheadDay, { periods: { remigration, protection } }: Facts): CalendarDay {
  if (name === 'protection-end') return protection.last;
  return name === 'window-start' ? remigration.first : remigration.last;
}

function namesAhead(facts: Facts, now: Date): Ahead['name'][] {
  const today = dayAt(now, facts.timeZone);
  const days: Ahead['name'][] = AHEAD_DAYS.filter((name) => dayOf(name, facts) >= today);
  return now < endOfMaintenance(facts) ? [...days, 'maintenance'] : days;
}

const knownEnds = new WeakMap<Facts, Date>();

function endOfMaintenance(facts: Facts): Date {
  const end = knownEnds.get(facts) ?? instantFrom(facts.maintenance.until, facts.timeZone);
  knownEnds.set(facts, end);
  return end;
}

/** What of it a rule rests on: nothing where its days are over or are none that a person acts on. */
export function aheadOfRule(facts: Facts, rule: RuleReference, now: Date): readonly Ahead[] {
  const names = namesOfRule(rule);
  return aheadAt(facts, now).filter(({ name }) => names.includes(name));
}

/** Does anything lie ahead that one of these rules rests on? */
export function isAhead(facts: Facts, rules: readonly RuleReference[], now: Date): boolean {
  if (rules.length === 0) return false;
  const ahead = namesAhead(facts, now);
  return rules.some((rule) => namesOfRule(rule).some((name) => ahead.includes(name)));
}

function namesOfRule({ rule, group = 'other' }: RuleReference): readonly Ahead['name'][] {
  return rule === 'assessment' && group !== 'other' ? [] : AHEAD_OF_RULE[rule];
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
