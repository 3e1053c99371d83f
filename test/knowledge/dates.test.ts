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
    ['may I work tomorrow morning', '2023-06-11'],
    ['can I still ask in the evening of 4 September', '2023-09-04'],
    ['may I come on Sunday evening', '2023-06-11'],
    ['can I sleep there in the night of 31 July', '2023-07-31'],
    ['is it open on 3 August at 5 pm', '2023-08-03'],
    ['every Monday they ask me to leave', ''],
    ['in 2 hours', ''],
    ['what may happen to people who may stay', ''],
    ['and what about May?', '2023-05-01..2023-05-31'],
    ['the letter came end May', '2023-05-01..2023-05-31'],
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

describe.each<[string, [string, string][]]>([
  [
    'fr',
    [
      ['puis-je demander le 15 juillet', '2023-07-15'],
      ['31/07 dernier jour ou pas', '2023-07-31'],
      ['le 1er août', '2023-08-01'],
      ['dans trois semaines', '2023-07-01'],
      ['après-demain', '2023-06-12'],
      ['la semaine prochaine', '2023-06-12..2023-06-18'],
      ['vendredi de la semaine prochaine', '2023-06-16'],
      ['fin juillet', '2023-07-31'],
      ['mi-août', '2023-08-15'],
      ['du 25 juillet au 5 août', '2023-07-25..2023-08-05'],
      ['puis-je rester après le 4 septembre', '2023-09-05'],
      ['refusé hier, je peux rester', ''],
      ['puis-je travailler', ''],
    ],
  ],
  [
    'ru',
    [
      ['можно подать 15 июля', '2023-07-15'],
      ['до 31.07.2023', '2023-07-31'],
      ['через три недели', '2023-07-01'],
      ['через неделю', '2023-06-17'],
      ['через месяц', '2023-07-10'],
      ['на следующей неделе', '2023-06-12..2023-06-18'],
      ['на следующей неделе в пятницу', '2023-06-16'],
      ['в конце июля', '2023-07-31'],
      ['в августе', '2023-08-01..2023-08-31'],
      ['с 25 июля по 5 августа', '2023-07-25..2023-08-05'],
      ['после 4 сентября', '2023-09-05'],
      ['15 iyulya mozhno', '2023-07-15'],
      ['послезавтра', '2023-06-12'],
      ['отказали вчера', ''],
    ],
  ],
  [
    'uk',
    [
      ['чи можна 15 липня', '2023-07-15'],
      ['31.07 можна', '2023-07-31'],
      ['через два тижні', '2023-06-24'],
      ['наступного тижня', '2023-06-12..2023-06-18'],
      ['у п’ятницю', '2023-06-16'],
      ['наприкінці липня', '2023-07-31'],
      ['у вересні', '2023-09-01..2023-09-30'],
      ['після 4 вересня', '2023-09-05'],
      ['20 serpnya', '2023-08-20'],
      ['завтра', '2023-06-11'],
      ['учора відмовили', ''],
    ],
  ],
  [
    'tr',
    [
      ["15 Temmuz'da başvurabilir miyim", '2023-07-15'],
      ['20 ağustosta burada olabilir miyim', '2023-08-20'],
      ["1 Ekim 2023'te", '2023-10-01'],
      ['3 hafta sonra', '2023-07-01'],
      ['haftaya cuma', '2023-06-16'],
      ['gelecek hafta', '2023-06-12..2023-06-18'],
      ['yarın', '2023-06-11'],
      ['temmuz sonu', '2023-07-31'],
      ['temmuz sonuna kadar', '2023-07-31'],
      ['eylülde', '2023-09-01..2023-09-30'],
      ['4 eylülden sonra kalabilir miyim', '2023-09-05'],
      ['31.07.2023', '2023-07-31'],
      ['dün reddedildim', ''],
    ],
  ],
  [
    'fa',
    [
      ['۱۵ ژوئیه می‌توانم درخواست بدهم', '2023-07-15'],
      ['به تاریخ ۳۱ جولای', '2023-07-31'],
      ['۱ اوت', '2023-08-01'],
      ['۲۰ آگست', '2023-08-20'],
      ['سه هفته دیگر', '2023-07-01'],
      ['هفته آینده', '2023-06-12..2023-06-18'],
      ['جمعه هفته آینده', '2023-06-16'],
      ['پس فردا', '2023-06-12'],
      ['آخر ژوئیه', '2023-07-31'],
      ['بعد از ۴ سپتامبر', '2023-09-05'],
      ['۲۰۲۳/۰۸/۰۱', '2023-08-01'],
      ['دیروز رد شدم', ''],
    ],
  ],
])('%s', (language, cases) => {
  test.each(cases)('%s', (text, expected) => expect(days(language, text)).toBe(expected));
});

test('a date without a year is the one nearest to the periods of the edition, even years later', () => {
  expect(days('en', 'may I work on 1 August', '2026-11-24')).toBe('2023-08-01');
  expect(days('nl', 'mag dat op 15 juli', '2026-11-24')).toBe('2023-07-15');
  expect(days('en', 'on 1 January', '2026-11-24')).toBe('2023-01-01');
});
