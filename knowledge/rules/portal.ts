import { addDays, type CalendarDay, dayAt, daysBetween, instantFrom } from '../calendar/day.ts';
import type { Facts } from '../editions/facts.ts';

/**
 * Is maintenance of the IND's portals announced at this instant?
 * The start belongs to the maintenance, the end does not: at 14.00 the portals are back.
 * Source: the notice above the title of the page.
 */
export function portal(facts: Facts, instant: Date) {
  const { from, until } = maintenance(facts);
  return ruling(facts, dayAt(instant, facts.timeZone), instant >= from && instant < until);
}

/** The same for a day of which the time is not known: unavailable if maintenance falls on any part of it. */
export function portalOnDay(facts: Facts, date: CalendarDay) {
  const { from, until } = maintenance(facts);
  const start = instantFrom(date, facts.timeZone);
  const end = instantFrom(addDays(date, 1), facts.timeZone);
  return ruling(facts, date, start < until && end > from);
}

function maintenance(facts: Facts) {
  return {
    from: instantFrom(facts.maintenance.from, facts.timeZone),
    until: instantFrom(facts.maintenance.until, facts.timeZone),
  };
}

function ruling(facts: Facts, date: CalendarDay, unavailable: boolean) {
  const days = daysBetween(date, facts.maintenance.until.slice(0, 10) as CalendarDay);
  return { rule: 'portal', state: unavailable ? 'unavailable' : 'available', date, days } as const;
}
