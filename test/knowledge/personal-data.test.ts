import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPersonalData, type PersonalDataKind, withoutPersonalData } from '../../knowledge/privacy/personal-data.ts';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { stepsOf } from '../privacy/steps.ts';

/** Each row: the kind, and a text in which « » mark what is personal. */
test.each<[PersonalDataKind, string]>([
  ['email', 'write to «amina.o+x@mail.example.org», please'],
  ['email', 'mijn mail is «amina (at) example.org»'],
  ['phone', 'call me at «+31 6 12345678»'],
  ['phone', 'bel «06-12 34 56 78» na 4 september 2023'],
  ['phone', 'tel «0612345678»'],
  ['phone', '«(020) 123 45 67» is my lawyer'],
  ['phone', 'мой номер «+380 (44) 123-45-67»'],
  ['phone', 'رقمي «٠٦١٢٣٤٥٦٧٨»'],
  ['phone', 'شماره من «+۹۸ ۹۱۲ ۱۲۳ ۴۵۶۷»'],
  ['v-number', 'my «V-number 1234567890» and the letter'],
  ['v-number', '«V1234567890» what is my status'],
  ['v-number', 'mijn «v-nummer: 123.456.7890»'],
  ['v-number', 'мой «V-номер 1234567890»'],
  ['v-number', '«رقم V 1234567890» رسالتي'],
  ['v-number', '«شماره V: ۱۲۳۴۵۶۷۸۹۰» من'],
  ['bsn', 'bsn «111222333» klopt dat'],
  ['bsn', 'BSN «123 456 782»'],
  ['bsn', 'برقم «١٢٣٤٥٦٧٨٢»'],
  ['birth-date', 'I was born on «12-03-1994», may I stay?'],
  ['birth-date', 'ik ben geboren op «1 maart 2015»'],
  ['birth-date', 'née le «3 juin 1988»'],
  ['birth-date', 'дата рождения «05.11.1990»'],
  ['birth-date', 'تاريخ الميلاد «٣/٤/١٩٨٥»'],
  ['birth-date', 'doğum tarihim «7 Mayıs 1999»'],
  ['birth-date', '«1994-03-12», Nigeria'],
  ['iban', 'on «NL91 ABNA 0417 1643 00» please'],
  ['iban', 'naar «nl91abna0417164300»'],
  ['iban', 'UA account «DE89 3704 0044 0532 0130 00»'],
  ['document-number', 'passport «A12345678» is lost'],
  ['document-number', 'паспорт «ЕК 123456»'],
  ['document-number', 'ID «SPECI2014»'],
  ['document-number', 'my card «NX1B2C3D4» is not valid'],
  ['document-number', 'zaak «12345678901234»'],
  ['digits', 'nr «12345678901234»'],
  ['digits', 'case «4567 8901 23»'],
])('%s: %s', (kind, marked) => {
  const text = marked.replace(/[«»]/gu, '');
  expect(withoutPersonalData(text)).toBe(marked.replace(/«[^»]*»/gu, '…'));
  expect(findPersonalData(text).map((one) => one.kind)).toEqual([kind]);
});

test.each([
  'Can I apply on 15-07-2023 or 15/07/23?',
  'From 2023-06-01 to 2023-07-31, 1 June 2023 until 31 July 2023',
  'от 01.06.2023 до 31.07.2023 можно?',
  'between 20 and 24 March 2023',
  'من 1 يونيو 2023 حتى ٣١ يوليو ٢٠٢٣',
  'از ۱ ژوئن ۲۰۲۳ تا ۳۱ ژوئیهٔ ۲۰۲۳',
  'on 01-06-2023 31-07-2023 I was away',
  'article 29 and 3.105 of the law of 2000',
  'directive 2001/55/EC',
  'I studied from 2019 2020 2021 2022 in Kharkiv',
  'covid19 ukraine2022 4september2023 15juli2023',
  'at 14.00 or 20:00 on 9 June',
  'I have 3 children of 2, 5 and 12 years',
  'is 1000 euro or 10 000 euro right?',
  'in 2023 can i apply for asylum 2 times',
  'Friday 9 June 20.00 to Sunday 11 June 14.00',
  'can I apply on 15072023 or 20230715?',
  'my V-number is on the letter',
  'what is my bsn for?',
])('%s: nothing of it is personal', (text) => {
  expect(findPersonalData(text)).toEqual([]);
  expect(withoutPersonalData(text)).toBe(text);
});

test('several kinds in one text, in their order, and no digit is left', () => {
  const text = 'I am born 12-03-1994, V-number 1234567890, call 0612345678 or mail a@b.nl before 31-07-2023';
  expect(findPersonalData(text).map(({ kind }) => kind)).toEqual(['birth-date', 'v-number', 'phone', 'email']);
  expect(withoutPersonalData(text)).toBe('I am born …, …, call … or mail … before 31-07-2023');
});

test('digits of two places, gaps that cannot be seen: nothing gets through', () => {
  expect(withoutPersonalData('nr 1\u200B2\u200B3\u200B4\u200B5\u200B6\u200B7\u200B8')).toBe('nr …');
  expect(withoutPersonalData('nr \u{1D7CF}\u{1D7D0}\u{1D7D1}\u{1D7D2}\u{1D7D3}\u{1D7D4}\u{1D7D5}\u{1D7D6} x')).toMatch(/^nr … ?x$/u);
});

/** What is hard to read, to be repeated: beginnings of everything that is looked for, and nothing that ends it. */
const HARD = [
  '1-',
  'a.',
  '+0 ',
  'V v-',
  'a@',
  '( at ',
  '12 ab ',
  'a1',
  '2023 ',
  'NL91 ABNA ',
  '12-03-1994 ',
  'born 1 ',
  '1   ',
  'x',
  '\u200B1',
  'AB 12345 ',
];

test.each(HARD)('the steps grow with the length of the text and no faster: %j', async (part) => {
  const steps = (length: number) => stepsOf(/knowledge\/privacy/u, () => findPersonalData(part.repeat(Math.ceil(length / part.length))));
  await steps(2_000);
  const [short, long] = [await steps(2_000), await steps(8_000)];
  expect(short).toBeGreaterThan(0);
  expect(long / short).toBeLessThan(4.5);
});

test('in the questions of the knowledge only long numbers are taken for personal data', () => {
  const folder = join(__dirname, '..', '..', 'knowledge', 'questions');
  const lines = LANGUAGE_CODES.flatMap((language) =>
    readdirSync(join(folder, language)).flatMap((name) => readFileSync(join(folder, language, name), 'utf8').split('\n')),
  );
  expect(lines.length).toBeGreaterThan(2000);
  const found = lines.filter((line) => findPersonalData(line).length > 0);
  expect(found.filter((line) => !/\d{6,}/u.test(line))).toEqual([]);
});
