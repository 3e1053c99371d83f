import { type Column, column, valueAt } from './column.ts';
import { FEATURE_KINDS, type FeatureKind, type Features } from './features.ts';
import type { Places } from './id-table.ts';

/** The features that the model knows, each with its place in the weights and how telling it is (rarer tells more). */
export interface Vocabulary {
  readonly places: Places;
  readonly rarity: Column<Float32Array>;
}

/** A vocabulary that can list its features: one that was made from texts. */
export interface ListedVocabulary extends Vocabulary {
  readonly places: ReadonlyMap<number, number>;
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
export function vocabularyOf(all: readonly Features[]): ListedVocabulary {
  const counts = new Map<number, number>();
  for (const features of all) {
    for (const kind of FEATURE_KINDS) for (const id of features[kind]) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const kept = [...counts].filter(([, count]) => count >= 2);
  return {
    places: new Map(kept.map(([id], place) => [id, place])),
    rarity: column(Float32Array.from(kept, ([, count]) => Math.log(all.length / count) / RARITY_UNIT)),
  };
}

/** The vector of a text: every kind scaled to the same length. `skip` leaves features out, which makes a fit robust. */
export function vectorOf(features: Features, vocabulary: Vocabulary, skip?: () => boolean): Vector {
  const places: number[] = [];
  const values: number[] = [];
  for (const kind of FEATURE_KINDS) {
    const start = places.length;
    let sumOfSquares = 0;
    for (const id of features[kind]) {
      const place = vocabulary.places.get(id);
      if (place === undefined || skip?.()) continue;
      const value = valueAt(vocabulary.rarity, place);
      places.push(place);
      values.push(value);
      sumOfSquares += value * value;
    }
    const scale = KIND_SCALE[kind] / Math.sqrt(sumOfSquares || 1);
    for (let index = start; index < values.length; index += 1) values[index] = (values[index] ?? 0) * scale;
  }
  return { places, values };
}
