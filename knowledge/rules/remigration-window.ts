import { type CalendarDay, daysBetween } from '../calendar/day.ts';
import type { Facts } from '../editions/facts.ts';

/**
 * May one apply to DT&V for help with returning on this day? Both ends of the period belong to it.
 * `days` counts to the first day while it is not yet open, to the last day otherwise.
 * Source: section "Assistance with returning to your country of origin".
 */
export function remigrationWindow(facts: Facts, date: CalendarDay) {
  const { first, last } = facts.periods.remigration;
  const rule = 'remigration-window';
  if (date < first) return { rule, state: 'not-yet', date, days: daysBetween(date, first) } as const;
  const days = daysBetween(date, last);
  const state = days > 0 ? 'open' : days === 0 ? 'last-day' : 'closed';
  return { rule, state, date, days } as const;
}
