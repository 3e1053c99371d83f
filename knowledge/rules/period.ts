import { type CalendarDay, daysBetween } from '../calendar/day.ts';

/** What a rule says of one day. */
export interface Ruling<Rule extends string = string, State extends string = string> {
  readonly rule: Rule;
  readonly state: State;
  /** The day that was judged, in the time zone of the facts. */
  readonly date: CalendarDay;
  /** Days from `date` until the day on which the state turns: 0 on that day, negative when it has passed. */
  readonly days: number;
}

/** Judges a right that lasts until a day; that day still counts. */
export function untilDay<Rule extends string>(rule: Rule, last: CalendarDay, date: CalendarDay) {
  const days = daysBetween(date, last);
  const state = days > 0 ? 'allowed' : days === 0 ? 'last-day' : 'ended';
  return { rule, state, date, days } as const satisfies Ruling;
}
