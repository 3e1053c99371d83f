import { type CalendarDay, dayAt } from '../calendar/day.ts';
import type { Facts } from '../editions/facts.ts';
import { assessment, type Group } from './assessment.ts';
import { letter } from './letter.ts';
import type { Ruling } from './period.ts';
import { portal, portalOnDay } from './portal.ts';
import { reception } from './reception.ts';
import { remigrationWindow } from './remigration-window.ts';
import { stay } from './stay.ts';
import { work } from './work.ts';

export type { Group } from './assessment.ts';
export type { Ruling } from './period.ts';

/** Every rule with its closed set of states. */
export const RULE_STATES = {
  'remigration-window': ['not-yet', 'open', 'last-day', 'closed'],
  stay: ['allowed', 'last-day', 'ended'],
  work: ['allowed', 'last-day', 'ended'],
  reception: ['allowed', 'last-day', 'ended'],
  portal: ['available', 'unavailable'],
  letter: ['not-yet', 'being-sent', 'sent'],
  assessment: ['now', 'after-end-date'],
} as const satisfies Record<string, readonly string[]>;

export type RuleName = keyof typeof RULE_STATES;
export const RULE_NAMES = Object.keys(RULE_STATES) as RuleName[];

/** The states in which what was asked about is over: there the answer begins with that. */
export const OVER_STATES: ReadonlySet<string> = new Set(['closed', 'ended']);

/** A rule and, for `assessment`, the group that it is asked for. */
export interface RuleReference {
  readonly rule: RuleName;
  readonly group?: Group | undefined;
}

/** Which moment a rule judges: the clock now, or a day that somebody named. */
export type Moment = { readonly now: Date } | { readonly day: CalendarDay };

/** Judges one rule at one moment. Pure: the same facts and moment give the same ruling. */
export function judge(facts: Facts, reference: RuleReference, moment: Moment): Ruling<RuleName> {
  const date = 'day' in moment ? moment.day : dayAt(moment.now, facts.timeZone);
  switch (reference.rule) {
    case 'remigration-window':
      return remigrationWindow(facts, date);
    case 'stay':
      return stay(facts, date);
    case 'work':
      return work(facts, date);
    case 'reception':
      return reception(facts, date);
    case 'letter':
      return letter(facts, date);
    case 'portal':
      return 'day' in moment ? portalOnDay(facts, date) : portal(facts, moment.now);
    case 'assessment':
      return assessment(facts, date, reference.group ?? 'other');
  }
}
