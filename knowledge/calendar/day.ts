import { DateTime } from 'luxon';

/** A calendar day as `YYYY-MM-DD`. It has no time and no zone of its own. */
export type CalendarDay = string & { readonly __day: unique symbol };

/** Tells if a text is an existing calendar day, written `YYYY-MM-DD`. */
export function isCalendarDay(text: string): text is CalendarDay {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid;
}

/** The day in `text`. Throws a RangeError when it is none (as 2023-02-30). */
export function calendarDay(text: string): CalendarDay {
  if (!isCalendarDay(text)) throw new RangeError(`not a calendar day: ${text}`);
  return text;
}

/** The calendar day that it is in `zone` (an IANA name) at `instant`. */
export function dayAt(instant: Date, zone: string): CalendarDay {
  const time = instant.getTime();
  if (zone !== lastDay.zone || !(time >= lastDay.from && time <= lastDay.to)) lastDay = dayAround(instant, zone);
  return lastDay.day;
}

/** A turn asks for the day again and again: it is worked out when another one begins. Both ends (milliseconds) belong to it. */
let lastDay = dayAround(new Date(0), 'utc');

function dayAround(instant: Date, zone: string): { zone: string; from: number; to: number; day: CalendarDay } {
  const time = DateTime.fromJSDate(instant, { zone });
  return { zone, from: time.startOf('day').toMillis(), to: time.endOf('day').toMillis(), day: calendarDay(time.toFormat('yyyy-MM-dd')) };
}

/** The whole seconds from `instant` to the end of its day in `zone`. */
export function secondsLeftOfDay(instant: Date, zone: string): number {
  const time = DateTime.fromJSDate(instant, { zone });
  return Math.floor(time.endOf('day').diff(time).as('seconds'));
}

/** The day `count` days after `day`; before it where `count` is negative. */
export function addDays(day: CalendarDay, count: number): CalendarDay {
  return calendarDay(DateTime.fromISO(day, { zone: 'utc' }).plus({ days: count }).toFormat('yyyy-MM-dd'));
}

/** The same day `count` months later, or the last day of that month where it is shorter. */
export function addMonths(day: CalendarDay, count: number): CalendarDay {
  return calendarDay(DateTime.fromISO(day, { zone: 'utc' }).plus({ months: count }).toFormat('yyyy-MM-dd'));
}

/** The day of the week, from 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: CalendarDay): number {
  return DateTime.fromISO(day, { zone: 'utc' }).weekday;
}

/** The last day of the month of `day`. */
export function endOfMonth(day: CalendarDay): CalendarDay {
  return calendarDay(DateTime.fromISO(day, { zone: 'utc' }).endOf('month').toFormat('yyyy-MM-dd'));
}

/** Whole days from `from` to `to`; negative where `to` is earlier. */
export function daysBetween(from: CalendarDay, to: CalendarDay): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

/**
 * Reads an ISO 8601 time. Without an offset it is the time on the clock in `zone`.
 * Throws a RangeError where the text is no such time.
 */
export function instantFrom(iso: string, zone: string): Date {
  const time = DateTime.fromISO(iso, { zone });
  if (!time.isValid) throw new RangeError(`not an ISO 8601 time: ${iso}`);
  return time.toJSDate();
}
