import { type CalendarDay, daysBetween, isCalendarDay } from '../calendar/day.ts';
import type { NamedDays } from './days.ts';

/** The day of this month and day whose year lies nearest to `around`; undefined where there is no such day. */
export function nearestYear(month: number, day: number, around: NamedDays): CalendarDay | undefined {
  const start = Number(around.first.slice(0, 4)) - 1;
  const end = Number(around.last.slice(0, 4)) + 1;
  const years = Array.from({ length: end - start + 1 }, (_, offset) => start + offset);
  return years
    .map((year) => isoDay(year, month, day))
    .filter((candidate) => candidate !== undefined)
    .reduce<CalendarDay | undefined>((best, next) => (best && distance(best, around) <= distance(next, around) ? best : next), undefined);
}

/** The calendar day of these numbers, or undefined where there is none (31 June). A year of two digits is of this century. */
export function isoDay(year: number, month: number, day: number): CalendarDay | undefined {
  const full = year < 100 ? 2000 + year : year;
  const text = `${full}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isCalendarDay(text) ? text : undefined;
}

function distance(day: CalendarDay, { first, last }: NamedDays): number {
  if (day < first) return daysBetween(day, first);
  return day > last ? daysBetween(last, day) : 0;
}
