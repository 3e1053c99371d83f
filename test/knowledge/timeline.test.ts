import { nextStep } from '../../dialogs/next-step.ts';
import { calendarDay } from '../../knowledge/calendar/day.ts';
import { loadFacts } from '../../knowledge/editions/facts.ts';
import { KNOWLEDGE_PATHS } from '../../knowledge/paths.ts';
import { PLACE_IDS, type PlaceId } from '../../knowledge/timeline/places.ts';
import { type Timeline, timelineOf } from '../../knowledge/timeline/timeline.ts';
import { timelineSentences, timelineWords } from '../../knowledge/timeline/words.ts';
import { formatDay } from '../../locales/dates.ts';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';

const facts = loadFacts(KNOWLEDGE_PATHS.editions, '2023-06-09');
const at = (day: string, place?: PlaceId) => timelineOf(facts, calendarDay(day), place);

/** The line of time as one text: the mark of the day alone, or in brackets inside the entry that holds it; states after a colon. */
function lineOf({ items }: Timeline): string {
  return items
    .map((item) => (item.kind === 'day' ? '*' : `${item.entry.id}:${item.entry.ruling.state}${item.holdsDay ? '(*)' : ''}`))
    .join(' ');
}

test.each([
  ['2023-03-19', '* letters:not-yet window:not-yet protection:allowed'],
  ['2023-03-20', 'letters:being-sent(*) window:not-yet protection:allowed'],
  ['2023-03-24', 'letters:being-sent(*) window:not-yet protection:allowed'],
  ['2023-03-25', 'letters:sent * window:not-yet protection:allowed'],
  ['2023-06-01', 'letters:sent window:open(*) protection:allowed'],
  ['2023-07-31', 'letters:sent window:last-day(*) protection:allowed'],
  ['2023-08-01', 'letters:sent window:closed * protection:allowed'],
  ['2023-09-04', 'letters:sent window:closed protection:last-day(*)'],
  ['2023-09-05', 'letters:sent window:closed protection:ended *'],
])('on %s the line of time is: %s', (day, expected) => expect(lineOf(at(day))).toBe(expected));

test.each<[PlaceId, string, string]>([
  ['where-unknown', '2023-06-10', 'letter questionnaire interview decision'],
  ['no-letter-safe', '2023-06-10', '[letter] questionnaire interview decision'],
  ['no-letter-other', '2023-06-10', '[letter] questionnaire interview decision'],
  ['not-answered', '2023-06-10', '-letter [questionnaire] interview decision'],
  ['said-yes', '2023-06-10', '-letter -questionnaire [interview] decision'],
  ['interview', '2023-06-10', '-letter -questionnaire [interview] decision'],
  ['said-no', '2023-06-10', '-letter -questionnaire [second-letter] closed-if'],
  ['not-returned', '2023-06-10', '-letter -questionnaire [second-letter] closed-if'],
  ['second-letter', '2023-06-10', '-letter -questionnaire [second-letter] closed-if'],
  ['negative', '2023-09-04', '-letter -questionnaire -interview [negative] after-end'],
  ['negative', '2023-09-05', '-letter -questionnaire -interview -negative [after-end]'],
  ['closed', '2023-09-04', '-letter -questionnaire -second-letter [closed] after-end'],
  ['closed', '2023-09-05', '-letter -questionnaire -second-letter -closed [after-end]'],
  ['leave-with-help', '2023-07-31', '[apply] report'],
  ['leave-with-help', '2023-08-01', '[ask-iom] report'],
  ['leave-without-help', '2023-06-10', '[report]'],
])('%s on %s stands at: %s', (place, day, expected) => {
  const marks = { here: (id: string) => `[${id}]`, passed: (id: string) => `-${id}`, coming: (id: string) => id };
  expect(
    at(day, place)
      .place?.steps.map(({ id, position }) => marks[position](id))
      .join(' '),
  ).toBe(expected);
});

test('there is a place for each result of "My next step", and none besides', () => {
  expect([...PLACE_IDS].sort()).toEqual(Object.keys(nextStep.outcomes).sort());
});

test('the picture follows another edition, also where periods overlap', () => {
  const other = {
    ...facts,
    periods: { ...facts.periods, remigration: { first: calendarDay('2023-03-22'), last: calendarDay('2023-12-31') } },
  };
  expect(lineOf(timelineOf(other, calendarDay('2023-03-23')))).toBe('letters:being-sent(*) window:open protection:allowed');
  expect(lineOf(timelineOf(other, calendarDay('2023-09-05')))).toBe('letters:sent window:open(*) protection:ended');
});

describe.each(LANGUAGE_CODES)('in %s', (language) => {
  const texts = textsOf(language);
  const days = ['2023-03-22', '2023-06-10', '2023-09-04', '2024-01-01'];

  test.each(days)('the sentences say every date, every step and the source, on %s', (day) => {
    const periods = Object.values(facts.periods).flatMap((period) => ('first' in period ? [period.first, period.last] : [period.last]));
    for (const place of PLACE_IDS) {
      const timeline = at(day, place);
      const words = timelineWords(timeline, facts, texts, calendarDay(day));
      const said = timelineSentences(timeline, words, texts).join(' ').replaceAll('\u00A0', ' ');
      for (const date of [...periods, day]) expect(said).toContain(formatDay(date, language).replaceAll('\u00A0', ' '));
      for (const step of words.place?.steps ?? []) expect(said).toContain(step.replaceAll('\u00A0', ' '));
      expect(said).not.toMatch(/\{\{|undefined|\.\./u);
    }
  });

  test('only the day on which it is looked at is called today', () => {
    const timeline = at('2023-06-10');
    const seen = (today: string) => timelineWords(timeline, facts, texts, calendarDay(today)).day;
    expect(seen('2023-06-10')).not.toBe(seen('2023-06-11'));
  });
});
