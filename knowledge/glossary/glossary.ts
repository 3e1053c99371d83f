import { join } from 'node:path';
import * as z from 'zod';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { KnowledgeError } from '../files/knowledge-error.ts';
import { readYaml } from '../files/read-yaml.ts';
import { normalise } from '../matching/normalise.ts';

const term = z.strictObject({
  /** The word for it, as a translator should use it. */
  use: z.string().min(1),
  /** Beginnings of its words, so that every inflected form is found; several words match one after another. */
  stems: z.array(z.string().min(1)).min(1),
  /** Other words for the same thing, which the texts do not use. */
  avoid: z.array(z.string().min(1)).default([]),
});

export type Term = z.infer<typeof term>;

/** The words of the procedure in one language: id of the term → how this language says it. */
export type Glossary = ReadonlyMap<string, Term>;

/**
 * Loads the glossary of each language from `folder/<language>.yaml`. English names the terms.
 * Throws a KnowledgeError where a language lacks a term or has one that English does not have.
 */
export function loadGlossaries(folder: string, languages: readonly string[] = LANGUAGE_CODES): ReadonlyMap<string, Glossary> {
  const schema = z.record(z.string(), term);
  const terms = Object.keys(readYaml(join(folder, 'en.yaml'), schema).data);
  return new Map(
    languages.map((language) => {
      const yaml = readYaml(join(folder, `${language}.yaml`), schema);
      const missing = terms.find((id) => !yaml.data[id]);
      if (missing) throw new KnowledgeError(yaml.file, 1, `the term "${missing}" is missing`);
      const unknown = Object.keys(yaml.data).find((id) => !terms.includes(id));
      if (unknown) throw new KnowledgeError(yaml.file, yaml.lineOf([unknown]), `unknown term "${unknown}"`);
      return [language, new Map(Object.entries(yaml.data))];
    }),
  );
}

/** Does a text hold one of these words? A stem matches from the beginning of a word on. */
export function holdsOneOf(stems: readonly string[], text: string): boolean {
  const words = normalise(text);
  return stems.some((stem) => {
    const wanted = normalise(stem).trim();
    for (let at = words.indexOf(wanted); at >= 0; at = words.indexOf(wanted, at + 1)) if (startsWord(words, at)) return true;
    return false;
  });
}

/** Arabic writes the article and some prepositions onto the word: up to four letters may stand before it. */
function startsWord(text: string, at: number): boolean {
  const before = /[\p{L}\p{M}\p{N}]*$/u.exec(text.slice(Math.max(0, at - 8), at))?.[0] ?? '';
  return before === '' || /^[وف]?[بكل]?(?:ال|لل)?$/u.test(before) || /^ل$/u.test(before);
}
