import type { CalendarDay } from '../calendar/day.ts';
import type { Facts } from '../editions/facts.ts';
import { untilDay } from './period.ts';

/**
 * Does the right to work that belongs to the directive hold on this day?
 * Source: section "Your stay after stopping asylum application or negative decision".
 */
export function work(facts: Facts, date: CalendarDay) {
  return untilDay('work', facts.periods.protection.last, date);
}
