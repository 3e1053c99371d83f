import { featuresOf } from '../../knowledge/matching/features.ts';
import { buildLexicon, loadLexiconEntries } from '../../knowledge/matching/lexicon.ts';
import { type Example, fitLinear, scoresOf } from '../../knowledge/matching/linear.ts';
import { vectorOf } from '../../knowledge/matching/vectors.ts';
import { KNOWLEDGE_PATHS } from '../../knowledge/paths.ts';
import { loadQuestions } from '../../knowledge/questions/questions.ts';
import { LABELS } from '../../knowledge/topics/topic-ids.ts';
import type { TopicSet } from './evaluation.ts';

/**
 * What the languages teach each other, as lines to print: for each language the share of first guesses that are right
 * with the questions of all languages, with its own alone, and with those of the others alone.
 */
export function comparePooling(sets: readonly TopicSet[], rounds?: number): string[] {
  const lexicon = buildLexicon(loadLexiconEntries(KNOWLEDGE_PATHS.concepts));
  const known = loadQuestions(KNOWLEDGE_PATHS.questions).map(({ language, text, label }) => ({
    language,
    features: featuresOf(text, lexicon),
    label: LABELS.indexOf(label),
  }));
  const languages = [...new Set(sets.map(({ language }) => language))];
  const all = fitLinear(known, LABELS.length, rounds);
  const rows = languages.map((language) => {
    const cases = sets.filter((set) => set.language === language).flatMap((set) => set.cases);
    const features = cases.map(({ q }) => featuresOf(q, lexicon));
    const right = (model: typeof all) => {
      const hits = cases.filter(({ topics }, index) => {
        const scores = scoresOf(vectorOf(features[index] as Example['features'], model.vocabulary), model);
        return topics.includes(LABELS[scores.indexOf(Math.max(...scores))] ?? '');
      });
      return ((100 * hits.length) / cases.length).toFixed(1);
    };
    const fitTo = (wanted: (language: string) => boolean) =>
      fitLinear(
        known.filter((one) => wanted(one.language)),
        LABELS.length,
        rounds,
      );
    const own = right(fitTo((one) => one === language));
    const others = right(fitTo((one) => one !== language));
    return `| ${language} | ${cases.length} | ${right(all)} | ${own} | ${others} |`;
  });
  return [
    '\nFirst guess right, in per cent, by whose questions the model was fitted to:\n',
    '| language | questions | all languages | its own alone | the others alone |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ];
}
