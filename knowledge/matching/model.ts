import { LABELS, type Label } from '../topics/topic-ids.ts';
import { featureNames, featuresOf } from './features.ts';
import type { Lexicon, LexiconEntries } from './lexicon.ts';
import { type FittedWeights, type LinearWeights, scoresOf, weightOf } from './linear.ts';
import { softmax } from './softmax.ts';
import { type Vector, type Vocabulary, vectorOf } from './vectors.ts';

/** A label and how sure the model is of it, from 0 to 1. */
export interface Guess {
  readonly label: Label;
  readonly probability: number;
}

/** From which certainty on the bot answers, and from which on it offers a choice. Fitted on held-back questions. */
export interface Thresholds {
  readonly answer: number;
  readonly choose: number;
}

/** What a model says of itself: what was fitted on held-back questions, and to what. */
export interface ModelFacts {
  readonly languages: readonly string[];
  /** The words of the ideas that it was fitted with. */
  readonly ideas: LexiconEntries;
  readonly temperature: number;
  readonly thresholds: Thresholds;
  /** A fingerprint of the data that the model was fitted to. */
  readonly fingerprint: string;
}

/** What the service reads at start. */
export interface Model extends ModelFacts {
  /** The features that both classifiers are about. */
  readonly vocabulary: Vocabulary;
  /** From a text to its topic. */
  readonly topics: LinearWeights;
  /** From a text to the language it is written in: an index of `languages`. */
  readonly detector: LinearWeights;
}

/** A model as it comes from a fit: each classifier has its own features, and can list them. */
export interface FittedModel extends ModelFacts {
  readonly topics: FittedWeights;
  readonly detector: FittedWeights;
}

/** All labels by probability, the likeliest first. */
export function rank(vector: Vector, model: Pick<Model, 'topics' | 'temperature'>): Guess[] {
  const probabilities = softmax(scoresOf(vector, model.topics), model.temperature);
  return LABELS.map((label, index) => ({ label, probability: probabilities[index] ?? 0 })).sort((a, b) => b.probability - a.probability);
}

/** The features that spoke most for a label in this text, strongest first: why the model thinks so. */
export function explain(text: string, label: Label, lexicon: Lexicon, model: Model, most = 8) {
  const { vocabulary, topics } = model;
  const names = new Map([...featureNames(text, lexicon)].map(([id, name]) => [vocabulary.places.get(id), name]));
  const { places, values } = vectorOf(featuresOf(text, lexicon), vocabulary);
  const column = LABELS.indexOf(label);
  return places
    .map((place, at) => ({ feature: names.get(place) ?? '', weight: (values[at] ?? 0) * weightOf(place, column, topics) }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, most);
}
