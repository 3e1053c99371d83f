import { type Column, column, valueAt } from './column.ts';
import type { Features } from './features.ts';
import { seededRandom } from './random.ts';
import { softmax } from './softmax.ts';
import { type ListedVocabulary, type Vector, vectorOf, vocabularyOf } from './vectors.ts';

/** A text with the number of its class. */
export interface Example {
  readonly features: Features;
  readonly label: number;
}

/** A fitted linear classifier: one weight for each feature and class, and one bias a class. */
export interface LinearWeights {
  readonly classes: number;
  /** The weights of a feature for all classes, side by side. */
  readonly weights: Column<Float32Array | Int8Array>;
  /** What the weights of each feature are to be multiplied by; nothing where they stand for themselves. */
  readonly scales?: Column<Float32Array>;
  readonly bias: Float32Array;
}

/** A classifier as it comes from a fit, with the features that it is about. */
export interface FittedWeights extends LinearWeights {
  readonly vocabulary: ListedVocabulary;
  readonly weights: Column<Float32Array>;
}

/**
 * Chosen by cross-validation (`npm run evaluate -- --compare`). Leaving out a third of the features at random
 * keeps one telling word from carrying a whole answer.
 */
const FIT = { rounds: 25, rate: 0.3, decay: 1e-6, skipped: 0.3, shareWithSkips: 0.7, seed: 7 };

/** Fits softmax regression with AdaGrad. The same examples in the same order give the same weights. */
export function fitLinear(examples: readonly Example[], classes: number, rounds = FIT.rounds): FittedWeights {
  const vocabulary = vocabularyOf(examples.map(({ features }) => features));
  const weights = new Float32Array(vocabulary.places.size * classes);
  const squares = new Float32Array(weights.length).fill(1e-2);
  const bias = new Float32Array(classes);
  const random = seededRandom(FIT.seed);
  const skip = () => random() < FIT.skipped;
  const order = [...examples];

  for (let round = 0; round < rounds; round += 1) {
    shuffle(order, random);
    for (const { features, label } of order) {
      const vector = vectorOf(features, vocabulary, random() < FIT.shareWithSkips ? skip : undefined);
      const errors = softmax(scoresOf(vector, { classes, weights: column(weights, classes), bias }));
      errors[label] = (errors[label] ?? 0) - 1;
      for (let index = 0; index < classes; index += 1) bias[index] = (bias[index] ?? 0) - 0.01 * (errors[index] ?? 0);
      for (let feature = 0; feature < vector.places.length; feature += 1) {
        const row = (vector.places[feature] ?? 0) * classes;
        const value = vector.values[feature] ?? 0;
        for (let index = 0; index < classes; index += 1) {
          const cell = row + index;
          const weight = weights[cell] ?? 0;
          const gradient = (errors[index] ?? 0) * value + FIT.decay * weight;
          const square = (squares[cell] ?? 0) + gradient * gradient;
          squares[cell] = square;
          weights[cell] = weight - (FIT.rate * gradient) / Math.sqrt(square);
        }
      }
    }
  }
  return { classes, vocabulary, weights: column(weights, classes), bias };
}

/** The score of every class for a vector. */
export function scoresOf(vector: Vector, { classes, weights, scales, bias }: LinearWeights): Float64Array {
  const { list, offset, stride } = weights;
  const scores = Float64Array.from(bias);
  for (let feature = 0; feature < vector.places.length; feature += 1) {
    const place = vector.places[feature] ?? 0;
    const row = offset + place * stride;
    const value = (vector.values[feature] ?? 0) * (scales ? valueAt(scales, place) : 1);
    for (let index = 0; index < classes; index += 1) scores[index] = (scores[index] ?? 0) + value * (list[row + index] ?? 0);
  }
  return scores;
}

/** What a feature says for a class. */
export function weightOf(place: number, index: number, { weights, scales }: LinearWeights): number {
  return valueAt(weights, place, index) * (scales ? valueAt(scales, place) : 1);
}

function shuffle<T>(list: T[], random: () => number): void {
  for (let index = list.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    [list[index], list[other]] = [list[other] as T, list[index] as T];
  }
}
