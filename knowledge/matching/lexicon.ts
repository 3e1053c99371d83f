import { join } from 'node:path';
import * as z from 'zod';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { KnowledgeError } from '../files/knowledge-error.ts';
import { readYaml } from '../files/read-yaml.ts';
import { normalise, tokens } from './normalise.ts';
import { TypoIndex } from './typo-index.ts';

const FILE_OF_IDEAS = 'concepts.yaml';
const SHORTEST_FOR_TYPOS = 5;
const MOST_KNOWN_WORDS = 20_000;

/** The words of every language for every idea, ready to be found in a text. */
export interface Lexicon {
  /** The ideas in a text, in the order of its words; `at` is the position of the first word. */
  find(words: readonly string[]): { concept: string; at: number }[];
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
        if (normalised === '') throw new KnowledgeError(yaml.file, yaml.lineOf([id, index]), `${id}: "${entry}" holds no word`);
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

/** Builds the lexicon that finds ideas: exact words, stems, phrases, and words of five letters and more with one typo. */
export function buildLexicon(entries: LexiconEntries): Lexicon {
  const exact = new Map<string, string[]>();
  const stems = new Map<string, string[]>();
  const phrases = new Map<string, { words: readonly PhraseWord[]; concept: string }[]>();

  for (const [concept, list] of entries) {
    for (const entry of list) {
      const words = entry.split(' ').map(phraseWord);
      const [first] = words as [PhraseWord];
      if (words.length > 1) add(phrases, first.text, { words, concept });
      else add(first.stem ? stems : exact, first.text, concept);
    }
  }
  const typos = new TypoIndex([...new Set([...exact.keys(), ...stems.keys()])].filter((word) => word.length >= SHORTEST_FOR_TYPOS));
  const phraseStems = new Set([...phrases].filter(([, list]) => list.some(({ words }) => words[0]?.stem)).map(([key]) => key));
  const stemLengths = [...new Set([...phraseStems].map(({ length }) => length))].sort((a, b) => a - b);
  const known = new Map<string, readonly string[]>();

  function conceptsOf(word: string): readonly string[] {
    const cached = known.get(word);
    if (cached) return cached;
    const found = new Set<string>();
    for (const form of formsOf(word)) lookUp(form, found);
    // Only words of the lexicon itself are kept for the next time: a name that somebody types is not.
    if (found.size > 0 && known.size < MOST_KNOWN_WORDS) known.set(word, [...found]);
    if (found.size === 0 && word.length >= SHORTEST_FOR_TYPOS) lookUpWithTypo(word, found);
    return [...found];
  }

  function lookUp(word: string, into: Set<string>): void {
    for (const concept of exact.get(word) ?? []) into.add(concept);
    for (let length = 2; length <= word.length; length += 1) {
      for (const concept of stems.get(word.slice(0, length)) ?? []) into.add(concept);
    }
  }

  function lookUpWithTypo(word: string, into: Set<string>): void {
    for (let length = SHORTEST_FOR_TYPOS - 1; length <= word.length; length += 1) {
      typos.candidates(word, length, (entry) => {
        if (!withinOneEdit(word.slice(0, length), entry)) return;
        for (const concept of stems.get(entry) ?? []) into.add(concept);
        if (length === word.length) for (const concept of exact.get(entry) ?? []) into.add(concept);
      });
    }
  }

  return {
    find(words) {
      const found: { concept: string; at: number }[] = [];
      const seen = new Set<string>();
      const note = (concept: string, at: number) => {
        if (seen.has(concept)) return;
        seen.add(concept);
        found.push({ concept, at });
      };
      const notePhrases = (first: string, at: number) => {
        for (const phrase of phrases.get(first) ?? []) if (matches(phrase.words, words, at)) note(phrase.concept, at);
      };
      words.forEach((word, at) => {
        for (const concept of conceptsOf(word)) note(concept, at);
        for (const form of formsOf(word)) {
          notePhrases(form, at);
          for (const length of stemLengths) {
            if (length >= form.length) break;
            const stem = form.slice(0, length);
            if (phraseStems.has(stem)) notePhrases(stem, at);
          }
        }
      });
      return found;
    },
  };
}

/** A word of an entry, or the beginning of one. */
interface PhraseWord {
  readonly text: string;
  readonly stem: boolean;
}

function phraseWord(text: string): PhraseWord {
  return text.endsWith('*') ? { text: text.slice(0, -1), stem: true } : { text, stem: false };
}

function matches(phrase: readonly PhraseWord[], words: readonly string[], at: number): boolean {
  return phrase.every(({ text, stem }, offset) => {
    const word = words[at + offset];
    if (word === undefined) return false;
    return formsOf(word).some((form) => (stem ? form.startsWith(text) : form === text));
  });
}

/** Arabic writes "and", "in", "for", "the" onto the word: the word with and without them. */
const ARABIC_PREFIX = /^(?:[وف]?(?:[بلك]?ال|لل|[بلك])|[وفه])(?=\p{L}{2})/u;
const ARABIC = /\p{Script=Arabic}/u;

function formsOf(word: string): string[] {
  if (!ARABIC.test(word)) return [word];
  const forms = [word];
  const bare = word.replace(ARABIC_PREFIX, '');
  if (bare !== word) forms.push(bare);
  const withoutArticle = word.replace(/^(?:[وف]?[بلك]?ال|لل)(?=\p{L}{2})/u, '');
  if (withoutArticle !== word && withoutArticle !== bare) forms.push(withoutArticle);
  const withoutAnd = word.replace(/^[وف](?=\p{L}{2})/u, '');
  if (withoutAnd !== word && withoutAnd !== bare) forms.push(withoutAnd);
  return forms;
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
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
