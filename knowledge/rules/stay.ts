import type { CalendarDay } from '../calendar/day.ts';
import type { Facts } from '../editions/facts.ts';
import { untilDay } from './period.ts';

/**
 * May one stay under the Temporary Protection Directive on this day, also after a negative decision or a closed application?
 * Source: section "Your stay after stopping asylum application or negative decision".
 */
export function stay(facts: Facts, date: CalendarDay) {
  return untilDay('stay', facts.periods.protection.last, date);
}
