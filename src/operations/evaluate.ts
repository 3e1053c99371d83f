import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadKnowledge } from '../../knowledge/knowledge.ts';
import { compareClassifiers } from './compare-classifiers.ts';
import { type Figures, measure, readDateSets, readTopicSets, wrongDates } from './evaluation.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'test', 'evaluation');
const WORST = 12;

const COLUMNS: readonly [string, (figures: Figures) => string][] = [
  ['in scope', ({ inScope }) => String(inScope)],
  ['right at first', (f) => percent(f.rightAtFirst, f.inScope)],
  ['ranked first', (f) => percent(f.rankedFirst, f.inScope)],
  ['within three', (f) => percent(f.withinThree, f.inScope)],
  ['answered wrong', (f) => percent(f.answeredWrong, f.inScope)],
  ['out of scope', ({ outOfScope }) => String(outOfScope)],
  ['wrongly answered', (f) => percent(f.outOfScopeAnswered, f.outOfScope)],
  ['language right', (f) => percent(f.languageRight, f.messages)],
];

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints how well the bot understands questions that it was not fitted to, by set and language. */
function main(): void {
  const { values } = parseArgs({ options: { set: { type: 'string' }, all: { type: 'boolean' }, compare: { type: 'boolean' } } });
  const knowledge = loadKnowledge({ onFit: () => process.stderr.write('Fitting the model to the questions …\n') });
  const sets = readTopicSets(FOLDER).filter(({ set }) => !values.set || set === values.set);
  if (sets.length === 0) throw new Error(`there is no set "${values.set}" in test/evaluation`);
  const { answer, choose } = knowledge.model.thresholds;
  print(
    `Answers from a certainty of ${answer.toFixed(2)}, offers a choice from ${choose.toFixed(2)}; temperature ${knowledge.model.temperature.toFixed(1)}.`,
  );
  for (const set of sets) {
    const figures = measure(set, knowledge);
    print(`\n${set.set} ${set.language}`);
    for (const [name, show] of COLUMNS) print(`  ${name.padEnd(17)} ${show(figures)}`);
    const shown = values.all ? figures.confusions : figures.confusions.slice(0, WORST);
    for (const { q, expected, got, kind } of shown) print(`  - [${kind}] ${expected} -> ${got}: ${q}`);
    if (shown.length < figures.confusions.length) print(`  (${figures.confusions.length - shown.length} more with --all)`);
  }
  for (const set of readDateSets(FOLDER)) {
    const wrong = wrongDates(set, knowledge);
    print(`\ndates ${set.language}: ${set.cases.length - wrong.length} of ${set.cases.length} right`);
    for (const { q, expected, got } of wrong)
      print(`  - ${expected.rule} ${expected.state}, got ${got ? `${got.rule} ${got.state} ${got.date}` : 'no rule'}: ${q}`);
  }
  if (values.compare) for (const line of compareClassifiers(sets.flatMap(({ cases }) => cases))) print(line);
}

try {
  main();
} catch (error) {
  process.stderr.write(`evaluate: ${(error as Error).message}\n`);
  process.exitCode = 2;
}
