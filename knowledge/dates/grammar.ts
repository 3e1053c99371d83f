import { addDays, addMonths, type CalendarDay, calendarDay, endOfMonth, weekdayOf } from '../calendar/day.ts';
import { asciiDigits } from '../matching/digits.ts';
import { normalise, tokens } from '../matching/normalise.ts';
import { type DateContext, type NamedDays, singleDay } from './days.ts';
import type { DateSign, DateUnit, DateWords, SignKind } from './words.ts';
import { isoDay, nearestYear } from './year.ts';

/** Days found in the text, with the words that they take up. */
interface Found extends NamedDays {
  readonly from: number;
  readonly to: number;
  /** A day of the week, or a week that stands beside one: "vendredi de la semaine prochaine". */
  readonly part?: 'weekday' | 'week';
}

const NUMERIC = /\b(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})([/.-])(\d{1,2})(?:\5(\d{4}|\d{2}))?)\b/gu;
const NUMERIC_WORD = 'numericdate';
const DAY_NUMBER = /^(\d{1,2})(?:e|de|ste|er|st|nd|rd|th)?$/u;

/**
 * The days that a text names, in the order of the text, by the date words of its language: the small grammar for
 * languages that the recognizer does not have. What only looks back ("yesterday") is left out.
 */
export function grammarDays(text: string, language: DateWords, context: DateContext): NamedDays[] {
  const numeric: NamedDays[] = [];
  const plain = asciiDigits(text).replace(NUMERIC, (whole, ...parts) => {
    const day = numericDay(parts as (string | undefined)[], context);
    if (!day) return whole;
    numeric.push(singleDay(day));
    return ` ${NUMERIC_WORD} `;
  });
  const words = tokens(normalise(plain));
  const reader = new Reader(words, numeric, language, context);
  return joinRanges(joinWeeks(reader.readAll()), reader).map(({ first, last }) => ({ first, last }));
}

function numericDay(parts: readonly (string | undefined)[], { around }: DateContext): CalendarDay | undefined {
  const [isoYear, isoMonth, isoDate, first, separator, second, year] = parts;
  if (isoYear) return isoDay(Number(isoYear), Number(isoMonth), Number(isoDate));
  // "9.30" is a time or a price unless the month is written with two digits or a year follows.
  if (separator === '.' && !year && second?.length !== 2) return undefined;
  const american = Number(second) > 12 && Number(first) <= 12 && separator !== '.';
  const [day, month] = american ? [Number(second), Number(first)] : [Number(first), Number(second)];
  return year ? isoDay(Number(year), month, day) : nearestYear(month, day, around);
}

/** Reads the words of a text from left to right, trying the longest form of a date first. */
class Reader {
  readonly #words: readonly string[];
  readonly #numeric: NamedDays[];
  readonly #language: DateWords;
  readonly #context: DateContext;
  readonly #signs: (DateSign & { length: number })[][] = [];

  constructor(words: readonly string[], numeric: NamedDays[], language: DateWords, context: DateContext) {
    this.#words = words;
    this.#numeric = [...numeric];
    this.#language = language;
    this.#context = context;
  }

  readAll(): Found[] {
    const found: Found[] = [];
    for (let at = 0; at < this.#words.length; ) {
      const next = this.#readAt(at);
      if (next) found.push(next);
      at = next ? next.to : at + 1;
    }
    // "31/07 dernier jour": the last day is not a past one.
    return found.filter(({ from, to }) => !this.is(from - 1, 'past') && !(this.is(to, 'past') && !this.is(to + 1, 'unit')));
  }

  /** Does the word (or the two words) at a place have this meaning? Arabic particles may be written onto the word. */
  is(at: number, kind: SignKind): boolean {
    return this.#sign(at, kind) !== undefined;
  }

  /** How many words from here on say "until": "tot en met" is three. */
  rangeWordsAt(at: number): number {
    let count = 0;
    while (this.is(at + count, 'range')) count += 1;
    return count;
  }

  #readAt(at: number): Found | undefined {
    if (this.#words[at] === NUMERIC_WORD) return this.#numericAt(at);
    return (
      this.#dayAndMonth(at) ?? this.#partOfMonth(at) ?? this.#relativeDay(at) ?? this.#ahead(at) ?? this.#unitAhead(at) ?? this.#weekday(at)
    );
  }

  #numericAt(at: number): Found | undefined {
    const days = this.#numeric.shift();
    return days && this.#found(at, at + 1, this.#shifted(at, days.first, at + 1));
  }

  /** "15 juli", "15 juli 2023", "25 tot 31 juli" */
  #dayAndMonth(at: number): Found | undefined {
    const day = this.#dayNumber(at);
    if (day === undefined) return undefined;
    const rangeWords = this.rangeWordsAt(at + 1);
    if (rangeWords > 0) {
      const second = this.#dayAndMonth(at + 1 + rangeWords);
      const first = second && isoDay(Number(second.last.slice(0, 4)), Number(second.last.slice(5, 7)), day);
      if (second && first && first < second.last) return { first, last: second.last, from: at, to: second.to };
    }
    const skip = this.is(at + 1, 'month-alone-after') ? 1 : 0;
    const month = this.#sign(at + 1 + skip, 'month');
    if (!month) return undefined;
    const end = at + 1 + skip + month.length;
    const year = /^20\d\d$/u.test(this.#words[end] ?? '') ? Number(this.#words[end]) : undefined;
    const named = year ? isoDay(year, month.value, day) : nearestYear(month.value, day, this.#context.around);
    const to = year ? end + 1 : end;
    return named && this.#found(at, to, this.#shifted(at, named, to));
  }

  /** "eind juli", "half augustus", "in september"; in Turkish the other way round: "temmuz sonu", "temmuz ayında". */
  #partOfMonth(at: number): Found | undefined {
    const inIt = this.#sign(at, 'month-in-it');
    if (inIt) return this.#wholeMonth(inIt.value, at, at + inIt.length);
    const leading = this.#sign(at, 'month');
    if (leading) return this.#monthFollowedBy(leading, at);
    const month = this.#sign(at + 1, 'month');
    if (!month) return undefined;
    const end = at + 1 + month.length;
    if (this.is(at, 'end-of')) return this.#partOf(month.value, 'end', at, end);
    if (this.is(at, 'start-of')) return this.#partOf(month.value, 'start', at, end);
    if (this.is(at, 'middle-of')) return this.#partOf(month.value, 'middle', at, end);
    return this.is(at, 'month-alone-after') ? this.#wholeMonth(month.value, at, end) : undefined;
  }

  #monthFollowedBy(month: { value: number; length: number }, at: number): Found | undefined {
    const end = at + month.length;
    if (this.is(end, 'end-of-follows')) return this.#partOf(month.value, 'end', at, end + 1);
    if (this.is(end, 'start-of-follows')) return this.#partOf(month.value, 'start', at, end + 1);
    if (this.is(end, 'middle-of-follows')) return this.#partOf(month.value, 'middle', at, end + 1);
    return this.is(end, 'month-alone-follows') ? this.#wholeMonth(month.value, at, end + 1) : undefined;
  }

  #partOf(month: number, part: 'start' | 'middle' | 'end', from: number, to: number): Found | undefined {
    const first = nearestYear(month, 1, this.#context.around);
    if (!first) return undefined;
    if (part === 'end') return this.#found(from, to, endOfMonth(first));
    return this.#found(from, to, part === 'start' ? first : addDays(first, 14));
  }

  #wholeMonth(month: number, from: number, to: number): Found | undefined {
    const first = nearestYear(month, 1, this.#context.around);
    return first && { first, last: endOfMonth(first), from, to };
  }

  #relativeDay(at: number): Found | undefined {
    const { today } = this.#context;
    const later = this.#sign(at, 'day-after-tomorrow');
    if (later) return this.#found(at, at + later.length, addDays(today, 2));
    if (this.is(at, 'tomorrow')) return this.#found(at, at + 1, addDays(today, 1));
    return this.is(at, 'today') ? this.#found(at, at + 1, today) : undefined;
  }

  /** "over drie weken", "over een maand", "بعد أسبوعين", "drie weken later" */
  #ahead(at: number): Found | undefined {
    const lead = this.#sign(at, 'in');
    const start = lead ? at + lead.length : at;
    const two = this.#sign(start, 'two-of');
    const count = two ? 2 : (this.#count(start) ?? (lead ? 1 : undefined));
    const unitAt = two || this.#count(start) === undefined ? start : start + 1;
    const unit = two ?? this.#sign(unitAt, 'unit');
    if (count === undefined || !unit) return undefined;
    const end = unitAt + unit.length;
    if (!lead && !this.is(end, 'in-follows')) return undefined;
    return this.#found(at, lead ? end : end + 1, ahead(this.#context.today, count, unit.value));
  }

  /** "volgende week", "volgende week vrijdag", "الشهر القادم" */
  #unitAhead(at: number): Found | undefined {
    const nextWeek = this.#sign(at, 'next-week');
    if (nextWeek) return { ...stretchAhead(this.#context.today, 'week', 1), from: at, to: at + nextWeek.length, part: 'week' };
    const leads = this.is(at, 'next') || this.is(at, 'this');
    const unit = this.#sign(leads ? at + 1 : at, 'unit');
    if (!unit || unit.value === 'day') return undefined;
    const end = (leads ? at + 1 : at) + unit.length;
    const follows = !leads && this.is(end, 'next-follows');
    if (!leads && !follows) return undefined;
    const stretch = stretchAhead(this.#context.today, unit.value, this.is(at, 'this') ? 0 : 1);
    const weekday = unit.value === 'week' ? this.#sign(end, 'weekday') : undefined;
    if (weekday) return this.#found(at, end + weekday.length, addDays(stretch.first, weekday.value - 1));
    const found = { ...stretch, from: at, to: follows ? end + 1 : end };
    return unit.value === 'week' ? { ...found, part: 'week' } : found;
  }

  /** "vrijdag", "komende vrijdag": the next one, today included. */
  #weekday(at: number): Found | undefined {
    const lead = this.is(at, 'next') ? 1 : 0;
    const day = this.#sign(at + lead, 'weekday');
    if (!day) return undefined;
    const { today } = this.#context;
    const end = at + lead + day.length;
    const days = (day.value - weekdayOf(today) + 7) % 7;
    const to = this.is(end, 'next-follows') ? end + 1 : end;
    return { ...this.#found(at, to, addDays(today, lead && days === 0 ? 7 : days)), part: 'weekday' };
  }

  #found(from: number, to: number, day: CalendarDay): Found {
    return { first: day, last: day, from, to };
  }

  /** "na 4 september", "4 eylülden sonra" ask about the day after it. */
  #shifted(at: number, day: CalendarDay, to: number): CalendarDay {
    const leads = this.is(at - 1, 'after') || this.#sign(at - 2, 'after')?.length === 2;
    return leads || this.is(to, 'after-follows') ? addDays(day, 1) : day;
  }

  #dayNumber(at: number): number | undefined {
    const [, digits] = DAY_NUMBER.exec(this.#words[at] ?? '') ?? [];
    return digits === undefined ? this.#sign(at, 'number')?.value : Number(digits);
  }

  #count(at: number): number | undefined {
    const digits = /^\d{1,3}$/u.exec(this.#words[at] ?? '');
    return digits ? Number(digits[0]) : this.#sign(at, 'number')?.value;
  }

  #sign<Kind extends SignKind>(at: number, kind: Kind): (DateSign<Kind> & { length: number }) | undefined {
    this.#signs[at] ??= this.#signsAt(at);
    return this.#signs[at].find((sign) => sign.kind === kind) as (DateSign<Kind> & { length: number }) | undefined;
  }

  /** What a word can mean, two words together at first. */
  #signsAt(at: number): (DateSign & { length: number })[] {
    const word = this.#words[at];
    if (word === undefined) return [];
    const found: (DateSign & { length: number })[] = [];
    for (const [key, length] of [
      [`${word} ${this.#words[at + 1] ?? ''}`, 2],
      [word, 1],
    ] as const) {
      for (const form of [key, ...withoutParticle(key)]) {
        for (const sign of this.#language.get(form) ?? []) found.push({ ...sign, length });
      }
    }
    return found;
  }
}

/** Arabic writes "and", "in", "for" and "the" onto the word: وبعد, بتموز, لـ31. */
function withoutParticle(word: string): string[] {
  return /^[وفبلك](?=\p{Script=Arabic}{2})/u.test(word) ? [word.slice(1)] : [];
}

function ahead(today: CalendarDay, count: number, unit: DateUnit): CalendarDay {
  return unit === 'month' ? addMonths(today, count) : addDays(today, count * (unit === 'week' ? 7 : 1));
}

/** This week or month (0 ahead) or the next one (1): from Monday to Sunday, from the first to the last day. */
function stretchAhead(today: CalendarDay, unit: 'week' | 'month', count: number): NamedDays {
  if (unit === 'week') {
    const first = addDays(today, 7 * count + 1 - weekdayOf(today));
    return { first, last: addDays(first, 6) };
  }
  const first = addMonths(calendarDay(`${today.slice(0, 8)}01`), count);
  return { first, last: endOfMonth(first) };
}

/** How many words may stand between a day of the week and its week: "vendredi de la semaine prochaine". */
const BETWEEN_WEEK_AND_DAY = 2;

/** A day of the week beside a week is the day of that week, in either order: "на следующей неделе в пятницу". */
function joinWeeks(found: readonly Found[]): Found[] {
  const joined: Found[] = [];
  for (const next of found) {
    const before = joined.at(-1);
    const parts = [before?.part, next.part];
    if (before && parts.includes('week') && parts.includes('weekday') && next.from - before.to <= BETWEEN_WEEK_AND_DAY) {
      const [week, day] = before.part === 'week' ? [before, next] : [next, before];
      const named = addDays(week.first, weekdayOf(day.first) - 1);
      joined[joined.length - 1] = { first: named, last: named, from: before.from, to: next.to };
    } else {
      joined.push(next);
    }
  }
  return joined;
}

/** Two days with a word such as "until" between them are one range. */
function joinRanges(found: readonly Found[], reader: Reader): Found[] {
  const joined: Found[] = [];
  for (const next of found) {
    const before = joined.at(-1);
    const between = before ? reader.rangeWordsAt(before.to) : 0;
    if (before && between > 0 && next.from === before.to + between && before.first < next.last) {
      joined[joined.length - 1] = { ...before, last: next.last, to: next.to };
    } else {
      joined.push(next);
    }
  }
  return joined;
}
