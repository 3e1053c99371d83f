import { allAnswers, nextChange } from '../../knowledge/answers/all-answers.ts';
import { instantFrom } from '../../knowledge/calendar/day.ts';
import { TOPIC_IDS } from '../../knowledge/topics/topic-ids.ts';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { knowledge } from '../dialogs/talk.ts';

const at = (time: string) => instantFrom(time, 'Europe/Amsterdam');

test.each(LANGUAGE_CODES)('in %s every topic of the procedure is told once, and of the talk what makes sense without one', (language) => {
  const chapters = allAnswers(language, at('2023-06-10'), knowledge());
  const told = chapters.flatMap(({ answers }) => answers.map(({ answer }) => answer.topic.id));
  const procedure = TOPIC_IDS.filter((id) => !knowledge().topic(id).talk);
  expect(told).toEqual([...procedure, 'bot-identity', 'human', 'privacy']);
  const next = chapters.flatMap(({ answers }) => answers.flatMap((one) => one.next.map(({ topic }) => topic)));
  expect(next.filter((id) => !told.includes(id))).toEqual([]);
});

test('the chapters follow each other as a reader meets them', () => {
  const chapters = allAnswers('en', at('2023-06-10'), knowledge());
  expect(chapters.map(({ chapter, answers }) => [chapter, answers.length])).toEqual([
    ['who', 7],
    ['letter', 7],
    ['assessment', 4],
    ['stay', 6],
    ['return', 6],
    ['information', 3],
    ['talk', 3],
  ]);
});

test.each([
  ['2023-06-08T12:00', '2023-06-09T00:00'],
  ['2023-06-09T12:00', '2023-06-09T20:00'],
  ['2023-06-09T20:00', '2023-06-10T00:00'],
  ['2023-06-11T13:59', '2023-06-11T14:00'],
  ['2023-10-29T12:00', '2023-10-30T00:00'],
])('what is said at %s can change at %s', (now, change) => {
  expect(nextChange(at(now), knowledge())).toEqual(at(change));
});
