import { FEATURE_KINDS, type FeatureKind, type Features } from './features.ts';
import type { Places } from './name-table.ts';

/** The features that the model knows, each with its place in the weights and how telling it is (rarer tells more). */
export interface Vocabulary {
  readonly places: Places;
  readonly rarity: Float32Array;
}

/** A vocabulary that knows its names: one that was made from texts. */
export interface NamedVocabulary extends Vocabulary {
  readonly places: ReadonlyMap<string, number>;
}

/** A sparse vector: places in the vocabulary and a value for each. */
export interface Vector {
  readonly places: number[];
  readonly values: number[];
}

/**
 * How much each kind counts as a whole, tried on questions held back from the fit: ideas lead,
 * n-grams and words follow, neighbouring words come last.
 */
const KIND_SCALE: Readonly<Record<FeatureKind, number>> = { concept: 1.2, pair: 1, word: 1, phrase: 0.6, gram: 1 };
const RARITY_UNIT = 6;

/** The vocabulary of a set of texts: what occurs in two texts or more. One text alone teaches nothing about others. */
export function vocabularyOf(all: readonly Features[]): NamedVocabulary {
  const counts = new Map<string, number>();
  for (const features of all) {
    for (const kind of FEATURE_KINDS) for (const name of features[kind]) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const kept = [...counts].filter(([, count]) => count >= 2);
  return {
    places: new Map(kept.map(([name], place) => [name, place])),
    rarity: Float32Array.from(kept, ([, count]) => Math.log(all.length / count) / RARITY_UNIT),
  };
}

/** The vector of a text: every kind scaled to the same length. `skip` leaves features out, which makes a fit robust. */
export function vectorOf(features: Features, vocabulary: Vocabulary, skip?: () => boolean): Vector {
  const places: number[] = [];
  const values: number[] = [];
  for (const kind of FEATURE_KINDS) {
    const start = places.length;
    let sumOfSquares = 0;
    for (const name of features[kind]) {
      const place = vocabulary.places.get(name);
      if (place === undefined || skip?.()) continue;
      const value = vocabulary.rarity[place] ?? 0;
      places.push(place);
      values.push(value);
      sumOfSquares += value * value;
    }
    const scale = KIND_SCALE[kind] / Math.sqrt(sumOfSquares || 1);
    for (let index = start; index < values.length; index += 1) values[index] = (values[index] ?? 0) * scale;
  }
  return { places, values };
}
