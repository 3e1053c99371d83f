import { isBsn } from './checks.ts';
import { isBirthDate, isDayAndMonth, isYear, yearOfDate } from './dates.ts';
import type { Passed, PersonalData, PersonalDataKind, Reading, Token } from './tokens.ts';
import { holds, type PrivacyWords, plainWords, textAfter, textBefore } from './words.ts';

/** What people put between the digits of one number: up to three of these signs. */
const GAP = /^(?:[^\S\n]|[()./№#\u2010-\u2015\u2212-]){0,3}$/u;
/** So many digits in a row are taken for a number of a person, and so many where a word beside them says of which paper. */
const FEWEST_DIGITS = 7;
/** A date of the procedure in eight digits: 15072023, 20230715. */
const WRITTEN_TOGETHER = /^(?:[0-3]\d(?:0[1-9]|1[0-2])202\d|202\d(?:0[1-9]|1[0-2])[0-3]\d)$/;
const FEWEST_OF_DOCUMENT = 5;
const MOST_OF_V_NUMBER = 11;
/** How far a word may stand before a number to say what it is, and behind it. */
const NEAR = 24;
const CLOSE = 12;
const MOST_SIGNS = 4;

/** Digits in a row, and what stands between them and those before. */
interface Group {
  /** The place of the token. */
  readonly at: number;
  readonly token: Token;
  readonly gap: string;
}

/** Reads a number from its first digits on: its dates are passed by, what is left of it is judged. */
export function passNumber(reading: Reading, at: number, words: PrivacyWords): Passed {
  const { groups, end } = groupsFrom(reading, at);
  const found: PersonalData[] = [];
  let rest: Group[] = [];
  const judgeRest = () => {
    const one = judge(reading, rest, words);
    if (one) found.push(one);
    rest = [];
  };
  const onlyDates = isListOfDates(groups);
  for (let index = 0; index < groups.length; index += 1) {
    const date = dateAt(groups, index, onlyDates);
    if (!date) {
      rest.push(groups[index] as Group);
      continue;
    }
    judgeRest();
    if (isBirthDate(reading, date, words)) found.push({ kind: 'birth-date', from: date.from, to: date.to });
    index += 2;
  }
  judgeRest();
  return { end, found };
}

function groupsFrom({ tokens }: Reading, at: number): { groups: Group[]; end: number } {
  const groups: Group[] = [];
  let end = at;
  for (let next = at, gap = ''; next < tokens.length && GAP.test(gap); next += 1) {
    const token = tokens[next] as Token;
    if (token.kind === 'digits') {
      groups.push({ at: next, token, gap });
      end = next + 1;
      gap = '';
    } else gap += token.text;
  }
  return { groups, end };
}

/** The date of three numbers with the same sign between them from a group on, if there is one. */
function dateAt(groups: readonly Group[], index: number, onlyDates: boolean) {
  const [first, second, third] = groups.slice(index, index + 3);
  if (!first || !second || !third) return undefined;
  const sign = signOf(second);
  if (sign !== signOf(third) || !/^[-./\s–]$/u.test(sign)) return undefined;
  const year = yearOfDate(first.token.text, second.token.text, third.token.text);
  if (year === undefined) return undefined;
  // Between spaces, or with a year of two digits, it may as well be a part of a longer number.
  const next = groups[index + 3];
  const apart = (index === 0 || signOf(first) !== sign) && (!next || signOf(next) !== sign);
  const short = !isYear(first.token.text) && !isYear(third.token.text);
  if (short ? !onlyDates || sign === ' ' : sign === ' ' && !apart) return undefined;
  return { from: first.token.from, to: third.token.to, year };
}

/** Nothing but dates of three numbers each, as "1/6/23 - 31/7/23". */
function isListOfDates(groups: readonly Group[]): boolean {
  if (groups.length % 3 !== 0) return false;
  return groups.every((group, index) => {
    const [, second, third] = groups.slice(index - (index % 3), index - (index % 3) + 3);
    const sign = second && signOf(second);
    if (index % 3 === 0) return index === 0 || signOf(group) !== sign;
    const first = groups[index - (index % 3)];
    return (
      third !== undefined &&
      signOf(group) === sign &&
      yearOfDate(first?.token.text ?? '', second?.token.text ?? '', third.token.text) !== undefined
    );
  });
}

function signOf({ gap }: Group): string {
  return gap.trim() || (gap === '' ? '' : ' ');
}

/** What the digits between the dates are; undefined where they belong to nobody. */
function judge(reading: Reading, whole: readonly Group[], words: PrivacyWords): PersonalData | undefined {
  const groups = withoutYears(whole);
  const [first, last] = [groups[0], groups[groups.length - 1]];
  if (!first || !last || isNumberOfNobody(groups)) return undefined;
  const digits = groups.map(({ token }) => token.text).join('');
  const { to } = last.token;
  const vNumber =
    digits.length >= FEWEST_DIGITS && digits.length <= MOST_OF_V_NUMBER ? startOfVNumber(reading, first.at, words) : undefined;
  if (vNumber !== undefined) return { kind: 'v-number', from: vNumber, to };
  const { from, international } = beginningOf(reading, first.at);
  if (digits.length >= FEWEST_DIGITS && isPublic(digits, words)) return undefined;
  if (international) return digits.length >= FEWEST_DIGITS ? { kind: 'phone', from, to } : undefined;
  const before = textBefore(reading.text, from, NEAR);
  if (isAmount(before, textAfter(reading.text, to, CLOSE), words)) return undefined;
  const kind = kindOf(digits);
  if (kind !== 'bsn' && digits.length >= FEWEST_OF_DOCUMENT && holds(before, words.document))
    return { kind: 'document-number', from: withLetters(reading, first.at), to };
  return digits.length >= FEWEST_DIGITS ? { kind, from: kind === 'phone' ? from : first.token.from, to } : undefined;
}

function kindOf(digits: string): PersonalDataKind {
  if (isBsn(digits)) return 'bsn';
  // A national number of a telephone, with its zero, in Russia with an eight; or one from abroad.
  if (/^00\d{7,13}$/.test(digits) || /^0[1-9]\d{7,9}$/.test(digits) || /^8\d{10}$/.test(digits)) return 'phone';
  return 'digits';
}

/** Years at either end belong to the sentence, "since 2022 0612345678", where enough is left for a number. */
function withoutYears(groups: readonly Group[]): readonly Group[] {
  let from = 0;
  let to = groups.length;
  let left = groups.reduce((sum, { token }) => sum + token.text.length, 0);
  const mayGo = (year: Group | undefined, after: Group | undefined) =>
    from < to - 1 && isRecent(year) && after !== undefined && signOf(after) === ' ' && left - 4 >= FEWEST_DIGITS;
  for (; mayGo(groups[from], groups[from + 1]); from += 1) left -= 4;
  for (; mayGo(groups[to - 1], groups[to - 1]); to -= 1) left -= 4;
  return groups.slice(from, to);
}

function isRecent(group: Group | undefined): boolean {
  return /^20[0-3]\d$/.test(group?.token.text ?? '');
}

function isNumberOfNobody(groups: readonly Group[]): boolean {
  const [one, other] = groups;
  const years = groups.filter(({ token }) => isYear(token.text)).length;
  // A law, as 604/2013 or 2022/382.
  const law = groups.length === 2 && years > 0 && signOf(other as Group) === '/' && (one?.token.text.length ?? 0) <= 4;
  const date = groups.length === 1 && WRITTEN_TOGETHER.test(one?.token.text ?? '');
  return years === groups.length || law || date || isTimesOrDays(groups);
}

/** Pairs and nothing else: times, "14.00 - 20.00", or days and months, "01/06-31/07", perhaps with a year behind. */
function isTimesOrDays(groups: readonly Group[]): boolean {
  const pairs = groups.length % 2 === 1 && isYear(groups[groups.length - 1]?.token.text ?? '') ? groups.slice(0, -1) : groups;
  if (pairs.length === 0 || pairs.length % 2 === 1 || pairs.length > 4) return false;
  return pairs.every((group, index) => {
    if (index % 2 === 0) return index === 0 || signOf(group) !== signOf(pairs[index - 1] as Group);
    const [one, other] = [pairs[index - 1]?.token.text ?? '', group.token.text];
    const time = signOf(group) === '.' && Number(one) <= 24 && one.length <= 2 && /^[0-5]\d$/.test(other);
    return time || (/^[./-]$/.test(signOf(group)) && isDayAndMonth(one, other));
  });
}

/** Where a number begins with its signs, "(+31) 6 …", and whether it is an international one. */
function beginningOf({ tokens }: Reading, at: number): { from: number; international: boolean } {
  let first = at;
  while (first > at - MOST_SIGNS && /^(?:[+(]|\s)$/u.test(tokens[first - 1]?.text ?? '')) first -= 1;
  while (first < at && tokens[first]?.kind === 'space') first += 1;
  return { from: tokens[first]?.from ?? 0, international: tokens.slice(first, at).some(({ text }) => text === '+') };
}

/** Where the number of a document begins whose digits stand at a token: at the capitals before them, or the letters written onto them. */
function withLetters({ tokens }: Reading, at: number): number {
  const onto = tokens[at - 1];
  if (onto?.kind === 'word') return onto.text.length <= 3 ? onto.from : (tokens[at]?.from ?? 0);
  const apart = /^[\s-]$/u.test(onto?.text ?? '') ? tokens[at - 2] : undefined;
  return apart && /^\p{Lu}{1,3}$/u.test(apart.text) ? apart.from : (tokens[at]?.from ?? 0);
}

/** Where a V-number begins whose digits stand at a token: at its V, or at the word before that. */
function startOfVNumber({ tokens }: Reading, at: number, { number }: PrivacyWords): number | undefined {
  let index = at - 1;
  const skip = (signs: RegExp, most: number) => {
    for (let count = 0; count < most && signs.test(tokens[index]?.text ?? ''); count += 1) index -= 1;
  };
  const isNumberWord = () => tokens[index]?.kind === 'word' && number.includes(plainWords(tokens[index]?.text ?? ''));
  skip(/^(?:\s+|[:#=.№–-])$/u, 4);
  if (tokens[index]?.text.toLowerCase() === 'is') index -= 1;
  skip(/^(?:\s+|[:#=.-])$/u, 2);
  if (isNumberWord()) {
    index -= 1;
    skip(/^(?:\s+|[.-])$/u, 2);
  }
  const letter = tokens[index];
  const written = plainWords(letter?.text ?? '');
  if (letter?.kind !== 'word' || !(/^[vв]$/u.test(written) || (/^[vв]/u.test(written) && number.includes(written.slice(1)))))
    return undefined;
  index -= 1;
  skip(/^\s+$/u, 1);
  return isNumberWord() ? tokens[index]?.from : letter.from;
}

/** A sum of money says so before the number or behind it. */
function isAmount(before: string, after: string, { money }: PrivacyWords): boolean {
  return /[$€₴₺£]\s?$/u.test(before) || /^\s?[$€₴₺£]/u.test(after) || holds(lastWord(before), money) || holds(firstWord(after), money);
}

function lastWord(text: string): string {
  return /[\p{L}\p{M}]+\W?$/u.exec(text)?.[0] ?? '';
}

function firstWord(text: string): string {
  return /^[^\p{L}\d]?([\p{L}\p{M}]+)/u.exec(text)?.[1] ?? '';
}

/** A number of an organisation, in its national form or from abroad. */
function isPublic(digits: string, { phones }: PrivacyWords): boolean {
  const national = digits.replace(/^(?:00)?31(?=\d{9,10}$)0?/, '0');
  return national.length <= 11 && phones.some((phone) => national.startsWith(phone));
}
