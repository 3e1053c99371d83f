import type { Lexicon } from './lexicon.ts';
import { normalise, tokens } from './normalise.ts';

/** The kinds of features; each kind is scaled as a whole, so that the many n-grams do not drown the few ideas. */
export const FEATURE_KINDS = ['concept', 'pair', 'word', 'phrase', 'gram'] as const;
export type FeatureKind = (typeof FEATURE_KINDS)[number];

/** The features of one text by kind, each with its first letter as a mark: `c:letter`, `p:letter+lost`, `w:brief`. */
export type Features = Readonly<Record<FeatureKind, readonly string[]>>;

const SHORTEST_GRAM = 3;
const LONGEST_GRAM = 5;
const LONGEST_TEXT_IN_WORDS = 120;

/**
 * What the model sees of a text: the ideas in it, alone and in pairs (shared by all languages), and its words,
 * pairs of neighbouring words and character n-grams (of the language itself).
 */
export function featuresOf(text: string, lexicon: Lexicon): Features {
  const words = tokens(normalise(text)).slice(-LONGEST_TEXT_IN_WORDS);
  const concepts = [...new Set(lexicon.find(words).map(({ concept }) => concept))].sort();
  return {
    concept: concepts.map((concept) => `c:${concept}`),
    pair: pairs(concepts),
    word: unique(words.map((word) => `w:${/^\d+$/u.test(word) ? '0' : word}`)),
    phrase: unique(words.slice(1).map((word, index) => `b:${words[index]} ${word}`)),
    gram: grams(words),
  };
}

function pairs(concepts: readonly string[]): string[] {
  return concepts.flatMap((first, index) => concepts.slice(index + 1).map((second) => `p:${first}+${second}`));
}

function grams(words: readonly string[]): string[] {
  const found = new Set<string>();
  for (const word of words) {
    const padded = `_${word}_`;
    for (let length = SHORTEST_GRAM; length <= LONGEST_GRAM; length += 1) {
      for (let start = 0; start + length <= padded.length; start += 1) found.add(`g:${padded.slice(start, start + length)}`);
    }
  }
  return [...found];
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)];
}
