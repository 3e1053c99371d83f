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

/** `own`: the finder was made with an eye on it. `unseen`: written when it was done, and nothing was changed for it. */
const SETS = ['own', 'unseen'] as const;
type SetName = (typeof SETS)[number];

export interface PersonalCase {
  readonly set: SetName;
  readonly language: Language;
  readonly kind: PersonalDataKind;
  readonly text: string;
  /** Where the personal data stands: the characters from `from` up to `to`. */
  readonly from: number;
  readonly to: number;
}

export interface PlainCase {
  readonly set: SetName | 'evaluation';
  readonly language: Language;
  readonly text: string;
}

/** The messages that the guard is measured with, and the questions that the matching is measured with, which hold no personal data. */
export function readGuardCases(folder: string, evaluation: string): { personal: PersonalCase[]; plain: PlainCase[] } {
  const files = SETS.flatMap((set) => LANGUAGE_CODES.map((language) => ({ set, language })));
  return {
    personal: files.flatMap(({ set, language }) =>
      lines(join(folder, `${set}-personal.${language}.jsonl`), personal).map(({ kind, text }) => ({
        set,
        language,
        kind: kind as PersonalDataKind,
        text: text.replace(/[«»]/gu, ''),
        from: text.indexOf('«'),
        to: text.indexOf('»') - 1,
      })),
    ),
    plain: [
      ...files.flatMap(({ set, language }) =>
        lines(join(folder, `${set}-plain.${language}.jsonl`), plain).map(({ text }) => ({ set, language, text })),
      ),
      ...LANGUAGE_CODES.flatMap((language) =>
        ['own', 'shared', 'dates']
          .flatMap((set) => lines(join(evaluation, `${set}.${language}.jsonl`), question))
          .filter(({ q }) => !V_NUMBER.test(q))
          .map(({ q }) => ({ set: 'evaluation' as const, language, text: q })),
      ),
    ],
  };
}

/** What the lines of a file hold; nothing where there is no such file. */
function lines<T>(file: string, schema: z.ZodType<T>): T[] {
  if (!existsSync(file)) return [];
  const written = readFileSync(file, 'utf8').split('\n');
  return written.filter((line) => line.trim() !== '').map((line) => schema.parse(JSON.parse(line)));
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
