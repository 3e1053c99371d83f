import { FEATURE_KINDS, type FeatureKind, type Features } from './features.ts';
import type { Places } from './id-table.ts';

/** The features that the model knows, each with its place in the weights and how telling it is (rarer tells more). */
export interface Vocabulary {
  readonly places: Places;
  readonly rarity: Float32Array;
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
    for (const kind of FEATURE_KINDS) for (const id of new Set(features[kind])) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const kept = [...counts].filter(([, count]) => count >= 2);
  return {
    places: new Map(kept.map(([id], place) => [id, place])),
    rarity: Float32Array.from(kept, ([, count]) => Math.log(all.length / count) / RARITY_UNIT),
  };
}

/** The vector of a text: every kind scaled to the same length. `skip` leaves features out, which makes a fit robust. */
export function vectorOf(features: Features, vocabulary: Vocabulary, skip?: () => boolean): Vector {
  const places: number[] = [];
  const values: number[] = [];
  const seen = marksFor(vocabulary);
  const marked: number[] = [];
  for (const kind of FEATURE_KINDS) {
    const start = places.length;
    let sumOfSquares = 0;
    for (const id of features[kind]) {
      const place = vocabulary.places.get(id);
      if (place === undefined || seen[place] === 1) continue;
      seen[place] = 1;
      marked.push(place);
      if (skip?.()) continue;
      const value = vocabulary.rarity[place] ?? 0;
      places.push(place);
      values.push(value);
      sumOfSquares += value * value;
    }
    const scale = KIND_SCALE[kind] / Math.sqrt(sumOfSquares || 1);
    for (let index = start; index < values.length; index += 1) values[index] = (values[index] ?? 0) * scale;
  }
  for (const place of marked) seen[place] = 0;
  return { places, values };
}

const marks = new WeakMap<Vocabulary, Uint8Array>();

/** One mark for each feature: a feature counts once, and a set of numbers would take longer than all the rest. They are 0 between calls. */
function marksFor(vocabulary: Vocabulary): Uint8Array {
  const known = marks.get(vocabulary);
  if (known) return known;
  const made = new Uint8Array(vocabulary.places.size);
  marks.set(vocabulary, made);
  return made;
}
