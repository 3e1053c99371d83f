import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import ICAL from 'ical.js';
import { instantFrom } from '../../knowledge/calendar/day.ts';
import { LANGUAGE_CODES, type Language } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { calendarFile } from '../../src/calendar/file.ts';
import { knowledge } from '../dialogs/talk.ts';

const MAINTENANCE = '2023-06-10T12:00';
const file = (language: Language, now: string) => calendarFile(language, instantFrom(now, 'Europe/Amsterdam'), knowledge());

function parsed(language: Language, now: string) {
  ICAL.design.strict = true;
  const calendar = new ICAL.Component(ICAL.parse(file(language, now) ?? ''));
  return { calendar, events: calendar.getAllSubcomponents('vevent') };
}

describe.each(LANGUAGE_CODES)('in %s', (language) => {
  const text = file(language, MAINTENANCE) ?? '';

  test('its lines end with CRLF and hold at most 75 octets, cut between characters', () => {
    expect(text.endsWith('END:VCALENDAR\r\n') || text.endsWith('END:VCALENDAR')).toBe(true);
    const lines = text.split('\r\n');
    expect(lines.filter((line) => /[\r\n]/u.test(line))).toEqual([]);
    expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    expect(text).not.toContain('\uFFFD');
  });

  test('it says what it is, and each event says what, why and from where', () => {
    const { calendar, events } = parsed(language, MAINTENANCE);
    const texts = textsOf(language);
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
    expect(calendar.getFirstPropertyValue('prodid')).toBeTruthy();
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe(texts.say('calendar:name'));
    expect(events.map((event) => event.getFirstPropertyValue('uid'))).toEqual([
      'maintenance@ind-procedure-bot',
      'window-end@ind-procedure-bot',
      'protection-end@ind-procedure-bot',
    ]);
    for (const event of events) {
      expect(String(event.getFirstPropertyValue('dtstamp'))).toBe('2023-06-10T10:00:00Z');
      expect(event.getFirstPropertyValue('transp')).toBe('TRANSPARENT');
      expect(event.getFirstPropertyValue('url')).toBe(knowledge().facts.page);
      expect(event.getFirstPropertyValue('summary')).not.toMatch(/\{\{/u);
      const description = String(event.getFirstPropertyValue('description'));
      expect(description).not.toMatch(/\{\{|\\n/u);
      expect(description.split('\n').at(-1)).toBe(knowledge().facts.page);
    }
  });
});

test('a day is a whole day that ends with the next; its reminders come at nine in the morning', () => {
  const [end] = parsed('en', '2023-07-01T12:00').events;
  expect(end?.getFirstProperty('dtstart')?.toICALString()).toBe('DTSTART;VALUE=DATE:20230731');
  expect(end?.getFirstProperty('dtend')?.toICALString()).toBe('DTEND;VALUE=DATE:20230801');
  const midnight = ICAL.Time.fromDateTimeString('2023-07-31T00:00:00');
  const reminders = end?.getAllSubcomponents('valarm').map((alarm) => {
    const time = midnight.clone();
    time.addDuration(alarm.getFirstPropertyValue('trigger') as InstanceType<typeof ICAL.Duration>);
    return time.toString();
  });
  expect(reminders).toEqual(['2023-07-24T09:00:00', '2023-07-28T09:00:00', '2023-07-30T09:00:00']);
});

test('maintenance has its times in the zone of the Netherlands, which the file describes, and reminds when it ends', () => {
  const { calendar, events } = parsed('en', MAINTENANCE);
  const zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone') as InstanceType<typeof ICAL.Component>);
  expect(zone.tzid).toBe('Europe/Amsterdam');
  const times = ['dtstart', 'dtend'].map((name) => {
    const property = events[0]?.getFirstProperty(name);
    expect(property?.getParameter('tzid')).toBe(zone.tzid);
    const time = property?.getFirstValue() as InstanceType<typeof ICAL.Time>;
    time.zone = zone;
    return time.toJSDate().toISOString();
  });
  expect(times).toEqual(['2023-06-09T18:00:00.000Z', '2023-06-11T12:00:00.000Z']);
  expect(events[0]?.getFirstSubcomponent('valarm')?.getFirstProperty('trigger')?.toICALString()).toBe('TRIGGER;RELATED=END:PT0S');
});

test('a file without a time has no time zone, and one without a day is none', () => {
  expect(parsed('nl', '2023-09-04T23:59').calendar.getAllSubcomponents('vtimezone')).toEqual([]);
  expect(file('nl', '2023-09-05T00:00')).toBeUndefined();
});

test('the zone of the server changes nothing', () => {
  const root = join(__dirname, '..', '..');
  const program = `
    import { calendarFile } from './src/calendar/file.ts';
    import { loadKnowledge } from './knowledge/knowledge.ts';
    process.stdout.write(calendarFile('en', new Date('2023-05-30T22:30:00Z'), loadKnowledge()));`;
  const written = (zone: string) =>
    execFileSync(join(root, 'node_modules/.bin/node'), ['--input-type=module', '-e', program], {
      cwd: root,
      env: { ...process.env, TZ: zone },
      encoding: 'utf8',
    });
  const amsterdam = written('Europe/Amsterdam');
  expect(amsterdam).toContain('DTSTART;VALUE=DATE:20230601');
  expect(written('Pacific/Kiritimati')).toBe(amsterdam);
  expect(written('America/Los_Angeles')).toBe(amsterdam);
});
