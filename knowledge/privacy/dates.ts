import type { Passed, Reading } from './tokens.ts';
import { holds, type PrivacyWords, plainWords, textAfter, textBefore } from './words.ts';

/** Who asks about a procedure of grown people was born before; the dates of the procedure lie behind it. */
const LAST_YEAR_OF_BIRTH = 2010;
/** The same in the Persian calendar. */
const LAST_PERSIAN_YEAR_OF_BIRTH = 1388;
/** From this year on a date belongs to the procedure, unless it is said at once that somebody was born on it. */
const FIRST_YEAR_OF_PROCEDURE = 2022;
/** How far a word about birth may stand before the date of birth of a grown person, and behind a date. */
const BEFORE = 40;
const BEHIND = 24;
/** A date with the name of its month has no more tokens, and so many letters between day and year: "1st of September", "1 تشرين الأول". */
const LONGEST_DATE = 12;
const MOST_LETTERS = 24;

/** A place in a text, with the year of the date that stands there. */
export interface DatePlace {
  readonly from: number;
  readonly to: number;
  readonly year: number;
}

/** Is it said that somebody was born on this date? Also where an old date stands alone between commas or brackets, as in a form. */
export function isBirthDate({ text }: Reading, { from, to, year }: DatePlace, words: PrivacyWords): boolean {
  const old = year <= LAST_PERSIAN_YEAR_OF_BIRTH || (year >= 1900 && year <= LAST_YEAR_OF_BIRTH);
  const before = textBefore(text, from, BEFORE);
  if (holds(old ? before : lastTwoWords(before), words.birth)) return true;
  if (year < FIRST_YEAR_OF_PROCEDURE && holds(textAfter(text, to, BEHIND), words.birth)) return true;
  return old && standsAlone(text, from, to) && !holds(before, words.law);
}

/** "born on", "date of birth is"; nothing where a comma parts them from what follows. */
function lastTwoWords(text: string): string {
  return /[,،;]\s*$/u.test(text) ? '' : plainWords(text).split(' ').slice(-2).join(' ');
}

function standsAlone(text: string, from: number, to: number): boolean {
  return /(?:^|[\n,،;؛:(|])\s*$/u.test(text.slice(Math.max(0, from - 3), from)) && /^\s*(?:$|[\n,،;؛.)|])/u.test(text.slice(to, to + 3));
}

/** A year as people write it with four digits, in the common calendar or the Persian one. */
export function isYear(digits: string): boolean {
  return /^(?:(?:19|20)\d\d|1[34]\d\d)$/.test(digits);
}

/** The year of a date of three numbers in any order that people use; undefined where it is none. Years of two digits are read as near as they can be. */
export function yearOfDate(first: string, second: string, third: string): number | undefined {
  if (isYear(first)) return isDayAndMonth(third, second) ? Number(first) : undefined;
  if (/^[4-9]\d$/.test(first)) return isDayAndMonth(third, second) ? Number(first) + 1900 : undefined;
  if (!isDayAndMonth(first, second)) return undefined;
  if (isYear(third)) return Number(third);
  return third.length === 2 ? Number(third) + (third > '30' ? 1900 : 2000) : undefined;
}

/** A day and a month, as numbers of one or two digits, in this order or in the American one. */
export function isDayAndMonth(one: string, other: string): boolean {
  if (one.length > 2 || other.length > 2) return false;
  const [less = 0, more = 0] = [Number(one), Number(other)].sort((a, b) => a - b);
  return less >= 1 && less <= 12 && more <= 31;
}

/** A date with the name of its month from a token on, "12 March 1994" or "March 12, 1994": passed by, or found where it is one of birth. */
export function passNamedDate(reading: Reading, at: number, words: PrivacyWords): Passed | undefined {
  const { tokens } = reading;
  const first = tokens[at];
  const end = first?.kind === 'digits' ? endAfterDay(reading, at) : first?.kind === 'word' ? endAfterMonth(reading, at) : undefined;
  const last = end === undefined ? undefined : tokens[end - 1];
  if (end === undefined || !first || !last) return undefined;
  const place = { from: first.from, to: last.to, year: Number(last.text) };
  const { from, to } = place;
  return { end, found: isBirthDate(reading, place, words) ? [{ kind: 'birth-date', from, to }] : [] };
}

/** Where a date ends that begins with its day: then come one or two words, with what belongs to the day before them, and the year. */
function endAfterDay({ tokens }: Reading, at: number): number | undefined {
  if (!isDay(tokens[at]?.text)) return undefined;
  let letters = 0;
  for (let index = at + 1; index < at + LONGEST_DATE; index += 1) {
    const token = tokens[index];
    if (token?.kind === 'digits') return letters >= 2 && isYear(token.text) ? index + 1 : undefined;
    if (!token || (token.kind === 'sign' && !/^[.,'’/-]$/u.test(token.text))) return undefined;
    if (token.kind === 'word') letters += token.text.length;
    if (letters > MOST_LETTERS) return undefined;
  }
  return undefined;
}

/** Where a date ends that begins with the name of its month: then come the day, perhaps a comma, and the year. */
function endAfterMonth({ tokens }: Reading, at: number): number | undefined {
  const length = tokens[at]?.text.length ?? 0;
  if (length < 3 || length > 12) return undefined;
  const after = (index: number, skipped: RegExp) => {
    let next = index;
    while (next < at + LONGEST_DATE && skipped.test(tokens[next]?.text ?? '')) next += 1;
    return next;
  };
  const day = after(at + 1, /^[\s.]+$/u);
  if (day === at + 1 || !isDay(tokens[day]?.text)) return undefined;
  const year = after(day + 1, /^(?:[\s,،]+|st|nd|rd|th)$/u);
  return year > day + 1 && tokens[year]?.kind === 'digits' && isYear(tokens[year].text) ? year + 1 : undefined;
}

function isDay(text: string | undefined): boolean {
  return text !== undefined && /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= 31;
}
