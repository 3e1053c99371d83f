import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../locales/languages.ts';
import { NAMESPACES } from '../../locales/namespaces.ts';

/** Every text of a language by its whole key, as `chat:button.back`. Lists are kept as lists. */
export type FlatTexts = ReadonlyMap<string, string | readonly string[]>;

/** Which version of the English text each translation was made from: key → short hash. */
export type MadeFrom = Readonly<Record<string, string>>;

const MADE_FROM = 'made-from.json';

/** Reads the texts of a language from `folder/<language>/*.json`. */
export function readTexts(folder: string, language: Language): FlatTexts {
  const flat = new Map<string, string | readonly string[]>();
  for (const namespace of NAMESPACES) {
    const file = join(folder, language, `${namespace}.json`);
    const visit = (value: unknown, key: string): void => {
      if (typeof value === 'string' || Array.isArray(value)) flat.set(key, value as string | string[]);
      else
        for (const [name, inner] of Object.entries(value as object)) visit(inner, key.endsWith(':') ? `${key}${name}` : `${key}.${name}`);
    };
    visit(JSON.parse(readFileSync(file, 'utf8')), `${namespace}:`);
  }
  return flat;
}

/** A short mark of a text that changes when the text does. */
export function versionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

export function madeFromFile(folder: string, language: Language): string {
  return join(folder, language, MADE_FROM);
}

/** The versions of the English texts that a translation was made from; none where nothing was recorded. */
export function readMadeFrom(folder: string, language: Language): MadeFrom {
  const file = madeFromFile(folder, language);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as MadeFrom) : {};
}
