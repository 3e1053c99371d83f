import { instantFrom } from '../../knowledge/calendar/day.ts';
import { aheadAt, aheadOfRule } from '../../knowledge/calendar/days-ahead.ts';
import type { RuleReference } from '../../knowledge/rules/index.ts';
import { knowledge } from '../dialogs/talk.ts';

const { facts } = knowledge();
const at = (time: string) => instantFrom(time, facts.timeZone);

test.each<[string, string[]]>([
  ['2023-05-31T23:59', ['window-start', 'maintenance', 'window-end', 'protection-end']],
  ['2023-06-01T23:59', ['window-start', 'maintenance', 'window-end', 'protection-end']],
  ['2023-06-02T00:00', ['maintenance', 'window-end', 'protection-end']],
  ['2023-06-11T13:59', ['maintenance', 'window-end', 'protection-end']],
  ['2023-06-11T14:00', ['window-end', 'protection-end']],
  // In UTC it is still July: the day in the Netherlands counts.
  ['2023-07-31T23:59', ['window-end', 'protection-end']],
  ['2023-08-01T00:00', ['protection-end']],
  ['2023-09-04T23:59', ['protection-end']],
  ['2023-09-05T00:00', []],
])('at %s these lie ahead, today included: %j', (now, names) => {
  expect(aheadAt(facts, at(now)).map(({ name }) => name)).toEqual(names);
});

test.each<[string, readonly number[]]>([
  ['2023-07-24T08:59', [7, 3, 1]],
  ['2023-07-24T09:00', [3, 1]],
  ['2023-07-30T08:59', [1]],
  ['2023-07-30T09:00', []],
])('at %s the last day of the window has reminders %j days before: none that has passed', (now, days) => {
  const [end] = aheadAt(facts, at(now)).filter(({ name }) => name === 'window-end');
  expect(end).toMatchObject({ day: '2023-07-31', remindBefore: days });
});

test.each<[RuleReference, string, string[]]>([
  [{ rule: 'remigration-window' }, '2023-05-01', ['window-start', 'window-end']],
  [{ rule: 'remigration-window' }, '2023-08-01', []],
  [{ rule: 'stay' }, '2023-09-04', ['protection-end']],
  [{ rule: 'work' }, '2023-06-10', ['protection-end']],
  [{ rule: 'reception' }, '2023-09-05', []],
  [{ rule: 'portal' }, '2023-06-10', ['maintenance']],
  [{ rule: 'letter' }, '2023-03-01', []],
  [{ rule: 'assessment', group: 'other' }, '2023-06-10', ['protection-end']],
  [{ rule: 'assessment', group: 'syria-yemen' }, '2023-06-10', []],
])('the rule %j rests on %s on %j', (rule, day, names) => {
  expect(aheadOfRule(facts, rule, at(day)).map(({ name }) => name)).toEqual(names);
});
