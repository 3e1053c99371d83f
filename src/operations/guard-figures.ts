import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { findPersonalData, type PersonalDataKind } from '../../knowledge/privacy/personal-data.ts';
import { LANGUAGE_CODES, type Language } from '../../locales/languages.ts';

/** A message with personal data of one kind, between « and ». */
const personal = z.strictObject({ kind: z.string(), text: z.string().regex(/«.+»/u) });
/** A message without any. */
const plain = z.strictObject({ text: z.string().min(1) });
const question = z.object({ q: z.string() });
/** Some questions of the evaluation hold a V-number on purpose: these are no messages without personal data. */
const V_NUMBER = /\d(?:\s?\d){9}/u;

export interface PersonalCase {
  readonly language: Language;
  readonly kind: PersonalDataKind;
  readonly text: string;
  /** Where the personal data stands: the characters from `from` up to `to`. */
  readonly from: number;
  readonly to: number;
}

export interface PlainCase {
  readonly language: Language;
  readonly set: 'plain' | 'evaluation';
  readonly text: string;
}

/** The messages that the guard is measured with, and the questions that the matching is measured with, which hold no personal data. */
export function readGuardCases(folder: string, evaluation: string): { personal: PersonalCase[]; plain: PlainCase[] } {
  const lines = <T>(file: string, schema: z.ZodType<T>): T[] =>
    existsSync(file)
      ? readFileSync(file, 'utf8')
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line) => schema.parse(JSON.parse(line)))
      : [];
  return {
    personal: LANGUAGE_CODES.flatMap((language) =>
      lines(join(folder, `personal.${language}.jsonl`), personal).map(({ kind, text }) => ({
        language,
        kind: kind as PersonalDataKind,
        text: text.replace(/[«»]/gu, ''),
        from: text.indexOf('«'),
        to: text.indexOf('»') - 1,
      })),
    ),
    plain: LANGUAGE_CODES.flatMap((language) => [
      ...lines(join(folder, `plain.${language}.jsonl`), plain).map(({ text }) => ({ language, set: 'plain' as const, text })),
      ...['own', 'shared', 'dates'].flatMap((set) =>
        lines(join(evaluation, `${set}.${language}.jsonl`), question)
          .filter(({ q }) => !V_NUMBER.test(q))
          .map(({ q }) => ({ language, set: 'evaluation' as const, text: q })),
      ),
    ]),
  };
}

/** Is nothing of the personal data left? */
export function isCaught({ text, from, to }: PersonalCase): boolean {
  const found = findPersonalData(text);
  for (let place = from; place < to; place += 1) {
    const covered = found.some((one) => one.from <= place && place < one.to);
    if (!covered && /[\p{L}\p{N}]/u.test(text[place] ?? '')) return false;
  }
  return true;
}

/** Was something taken for personal data although nothing is? */
export function isFalselyCaught({ text }: PlainCase): boolean {
  return findPersonalData(text).length > 0;
}
