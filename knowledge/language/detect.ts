import { valueAt } from '../matching/column.ts';
import type { Features } from '../matching/features.ts';
import { scoresOf } from '../matching/linear.ts';
import type { Model } from '../matching/model.ts';
import { softmax } from '../matching/softmax.ts';
import type { Vector } from '../matching/vectors.ts';

/** A language code and how sure the detector is of it, from 0 to 1. */
export interface DetectedLanguage {
  readonly language: string;
  readonly probability: number;
}

/** What tells languages apart: words and letters, not what is talked about. */
export function languageFeatures(features: Features): Features {
  return { ideas: [], concept: [], pair: [], word: features.word, phrase: [], gram: features.gram };
}

/** The language that a text seems to be written in; undefined where its vector holds nothing that the detector knows. */
export function detectLanguage(vector: Vector, model: Pick<Model, 'detector' | 'languages'>): DetectedLanguage | undefined {
  const { scales } = model.detector;
  if (!vector.places.some((place) => !scales || valueAt(scales, place) !== 0)) return undefined;
  const probabilities = softmax(scoresOf(vector, model.detector));
  let best = 0;
  probabilities.forEach((probability, index) => {
    if (probability > (probabilities[best] ?? 0)) best = index;
  });
  return { language: model.languages[best] ?? '', probability: probabilities[best] ?? 0 };
}
