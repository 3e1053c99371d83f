import { featuresOf } from '../../knowledge/matching/features.ts';
import { buildLexicon, loadLexiconEntries } from '../../knowledge/matching/lexicon.ts';
import { type Example, fitLinear, scoresOf } from '../../knowledge/matching/linear.ts';
import { nearestNeighbours } from '../../knowledge/matching/nearest.ts';
import { softmax } from '../../knowledge/matching/softmax.ts';
import { vectorOf } from '../../knowledge/matching/vectors.ts';
import { KNOWLEDGE_PATHS } from '../../knowledge/paths.ts';
import { loadQuestions } from '../../knowledge/questions/questions.ts';
import { LABELS } from '../../knowledge/topics/topic-ids.ts';

const LINEAR_SHARE = 0.6;

/**
 * Compares the classifiers on questions that none of them was fitted to, held-back and evaluation ones: the linear model, the nearest
 * neighbours, and their mean; and the linear model without the ideas and without the words.
 */
export function compareClassifiers(evaluation: readonly { q: string; topics: readonly string[] }[], rounds?: number): string[] {
  const lexicon = buildLexicon(loadLexiconEntries(KNOWLEDGE_PATHS.concepts));
  const example = ({ text, label }: { text: string; label: string }): Example => ({
    features: featuresOf(text, lexicon),
    label: (LABELS as readonly string[]).indexOf(label),
  });
  const known = loadQuestions(KNOWLEDGE_PATHS.questions).map(example);
  const heldBack = loadQuestions(KNOWLEDGE_PATHS.heldBack).map(example);
  const unseen = [...heldBack, ...evaluation.map(({ q, topics }) => example({ text: q, label: topics[0] ?? 'none' }))];
  const linear = fitLinear(known, LABELS.length, rounds);
  const nearest = nearestNeighbours(known, linear.vocabulary, LABELS.length);
  const without = (kinds: readonly string[]) => {
    const strip = (one: Example): Example => ({
      ...one,
      features: { ...one.features, ...Object.fromEntries(kinds.map((kind) => [kind, []])) },
    });
    const model = fitLinear(known.map(strip), LABELS.length, rounds);
    return (one: Example) => softmax(scoresOf(vectorOf(strip(one).features, model.vocabulary), model));
  };
  const byLinear = (one: Example) => softmax(scoresOf(vectorOf(one.features, linear.vocabulary), linear));
  const byNearest = (one: Example) => nearest(vectorOf(one.features, linear.vocabulary));
  const rivals: [string, (one: Example) => Float64Array][] = [
    ['linear', byLinear],
    ['nearest neighbours', byNearest],
    [
      'mean of both',
      (one) => {
        const other = byNearest(one);
        return byLinear(one).map((value, index) => LINEAR_SHARE * value + (1 - LINEAR_SHARE) * (other[index] ?? 0));
      },
    ],
    ['linear without ideas', without(['concept', 'pair'])],
    ['linear without words', without(['word', 'phrase', 'gram'])],
  ];
  return [
    `\nClassifiers on ${unseen.length} questions of the held-back and evaluation sets, first guess right:`,
    ...rivals.map(([name, guess]) => {
      const right = unseen.filter((one) => best(guess(one)) === one.label).length;
      return `  ${name.padEnd(21)} ${((100 * right) / unseen.length).toFixed(1)} %`;
    }),
  ];
}

function best(scores: Float64Array): number {
  return scores.reduce((top, score, index) => (score > (scores[top] ?? 0) ? index : top), 0);
}
