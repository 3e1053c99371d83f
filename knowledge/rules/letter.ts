import { type CalendarDay, daysBetween } from '../calendar/day.ts';
import type { Facts } from '../editions/facts.ts';

/**
 * Have the letters to people from safe countries of origin been sent on this day?
 * `days` counts to the first day while none is sent, to the last day otherwise.
 * Source: section "Safe country of origin".
 */
export function letter(facts: Facts, date: CalendarDay) {
  const { first, last } = facts.periods.safeCountryLetters;
  const rule = 'letter';
  if (date < first) return { rule, state: 'not-yet', date, days: daysBetween(date, first) } as const;
  return { rule, state: date <= last ? 'being-sent' : 'sent', date, days: daysBetween(date, last) } as const;
}
