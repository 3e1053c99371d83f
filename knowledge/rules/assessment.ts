import { type CalendarDay, daysBetween } from '../calendar/day.ts';
import type { Facts } from '../editions/facts.ts';

/** The groups that the page tells apart. */
export type Group = 'safe-country' | 'syria-yemen' | 'other';

/**
 * When are applications of this group assessed: now, or after the last day of the protection (`after`)?
 * The day does not change the state; `days` counts to the last day of the protection.
 * Source: section "Asylum applications that the IND wants to assess".
 */
export function assessment(facts: Facts, date: CalendarDay, group: Group) {
  const after = facts.periods.protection.last;
  const first = (facts.firstGroups as readonly Group[]).includes(group);
  return { rule: 'assessment', state: first ? 'now' : 'after-end-date', date, days: daysBetween(date, after), after } as const;
}
