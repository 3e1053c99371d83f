import { getVtimezoneComponent } from '@touch4it/ical-timezones';
import ical, { ICalAlarmRelatesTo, ICalAlarmType, ICalCalendarMethod, type ICalEvent, ICalEventTransparency } from 'ical-generator';
import { DateTime } from 'luxon';
import { sourceOf } from '../../knowledge/answers/compose.ts';
import { factValues } from '../../knowledge/answers/values.ts';
import { addDays, type CalendarDay } from '../../knowledge/calendar/day.ts';
import { type Ahead, aheadAt, type DayAhead, REMINDER_HOUR, SECTION_OF_AHEAD } from '../../knowledge/calendar/days-ahead.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import type { Language } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';

/** Names the maker of the file, as RFC 5545 wants it. */
const PRODUCT = { company: 'ind-procedure-bot', product: 'calendar' };
const HOUR = 3600;
const DAY = 24 * HOUR;

/**
 * The calendar file (RFC 5545) of what lies ahead at `now`; undefined where nothing does. A day has the same id in every
 * language and every time, so that a second import replaces the first.
 */
export function calendarFile(language: Language, now: Date, { facts }: Knowledge): string | undefined {
  const ahead = aheadAt(facts, now);
  if (ahead.length === 0) return undefined;
  const texts = textsOf(language);
  const values = factValues(facts, texts);
  const calendar = ical({
    name: texts.say('calendar:name'),
    method: ICalCalendarMethod.PUBLISH,
    prodId: { ...PRODUCT, language: language.toUpperCase() },
    timezone: { name: null, generator: getVtimezoneComponent },
  });
  for (const one of ahead) {
    const source = sourceOf(SECTION_OF_AHEAD[one.name], facts, texts);
    const event = calendar.createEvent({
      ...timesOf(one, facts.timeZone),
      id: `${one.name}@${PRODUCT.company}`,
      stamp: now,
      summary: texts.say(`calendar:ahead.${one.name}.summary`, values),
      description: `${texts.say(`calendar:ahead.${one.name}.description`, values)}\n\n${source.line}\n${source.page}`,
      url: source.page,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
    if (one.name === 'maintenance') remindAtEnd(event);
    else remindBefore(event, one);
  }
  return calendar.toString();
}

/** Begin and end as the library takes them; the end of a whole day is the next day, as the format wants it. */
function timesOf(ahead: Ahead, zone: string) {
  const at = (iso: string) => DateTime.fromISO(iso, { zone });
  if (ahead.name === 'maintenance') return { start: at(ahead.from), end: at(ahead.until), timezone: zone };
  return { start: at(ahead.day), end: at(addDays(ahead.day as CalendarDay, 1)), allDay: true };
}

/** Reminds on the mornings before a day: a whole day begins at its midnight. */
function remindBefore(event: ICalEvent, { remindBefore: days }: DayAhead): void {
  for (const count of days)
    event.createAlarm({ type: ICalAlarmType.display, description: event.summary(), triggerBefore: count * DAY - REMINDER_HOUR * HOUR });
}

/** The portals are back when maintenance ends: then it is worth trying again. */
function remindAtEnd(event: ICalEvent): void {
  event.createAlarm({ type: ICalAlarmType.display, description: event.summary(), triggerAfter: 0 }).relatesTo(ICalAlarmRelatesTo.end);
}
