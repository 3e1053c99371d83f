import { calendarDay } from '../../knowledge/calendar/day.ts';
import { daysAskedAbout } from '../../knowledge/dates/index.ts';
import { loadDateWords } from '../../knowledge/dates/words.ts';
import { KNOWLEDGE_PATHS } from '../../knowledge/paths.ts';

const words = loadDateWords(KNOWLEDGE_PATHS.dateWords);
const around = { first: calendarDay('2023-03-20'), last: calendarDay('2023-09-04') };

/** Saturday 10 June 2023, the day after the edition. */
const TODAY = '2023-06-10';

function days(language: string, text: string, today = TODAY): string {
  const found = daysAskedAbout(text, language, words, { today: calendarDay(today), around });
  if (!found) return '';
  return found.first === found.last ? found.first : `${found.first}..${found.last}`;
}

describe('English', () => {
  test.each([
    ['may I apply on 15 July', '2023-07-15'],
    ['is 15/07 ok', '2023-07-15'],
    ['is 04/09/2023 the last day', '2023-09-04'],
    ['can I work on August 1st?', '2023-08-01'],
    ['2023-08-01 is that fine', '2023-08-01'],
    ['can I still come in three weeks', '2023-07-01'],
    ['in 10 days?', '2023-06-20'],
    ['in a month', '2023-07-10'],
    ['tomorrow', '2023-06-11'],
    ['next week', '2023-06-12..2023-06-18'],
    ['between 25 July and 5 August', '2023-07-25..2023-08-05'],
    ['from 1 to 31 July', '2023-07-01..2023-07-31'],
    ['at the end of July', '2023-07-31'],
    ['may I stay after 4 September', '2023-09-05'],
    ['until 4 September?', '2023-09-04'],
    ['do I have to leave by 31 July', '2023-07-31'],
    ['on Friday', '2023-06-16'],
    ['They refused me yesterday, may I stay?', ''],
    ['I got it 3 weeks ago', ''],
    ['They refused me on 12 June. May I still be here on August 20th?', '2023-08-20'],
    ['may I work today', ''],
    ['may I work', ''],
    ['the letter came in spring', ''],
    ['my number is 281 555 1234', ''],
    ['31 February', ''],
  ])('%s', (text, expected) => expect(days('en', text)).toBe(expected));
});

describe('Dutch', () => {
  test.each([
    ['mag dat op 15 juli', '2023-07-15'],
    ['remigratie aanvragen op 31-7-2023', '2023-07-31'],
    ['kan het 15/07', '2023-07-15'],
    ['kan het op 31.07', '2023-07-31'],
    ['om 9.30 uur', ''],
    ['overmorgen', '2023-06-12'],
    ['over drie weken', '2023-07-01'],
    ['over 3 weken', '2023-07-01'],
    ['over een maand', '2023-07-10'],
    ['volgende week', '2023-06-12..2023-06-18'],
    ['volgende week vrijdag', '2023-06-16'],
    ['komende vrijdag', '2023-06-16'],
    ['van 25 juli tot 5 augustus', '2023-07-25..2023-08-05'],
    ['van 25 tot en met 31 juli', '2023-07-25..2023-07-31'],
    ['eind juli', '2023-07-31'],
    ['half augustus', '2023-08-15'],
    ['in september', '2023-09-01..2023-09-30'],
    ['mag hij na 4 september blijven', '2023-09-05'],
    ['1 sept 2023', '2023-09-01'],
    ['de 1e augustus', '2023-08-01'],
    ['gisteren afgewezen, mag hij blijven', ''],
    ['mag ik werken', ''],
    ['vandaag nog', ''],
  ])('%s', (text, expected) => expect(days('nl', text)).toBe(expected));
});

describe('Arabic, in all its month names and digits', () => {
  test.each([
    ['هل يمكنني التقديم يوم 15 يوليو', '2023-07-15'],
    ['هل يمكنني التقديم يوم ١٥ يوليو؟', '2023-07-15'],
    ['في ١٥ تموز', '2023-07-15'],
    ['نهار 31 جويلية', '2023-07-31'],
    ['نهار 31 يوليوز', '2023-07-31'],
    ['بقدر اشتغل ب 20 آب', '2023-08-20'],
    ['في 1 غشت', '2023-08-01'],
    ['يوم 1 أوت', '2023-08-01'],
    ['٣١/٧/٢٠٢٣', '2023-07-31'],
    ['1/10/2023', '2023-10-01'],
    ['بعد ثلاثة أسابيع', '2023-07-01'],
    ['بعد أسبوعين', '2023-06-24'],
    ['بعد 3 أيام', '2023-06-13'],
    ['بعد شهر', '2023-07-10'],
    ['غدا', '2023-06-11'],
    ['بكرا', '2023-06-11'],
    ['بعد غد', '2023-06-12'],
    ['الأسبوع القادم', '2023-06-12..2023-06-18'],
    ['من 25 يوليو إلى 5 أغسطس', '2023-07-25..2023-08-05'],
    ['هل يمكنني البقاء بعد 4 سبتمبر', '2023-09-05'],
    ['نهاية يوليو', '2023-07-31'],
    ['يوم الجمعة', '2023-06-16'],
    ['رفضوني امس', ''],
    ['هل يمكنني العمل', ''],
    ['هل يمكنني العمل اليوم', ''],
  ])('%s', (text, expected) => expect(days('ar', text)).toBe(expected));
});

test('a date without a year is the one nearest to the periods of the edition, even years later', () => {
  expect(days('en', 'may I work on 1 August', '2026-11-24')).toBe('2023-08-01');
  expect(days('nl', 'mag dat op 15 juli', '2026-11-24')).toBe('2023-07-15');
  expect(days('en', 'on 1 January', '2026-11-24')).toBe('2023-01-01');
});
