import { calendarDay, instantFrom } from '../../knowledge/calendar/day.ts';
import { DEFAULT_EDITION, loadFacts } from '../../knowledge/editions/facts.ts';
import { KNOWLEDGE_PATHS } from '../../knowledge/paths.ts';
import { judge, type RuleName } from '../../knowledge/rules/index.ts';

const facts = loadFacts(KNOWLEDGE_PATHS.editions, DEFAULT_EDITION);

describe('each rule turns on the right day, both ends included', () => {
  test.each<[RuleName, string, string, number]>([
    ['remigration-window', '2023-05-31', 'not-yet', 1],
    ['remigration-window', '2023-06-01', 'open', 60],
    ['remigration-window', '2023-07-30', 'open', 1],
    ['remigration-window', '2023-07-31', 'last-day', 0],
    ['remigration-window', '2023-08-01', 'closed', -1],
    ['stay', '2023-09-03', 'allowed', 1],
    ['stay', '2023-09-04', 'last-day', 0],
    ['stay', '2023-09-05', 'ended', -1],
    ['work', '2023-08-01', 'allowed', 34],
    ['work', '2023-09-04', 'last-day', 0],
    ['work', '2023-09-05', 'ended', -1],
    ['reception', '2023-09-03', 'allowed', 1],
    ['reception', '2023-09-04', 'last-day', 0],
    ['reception', '2024-02-01', 'ended', -150],
    ['letter', '2023-03-19', 'not-yet', 1],
    ['letter', '2023-03-20', 'being-sent', 4],
    ['letter', '2023-03-24', 'being-sent', 0],
    ['letter', '2023-03-25', 'sent', -1],
    ['portal', '2023-06-08', 'available', 3],
    ['portal', '2023-06-09', 'unavailable', 2],
    ['portal', '2023-06-11', 'unavailable', 0],
    ['portal', '2023-06-12', 'available', -1],
  ])('%s on %s: %s, %i days', (rule, day, state, days) => {
    expect(judge(facts, { rule }, { day: calendarDay(day) })).toMatchObject({ rule, state, days, date: day });
  });
});

describe('the day is the one in Amsterdam, whatever the zone of the server and of the clock', () => {
  test.each<[string, string]>([
    ['2023-07-31T23:30:00+02:00', 'last-day'],
    ['2023-07-31T21:59:59Z', 'last-day'],
    ['2023-07-31T22:00:00Z', 'closed'],
    ['2023-08-01T00:10:00+02:00', 'closed'],
    ['2023-05-31T12:00', 'not-yet'],
    ['2023-05-31T22:00:00Z', 'open'],
  ])('at %s the window is %s', (now, state) => {
    expect(judge(facts, { rule: 'remigration-window' }, { now: instantFrom(now, facts.timeZone) }).state).toBe(state);
  });

  test.each<[string, string]>([
    ['2023-06-09T19:59', 'available'],
    ['2023-06-09T20:00', 'unavailable'],
    ['2023-06-11T13:59', 'unavailable'],
    ['2023-06-11T14:00', 'available'],
    ['2023-06-11T11:59:59Z', 'unavailable'],
    ['2023-06-11T12:00:00Z', 'available'],
  ])('at %s the portals are %s', (now, state) => {
    expect(judge(facts, { rule: 'portal' }, { now: instantFrom(now, facts.timeZone) }).state).toBe(state);
  });
});

test('the first groups are assessed now, the others after the end of the protection', () => {
  const day = calendarDay('2023-06-10');
  const of = (group: 'safe-country' | 'syria-yemen' | 'other') => judge(facts, { rule: 'assessment', group }, { day });
  expect(of('safe-country')).toMatchObject({ state: 'now' });
  expect(of('syria-yemen')).toMatchObject({ state: 'now' });
  expect(of('other')).toMatchObject({ state: 'after-end-date', after: '2023-09-04', days: 86 });
});

test('a day that does not exist, and a time that is none, are refused', () => {
  expect(() => calendarDay('2023-02-30')).toThrow(RangeError);
  expect(() => instantFrom('tomorrow', facts.timeZone)).toThrow(RangeError);
});
