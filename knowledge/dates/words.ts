import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { readYaml } from '../files/read-yaml.ts';
import { normalise, tokens } from '../matching/normalise.ts';

const list = z.array(z.coerce.string()).default([]);
const numbered = z.record(z.coerce.string(), list).default({});
const byUnit = z.strictObject({ day: list, week: list, month: list }).partial();

const schema = z.strictObject({
  months: numbered,
  weekdays: numbered,
  today: list,
  tomorrow: list,
  'day-after-tomorrow': list,
  units: byUnit,
  'two-of': byUnit,
  numbers: numbered,
  in: list,
  'in-follows': list,
  next: list,
  'next-follows': list,
  this: list,
  'month-alone-after': list,
  'month-alone-follows': list,
  'month-in-it': numbered,
  'next-week': list,
  'end-of': list,
  'end-of-follows': list,
  'start-of': list,
  'start-of-follows': list,
  'middle-of': list,
  'middle-of-follows': list,
  range: list,
  after: list,
  'after-follows': list,
  past: list,
});

export type DateUnit = 'day' | 'week' | 'month';

const SIMPLE_KINDS = [
  'today',
  'tomorrow',
  'day-after-tomorrow',
  'in',
  'in-follows',
  'next',
  'next-follows',
  'this',
  'month-alone-after',
  'month-alone-follows',
  'next-week',
  'end-of',
  'end-of-follows',
  'start-of',
  'start-of-follows',
  'middle-of',
  'middle-of-follows',
  'range',
  'after',
  'after-follows',
  'past',
] as const;

/** What goes with each meaning: the number of the month, the unit, or nothing. */
type SignValues = { month: number; 'month-in-it': number; weekday: number; number: number; unit: DateUnit; 'two-of': DateUnit } & Record<
  (typeof SIMPLE_KINDS)[number],
  null
>;

export type SignKind = keyof SignValues;

/** What a word or two can mean in a date. */
export type DateSign<Kind extends SignKind = SignKind> = { [K in Kind]: { readonly kind: K; readonly value: SignValues[K] } }[Kind];

/** The date words of one language: normalised words (one or two of them, with a space) and what they can mean. */
export type DateWords = ReadonlyMap<string, readonly DateSign[]>;

/** Loads the date words of each language that has them in a folder; the names of months and weekdays come from Intl. */
export function loadDateWords(folder: string, languages: readonly string[] = LANGUAGE_CODES): ReadonlyMap<string, DateWords> {
  const known = languages.filter((language) => existsSync(fileOf(language)));
  return new Map(known.map((language) => [language, dateWords(readYaml(fileOf(language), schema).data, language)]));

  function fileOf(language: string): string {
    return join(folder, `${language}.yaml`);
  }
}

function dateWords(data: z.infer<typeof schema>, language: string): DateWords {
  const words = new Map<string, DateSign[]>();
  const add = (word: string, sign: DateSign) => {
    const key = tokens(normalise(word)).join(' ');
    if (key) words.set(key, [...(words.get(key) ?? []), sign]);
  };
  for (let month = 1; month <= 12; month += 1) {
    for (const name of monthNames(language, Date.UTC(2023, month - 1, 15))) add(name, { kind: 'month', value: month });
    for (const word of data.months[month] ?? []) add(word, { kind: 'month', value: month });
    for (const word of data['month-in-it'][month] ?? []) {
      add(word, { kind: 'month', value: month });
      add(word, { kind: 'month-in-it', value: month });
    }
  }
  for (let weekday = 1; weekday <= 7; weekday += 1) {
    add(intlName(language, { weekday: 'long' }, Date.UTC(2023, 0, 1 + weekday)), { kind: 'weekday', value: weekday });
    for (const word of data.weekdays[weekday] ?? []) add(word, { kind: 'weekday', value: weekday });
  }
  for (const [value, own] of Object.entries(data.numbers)) for (const word of own) add(word, { kind: 'number', value: Number(value) });
  for (const kind of ['unit', 'two-of'] as const) {
    const units = kind === 'unit' ? data.units : data['two-of'];
    for (const [value, own] of Object.entries(units))
      for (const word of own ?? []) add(word, { kind, value: value as DateUnit } as DateSign);
  }
  for (const kind of SIMPLE_KINDS) for (const word of data[kind]) add(word, { kind, value: null });
  return words;
}

/** The name of a month alone and as it stands in a date: июль, 15 июля. */
function monthNames(language: string, time: number): Set<string> {
  const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  const inDate = format.formatToParts(time).find(({ type }) => type === 'month')?.value ?? '';
  return new Set([intlName(language, { month: 'long' }, time), inDate]);
}

function intlName(language: string, options: Intl.DateTimeFormatOptions, time: number): string {
  return new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { ...options, timeZone: 'UTC' }).format(time);
}
