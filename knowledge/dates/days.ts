import type { CalendarDay } from '../calendar/day.ts';

/** A stretch of days that a text names; `first` and `last` are the same for a single day. Both belong to it. */
export interface NamedDays {
  readonly first: CalendarDay;
  readonly last: CalendarDay;
}

/** What is needed to understand a date: the day it is today, and the days around which a missing year is looked for. */
export interface DateContext {
  readonly today: CalendarDay;
  /** The first and the last day that the edition speaks of. */
  readonly around: NamedDays;
}

/** One day as a stretch of days. */
export function singleDay(day: CalendarDay): NamedDays;
export function singleDay(day: CalendarDay | undefined): NamedDays | undefined;
export function singleDay(day: CalendarDay | undefined): NamedDays | undefined {
  return day && { first: day, last: day };
}
