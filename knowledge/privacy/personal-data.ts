import { join } from 'node:path';
import { z } from 'zod';
import { readYaml } from '../files/read-yaml.ts';
import { asciiDigits } from '../matching/normalise.ts';
import { KNOWLEDGE_PATHS } from '../paths.ts';

export type PersonalDataKind = 'email' | 'iban' | 'birth-date' | 'v-number' | 'bsn' | 'phone' | 'document-number' | 'digits';

/** A part of a text that may tell who a person is: the characters from `from` up to `to`, which is not of it. */
export interface PersonalData {
  readonly kind: PersonalDataKind;
  readonly from: number;
  readonly to: number;
}

/** What stands in the place of what was taken out. */
const TAKEN_OUT = '…';
/** Who is asked about a procedure of grown people was born before; the dates of the procedure lie behind it. */
const LAST_YEAR_OF_BIRTH = 2010;
/** How far before a date a word about birth may stand. */
const BEFORE_A_DATE = 24;
const SHORTEST_RUN = 7;

/** What people put between digits, and what cannot be seen there. */
const GAP = String.raw`[\s().\u2010-\u2015\u200B-\u200F\u2060-]`;
// A year of two digits with more digits around it belongs to a number: 06-12 34 56 78.
const DAY = String.raw`(?<!\d)(?:\d{1,2}[-./ ]\d{1,2}[-./ ]\d{4}|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}/\d{1,2}/\d{2})(?!\d)|(?<!\d[ .-]?)\d{1,2}[-. ]\d{1,2}[-. ]\d{2}(?![ .-]?\d)`;
const NAMED_DAY = String.raw`(?<!\d)\d{1,2}(?:st|nd|rd|th|er|e)?[. ]*\p{L}[\p{L}\p{M}\u200C]{1,14}[., ]*\d{4}(?!\d)|(?<!\p{L})\p{L}{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}(?!\d)`;
const DATES = new RegExp(`${DAY}|${NAMED_DAY}`, 'gu');
const YEARS = /(?<!\p{L}|\d[ .-]?)(?:19|20)\d{2}(?:[ /,-]{1,3}(?:19|20)\d{2})*(?![ .-]?\d)/gu;

const words = readYaml(
  join(KNOWLEDGE_PATHS.privacy, 'words.yaml'),
  z.strictObject({ birth: z.array(z.string()), number: z.array(z.string()) }),
).data;
const BIRTH = new RegExp(`(?<!\\p{L})(?:${words.birth.join('|')})`, 'iu');
const OF_NUMBER = `(?:${words.number.join('|')})`;

/** The kinds that have a form of their own, in the order in which they are looked for; what one has found, the next does not see. */
const FORMS: readonly { kind: PersonalDataKind; form: RegExp; is?: (found: string) => boolean }[] = [
  {
    kind: 'email',
    form: /[\p{L}\p{N}._%+-]+\s?(?:@|[([{]\s?(?:at|@)\s?[)\]}])\s?[\p{L}\p{N}-]+(?:\s?(?:\.|[([{]\s?dot\s?[)\]}])\s?[\p{L}\p{N}-]+)+/giu,
  },
  { kind: 'iban', form: /(?<![\p{L}\d])NL[ .-]?\d{2}[ .-]?[A-Z]{4}(?:[ .-]?\d){10}(?!\d)/giu },
  { kind: 'iban', form: /(?<![\p{L}\d])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![\p{L}\d])/giu, is: isIban },
  {
    kind: 'v-number',
    form: new RegExp(
      `(?<![\\p{L}\\d])(?:${OF_NUMBER}\\s*)?[VВ]${GAP}{0,3}(?:${OF_NUMBER})?[\\s:#=.]{0,4}(?:is|:)?\\s*\\d(?:${GAP}{0,2}\\d){6,10}(?!\\d)`,
      'giu',
    ),
  },
  { kind: 'phone', form: new RegExp(`(?<![\\d\\p{L}])(?:\\+|00)${GAP}?[1-9](?:[/]?${GAP}{0,3}\\d){7,14}(?!\\d)`, 'gu') },
  { kind: 'phone', form: new RegExp(`(?<![\\d\\p{L}])\\(?0[1-9](?:[/]?${GAP}{0,3}\\d){7,9}(?!\\d)`, 'gu'), is: (found) => !isBsn(found) },
  { kind: 'bsn', form: new RegExp(`(?<![\\d\\p{L}])\\d(?:${GAP}?\\d){7,8}(?!\\d)`, 'gu'), is: isBsn },
  // A passport or a card: letters and digits of one number, as "AB 1234567" or "NX1B2C3D4".
  { kind: 'document-number', form: /(?<![\p{L}\d])\p{Lu}{1,3}[ -]?\d{5,9}\p{Lu}?(?![\p{L}\d])/gu },
  { kind: 'document-number', form: /(?<![\p{L}\d])[\p{L}\d]{7,14}(?![\p{L}\d])/gu, is: isMixed },
  { kind: 'digits', form: new RegExp(`\\d(?:${GAP}{0,2}\\d){${SHORTEST_RUN - 1},}`, 'gu') },
];

/**
 * Finds what may tell who a person is: addresses of e-mail, numbers of telephones, accounts, files and documents, dates
 * of birth, long runs of digits in any script. Dates of the procedure, years and numbers of articles are none. It reads
 * forms, not meanings: a name or a street is not found. In the order of the text; no two overlap.
 */
export function findPersonalData(text: string): PersonalData[] {
  // Digits of any script as ASCII ones, at the same places; what takes two places leaves a gap.
  let left = text.replace(/\p{Nd}/gu, (digit) => asciiDigits(digit).padEnd(digit.length, '-'));
  const found: PersonalData[] = [];
  const hide = (from: number, to: number) => {
    left = `${left.slice(0, from)}${'\u0000'.repeat(to - from)}${left.slice(to)}`;
  };
  const take = (kind: PersonalDataKind, from: number, length: number) => {
    // A digit of two places is not cut in the middle.
    const to = from + length + (/[\uDC00-\uDFFF]/.test(text[from + length] ?? '') ? 1 : 0);
    found.push({ kind, from, to });
    hide(from, to);
  };
  for (const { kind, form, is } of FORMS.slice(0, 2))
    for (const match of left.matchAll(form)) if (is?.(match[0]) ?? true) take(kind, match.index, match[0].length);
  for (const match of left.matchAll(DATES)) {
    if (isDateOfBirth(match[0], left.slice(Math.max(0, match.index - BEFORE_A_DATE), match.index)))
      take('birth-date', match.index, match[0].length);
    else if (isDate(match[0])) hide(match.index, match.index + match[0].length);
  }
  for (const match of left.matchAll(YEARS)) hide(match.index, match.index + match[0].length);
  for (const { kind, form, is } of FORMS.slice(2))
    for (const match of left.matchAll(form)) if (is?.(match[0]) ?? true) take(kind, match.index, match[0].length);
  return found.sort((one, other) => one.from - other.from);
}

/** The text without what may tell who a person is; "…" stands in its place. */
export function withoutPersonalData(text: string): string {
  let rest = text;
  for (const { from, to } of findPersonalData(text).reverse()) rest = `${rest.slice(0, from)}${TAKEN_OUT}${rest.slice(to)}`;
  return rest;
}

function isDateOfBirth(date: string, before: string): boolean {
  const year = Number(/\d{4}/u.exec(date)?.[0] ?? Number.NaN);
  return (year >= 1900 && year <= LAST_YEAR_OF_BIRTH) || BIRTH.test(before);
}

/** Eight digits with gaps may also be a number: a date has a day and a month. */
function isDate(date: string): boolean {
  const numbers = date.match(/\d+/gu)?.map(Number) ?? [];
  if (/\p{L}/u.test(date)) return (numbers[0] ?? 0) <= 31;
  const [first = 0, second = 0, third = 0] = numbers;
  return first > 31 ? second <= 12 && third <= 31 : first <= 31 && second <= 31 && Math.min(first, second) <= 12;
}

/** The citizen service number: nine digits (a leading zero is often left out) that pass the test of eleven. */
function isBsn(text: string): boolean {
  const digits = text.replace(/\D/gu, '').padStart(9, '0');
  if (digits.length !== 9 || /^0+$/u.test(digits)) return false;
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index === 8 ? -1 : 9 - index), 0);
  return sum % 11 === 0;
}

/** The check of ISO 13616: letters as numbers, the first four at the end, 1 over by 97. */
function isIban(text: string): boolean {
  const plain = text.replace(/ /gu, '').toUpperCase();
  const moved = `${plain.slice(4)}${plain.slice(0, 4)}`.replace(/[A-Z]/gu, (letter) => String(letter.charCodeAt(0) - 55));
  return plain.length >= 15 && BigInt(moved) % 97n === 1n;
}

/** Letters and at least four digits in one word that is no date written together and no word with a year. */
function isMixed(text: string): boolean {
  const digits = text.replace(/\D/gu, '').length;
  if (digits < 4 || digits === text.length) return false;
  return (
    !/^\d{1,2}\p{L}+(?:19|20)\d{2}$/u.test(text) && !/^\p{Ll}{3,}(?:19|20)\d{2}$/u.test(text) && !/^(?:19|20)\d{2}\p{Ll}+$/u.test(text)
  );
}
