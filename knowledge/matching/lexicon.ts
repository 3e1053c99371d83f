import { join } from 'node:path';
import * as z from 'zod';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { KnowledgeError } from '../files/knowledge-error.ts';
import { readYaml } from '../files/read-yaml.ts';
import { normalise, tokens } from './normalise.ts';
import { PrefixIndex } from './prefix-index.ts';
import { TypoIndex } from './typo-index.ts';

const FILE_OF_IDEAS = 'concepts.yaml';
const SHORTEST_FOR_TYPOS = 5;
/** A single letter with a star. */
const TOO_SHORT = /^.\*/u;

/** The words of every language for every idea, ready to be found in a text. */
export interface Lexicon {
  /** The ideas in a text, in the order of its words. */
  find(words: readonly string[]): string[];
}

/** What the lexicon is built from: idea → entries ("word", "stem*", "several words"), of all languages, normalised. */
export type LexiconEntries = ReadonlyMap<string, readonly string[]>;

/**
 * Loads the ideas and their words from a folder: `concepts.yaml` names the ideas, one file a language their words.
 * Throws a KnowledgeError where a language lacks an idea, names one that does not exist, or has a stem too short to tell.
 */
export function loadLexiconEntries(folder: string, languages: readonly string[] = LANGUAGE_CODES): LexiconEntries {
  const ideas = readYaml(join(folder, FILE_OF_IDEAS), z.record(z.string(), z.string()));
  const entries = new Map<string, string[]>(Object.keys(ideas.data).map((id) => [id, []]));
  for (const language of [...languages].sort()) {
    const yaml = readYaml(join(folder, `${language}.yaml`), z.record(z.string(), z.array(z.coerce.string())));
    const unknown = Object.keys(yaml.data).find((id) => !entries.has(id));
    if (unknown) throw new KnowledgeError(yaml.file, yaml.lineOf([unknown]), `unknown idea "${unknown}"`);
    for (const [id, words] of entries) {
      const own = yaml.data[id];
      if (!own) throw new KnowledgeError(yaml.file, 1, `the idea "${id}" is missing`);
      own.forEach((entry, index) => {
        const normalised = normalisedEntry(entry);
        const wrong = normalised === '' ? 'holds no word' : TOO_SHORT.test(normalised) ? 'is the beginning of too many words' : undefined;
        if (wrong) throw new KnowledgeError(yaml.file, yaml.lineOf([id, index]), `${id}: "${entry}" ${wrong}`);
        words.push(normalised);
      });
    }
  }
  return entries;
}

/** The words of an entry in the form in which they are compared, each stem with its star. */
function normalisedEntry(entry: string): string {
  return entry
    .trim()
    .split(/\s+/u)
    .flatMap((part) => {
      const words = tokens(normalise(part.replace(/\*+$/u, '')));
      return part.endsWith('*') && words.length > 0 ? [...words.slice(0, -1), `${words.at(-1)}*`] : words;
    })
    .join(' ');
}

/** What is known of one word, or of the beginning of words. */
interface Known {
  /** Ideas that the word itself stands for, and those that all words stand for that begin with it. */
  readonly exact: readonly string[];
  readonly stem: readonly string[];
  /** Entries of several words, the first of which is this one, or begins with it. */
  readonly phrases: readonly Phrase[];
  /** The first letter of the second word of each of them: some words begin a hundred, and most of those can be passed over so. */
  readonly letters: string;
}

/** An entry of several words: whether its first one is only the beginning of one, and the words after it. */
interface Phrase {
  readonly stem: boolean;
  readonly rest: readonly PhraseWord[];
  readonly concept: string;
}

/** Builds the lexicon that finds ideas: exact words, stems, phrases, and words of five letters and more with one typo. */
export function buildLexicon(entries: LexiconEntries): Lexicon {
  const known = new Map<string, Known>();
  for (const [concept, list] of entries) {
    for (const entry of list) {
      const [first, ...rest] = entry.split(' ').map(phraseWord) as [PhraseWord, ...PhraseWord[]];
      known.set(first.text, withEntry(known.get(first.text) ?? NOTHING, first, rest, concept));
    }
  }
  const index = new PrefixIndex(known);
  const misspelt = [...known].filter(([word, { exact, stem }]) => word.length >= SHORTEST_FOR_TYPOS && exact.length + stem.length > 0);
  const typos = new TypoIndex(new Map(misspelt));

  function lookUpWithTypo(word: string, into: Set<string>): void {
    for (let length = SHORTEST_FOR_TYPOS - 1; length <= word.length; length += 1) {
      typos.candidates(word, length, (entry, { stem, exact }) => {
        if (!withinOneEdit(word.slice(0, length), entry)) return;
        addAll(stem, into);
        if (length === word.length) addAll(exact, into);
      });
    }
  }

  return {
    find(words) {
      const found = new Set<string>();
      const forms = words.map(formsOf);
      words.forEach((word, at) => {
        let single = false;
        for (const form of forms[at] ?? []) {
          index.prefixesOf(form, ({ exact, stem, phrases, letters }, length) => {
            const whole = length === form.length;
            single ||= stem.length > 0 || (whole && exact.length > 0);
            if (whole) addAll(exact, found);
            addAll(stem, found);
            for (const next of forms[at + 1] ?? []) {
              const letter = next[0] ?? '';
              for (let place = letters.indexOf(letter); place >= 0; place = letters.indexOf(letter, place + 1)) {
                const phrase = phrases[place] as Phrase;
                if ((whole || phrase.stem) && stand(phrase.rest, forms, at + 1)) found.add(phrase.concept);
              }
            }
          });
        }
        if (!single && word.length >= SHORTEST_FOR_TYPOS) lookUpWithTypo(word, found);
      });
      return [...found];
    },
  };
}

/** Most words stand for one idea and begin no phrase: what is empty is shared. */
const NOTHING: Known = { exact: [], stem: [], phrases: [], letters: '' };

/** Lists are put together by `concat`: what is spread into a list takes room for 16 more. */
function withEntry(known: Known, first: PhraseWord, rest: readonly PhraseWord[], concept: string): Known {
  const [second] = rest;
  if (!second) return first.stem ? { ...known, stem: known.stem.concat(concept) } : { ...known, exact: known.exact.concat(concept) };
  const phrase: Phrase = { stem: first.stem, rest, concept };
  return { ...known, phrases: known.phrases.concat(phrase), letters: known.letters + second.text.charAt(0) };
}

function addAll(concepts: readonly string[], into: Set<string>): void {
  for (const concept of concepts) into.add(concept);
}

/** A word of an entry, or the beginning of one. */
interface PhraseWord {
  readonly text: string;
  readonly stem: boolean;
}

function phraseWord(text: string): PhraseWord {
  return text.endsWith('*') ? { text: text.slice(0, -1), stem: true } : { text, stem: false };
}

/** Do words stand at a place of a text, of whose words the forms are given? Asked a hundred times a text, so without functions made for it. */
function stand(words: readonly PhraseWord[], forms: readonly (readonly string[])[], at: number): boolean {
  let place = at;
  for (const word of words) {
    if (!isOneOf(word, forms[place] ?? [])) return false;
    place += 1;
  }
  return true;
}

function isOneOf({ text, stem }: PhraseWord, forms: readonly string[]): boolean {
  for (const form of forms) if (stem ? form.startsWith(text) : form === text) return true;
  return false;
}

/** Arabic writes "and", "in", "for", "the" onto the word: the word with and without them. */
const ARABIC_PREFIX = /^(?:[وف]?(?:[بلك]?ال|لل|[بلك])|[وفه])(?=\p{L}{2})/u;
const MAY_HAVE_PREFIX = /^[وفبلكاه]/u;

function formsOf(word: string): readonly string[] {
  if (!MAY_HAVE_PREFIX.test(word)) return [word];
  const forms = [word];
  const bare = word.replace(ARABIC_PREFIX, '');
  if (bare !== word) forms.push(bare);
  const withoutArticle = word.replace(/^(?:[وف]?[بلك]?ال|لل)(?=\p{L}{2})/u, '');
  if (withoutArticle !== word && withoutArticle !== bare) forms.push(withoutArticle);
  const withoutAnd = word.replace(/^[وف](?=\p{L}{2})/u, '');
  if (withoutAnd !== word && withoutAnd !== bare) forms.push(withoutAnd);
  return forms;
}

/** True where one letter added, left out, exchanged or swapped with its neighbour makes `a` into `b`. */
function withinOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  if (start === 0 && a[0] !== b[0] && a.length < 7) return false;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const restA = endA - start;
  const restB = endB - start;
  if (restA <= 1 && restB <= 1) return true;
  return restA === 2 && restB === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}
