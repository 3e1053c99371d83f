import { languageFeatures } from '../language/detect.ts';
import type { Question } from '../questions/questions.ts';
import { LABELS } from '../topics/topic-ids.ts';
import { featuresOf } from './features.ts';
import { buildLexicon, type LexiconEntries } from './lexicon.ts';
import { type Example, fitLinear } from './linear.ts';
import type { FittedModel } from './model.ts';
import { rank } from './model.ts';
import { fitTemperature, fitThresholds, type Judged } from './thresholds.ts';
import { vectorOf } from './vectors.ts';

/** Languages are told apart by simpler signs than topics: few rounds are enough. */
const DETECTOR_ROUNDS = 8;

/**
 * Fits the model to the questions of all languages together, then its certainty and thresholds to the questions
 * held back: those are written by another hand and never fitted to.
 */
export function fitModel(
  questions: readonly Question[],
  heldBack: readonly Question[],
  ideas: LexiconEntries,
  fingerprint: string,
): FittedModel {
  const lexicon = buildLexicon(ideas);
  const examples = questions.map(({ text, label }): Example => ({ features: featuresOf(text, lexicon), label: LABELS.indexOf(label) }));
  const topics = fitLinear(examples, LABELS.length);
  const languages = [...new Set(questions.map(({ language }) => language))].sort();
  const detector = fitLinear(
    questions.map(({ language }, index) => ({
      features: languageFeatures((examples[index] as Example).features),
      label: languages.indexOf(language),
    })),
    languages.length,
    DETECTOR_ROUNDS,
  );
  const unseen = heldBack.map(({ text, label }) => ({ label, vector: vectorOf(featuresOf(text, lexicon), topics.vocabulary) }));
  const judge = (temperature: number): Judged[] =>
    unseen.map(({ label, vector }) => ({ label, guesses: rank(vector, { topics, temperature }) }));
  const temperature = fitTemperature(judge);
  return { topics, detector, languages, ideas, temperature, thresholds: fitThresholds(judge(temperature)), fingerprint };
}
