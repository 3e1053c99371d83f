import { featureId } from './feature-id.ts';
import type { Lexicon } from './lexicon.ts';
import { wordsOf } from './normalise.ts';
import { SeenIds } from './seen-ids.ts';

/** The kinds of features; each kind is scaled as a whole, so that the many n-grams do not drown the few ideas. */
export const FEATURE_KINDS = ['concept', 'pair', 'word', 'phrase', 'gram'] as const;
export type FeatureKind = (typeof FEATURE_KINDS)[number];

/** The features of one text by kind, as numbers, each once. Their names are `c:letter`, `p:letter+lost`, `w:brief`, `b:a brief`, `g:rie`. */
export interface Features extends Readonly<Record<FeatureKind, readonly number[]>> {
  /** The ideas in the text, in alphabetical order. */
  readonly ideas: readonly string[];
}

const SHORTEST_GRAM = 3;
const LONGEST_GRAM = 5;
const LONGEST_TEXT_IN_WORDS = 120;

/** Makes a feature of its name: a mark and a stretch of a text, which is not cut out before it has to be. */
type Make<One> = (mark: string, text: string, from: number, to: number) => One;

/**
 * What the model sees of a text: the ideas in it, alone and in pairs (shared by all languages), and its words,
 * pairs of neighbouring words and character n-grams (of the language itself).
 */
export function featuresOf(text: string, lexicon: Lexicon): Features {
  const words = lastWords(text);
  const ideas = lexicon.find(words).sort();
  const { concept, pair, word, phrase, gram } = make(words, ideas, featureId);
  seen.clear();
  return { ideas, concept, pair, word: word.filter(isNew), phrase: phrase.filter(isNew), gram: gram.filter(isNew) };
}

const seen = new SeenIds();
const isNew = (id: number) => seen.add(id);

/** The names of the features of a text, by their numbers: for people who ask why. */
export function featureNames(text: string, lexicon: Lexicon): ReadonlyMap<number, string> {
  const words = lastWords(text);
  const named = make(words, lexicon.find(words).sort(), (mark, whole, from, to) => {
    const name = whole.slice(from, to);
    return [featureId(mark, name), mark + name] as const;
  });
  return new Map(Object.values(named).flat());
}

function lastWords(text: string): readonly string[] {
  return wordsOf(text).slice(-LONGEST_TEXT_IN_WORDS);
}

function make<One>(words: readonly string[], ideas: readonly string[], one: Make<One>): Record<FeatureKind, One[]> {
  const whole = (mark: string, text: string) => one(mark, text, 0, text.length);
  return {
    concept: ideas.map((idea) => whole('c:', idea)),
    pair: ideas.flatMap((first, index) => ideas.slice(index + 1).map((second) => whole('p:', `${first}+${second}`))),
    word: words.map((word) => whole('w:', /^\d+$/u.test(word) ? '0' : word)),
    phrase: words.slice(1).map((word, index) => whole('b:', `${words[index]} ${word}`)),
    gram: grams(words, one),
  };
}

function grams<One>(words: readonly string[], one: Make<One>): One[] {
  const found: One[] = [];
  for (const word of words) {
    const padded = `_${word}_`;
    for (let length = SHORTEST_GRAM; length <= LONGEST_GRAM; length += 1) {
      for (let from = 0; from + length <= padded.length; from += 1) found.push(one('g:', padded, from, from + length));
    }
  }
  return found;
}
