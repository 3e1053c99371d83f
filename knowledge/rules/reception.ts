import type { CalendarDay } from '../calendar/day.ts';
import type { Facts } from '../editions/facts.ts';
import { untilDay } from './period.ts';

/**
 * Does the right to reception and resources of the municipality hold on this day?
 * Source: section "Your stay after stopping asylum application or negative decision".
 */
export function reception(facts: Facts, date: CalendarDay) {
  return untilDay('reception', facts.periods.protection.last, date);
}
