import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { type Knowledge, loadKnowledge } from '../../knowledge/knowledge.ts';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { calibrationError, calibrationOf } from './calibration.ts';
import { compareClassifiers } from './compare-classifiers.ts';
import { comparePooling } from './compare-pooling.ts';
import {
  type Counts,
  type Figures,
  measure,
  readDateSets,
  readTopicSets,
  sumOf,
  type TopicSet,
  wrongDates,
  wrongLanguages,
} from './evaluation.ts';
import { reportPage } from './evaluation-report.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const FOLDER = join(ROOT, 'test', 'evaluation');
const REPORT = join(ROOT, 'build', 'evaluation.html');
const WORST = 12;

const COLUMNS: readonly [string, (counts: Counts) => string][] = [
  ['in scope', ({ inScope }) => String(inScope)],
  ['right at first', (one) => percent(one.rightAtFirst, one.inScope)],
  ['ranked first', (one) => percent(one.rankedFirst, one.inScope)],
  ['within three', (one) => percent(one.withinThree, one.inScope)],
  ['answered wrong', (one) => percent(one.answeredWrong, one.inScope)],
  ['out of scope', ({ outOfScope }) => String(outOfScope)],
  ['wrongly answered', (one) => percent(one.outOfScopeAnswered, one.outOfScope)],
  ['language right', (one) => percent(one.languageRight, one.messages)],
];

interface Measured {
  readonly set: TopicSet;
  readonly figures: Figures;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : ((100 * part) / whole).toFixed(1);
}

function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Prints how well the bot understands questions that it was not fitted to, by set, language and style; writes the report. */
function main(): void {
  const { values } = parseArgs({
    options: {
      set: { type: 'string' },
      lang: { type: 'string' },
      all: { type: 'boolean' },
      compare: { type: 'boolean' },
      pooling: { type: 'boolean' },
      // How often the fits of both comparisons go through the questions; once is enough to see that they run.
      rounds: { type: 'string' },
    },
  });
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))
    throw new Error(`--rounds ${values.rounds} is no number of rounds`);
  const knowledge = loadKnowledge({ onFit: () => process.stderr.write('Fitting the model to the questions …\n') });
  const wanted = readTopicSets(FOLDER)
    .filter(({ set }) => !values.set || set === values.set)
    .filter(({ language }) => !values.lang || language === values.lang);
  if (wanted.length === 0)
    throw new Error(`there is no set "${values.set ?? ''}" for "${values.lang ?? 'any language'}" in test/evaluation`);
  const { answer, choose } = knowledge.model.thresholds;
  print(
    `Answers from a certainty of ${answer.toFixed(2)}, offers a choice from ${choose.toFixed(2)}; temperature ${knowledge.model.temperature.toFixed(1)}. Figures in per cent.`,
  );
  const measured = wanted.map((set): Measured => ({ set, figures: measure(set, knowledge) }));
  for (const one of measured) printSet(one, knowledge, values.all ? Number.POSITIVE_INFINITY : WORST);
  for (const set of readDateSets(FOLDER)) if (!values.lang || values.lang === set.language) printDates(set, knowledge);
  for (const name of new Set(wanted.map(({ set }) => set)))
    printTable(
      name,
      measured.filter(({ set }) => set.set === name),
    );
  const cases = wanted.flatMap((set) => set.cases);
  if (values.compare) for (const line of compareClassifiers(cases, rounds)) print(line);
  if (values.pooling) for (const line of comparePooling(wanted, rounds)) print(line);
  writeReport(measured);
}

function printSet({ set, figures }: Measured, knowledge: Knowledge, most: number): void {
  print(`\n${set.set} ${set.language}`);
  for (const [name, show] of COLUMNS) print(`  ${name.padEnd(17)} ${show(figures)}`);
  for (const [style, one] of [...figures.styles].filter(([, { inScope }]) => inScope > 0).sort())
    print(`  ${style.padEnd(9)} ${percent(one.rightAtFirst, one.inScope).padStart(5)} of ${one.inScope} right at first`);
  for (const { q, expected, got, kind } of figures.confusions.slice(0, most)) print(`  - [${kind}] ${expected} -> ${got}: ${q}`);
  if (most < figures.confusions.length) print(`  (${figures.confusions.length - most} more with --all)`);
  for (const { q, got } of wrongLanguages(set, knowledge).slice(0, most)) print(`  - taken for ${got}: ${q}`);
}

function printDates(set: ReturnType<typeof readDateSets>[number], knowledge: Knowledge): void {
  const wrong = wrongDates(set, knowledge);
  print(`\ndates ${set.language}: ${set.cases.length - wrong.length} of ${set.cases.length} right`);
  for (const { q, expected, got } of wrong)
    print(`  - ${expected.rule} ${expected.state}, got ${got ? `${got.rule} ${got.state} ${got.date}` : 'no rule'}: ${q}`);
}

/** The figures of a set side by side, a language a line, with their mean over the languages and the calibration. */
function printTable(name: string, measured: readonly Measured[]): void {
  const cells = (counts: Counts) => COLUMNS.map(([, show]) => show(counts));
  const rows = measured.map(({ set, figures }) => [set.language, ...cells(figures)]);
  const numbers = COLUMNS.map((_, column) => rows.map((row) => Number(row[column + 1])));
  const mean = numbers.map((column) => (column.reduce((sum, value) => sum + value, 0) / column.length).toFixed(1));
  print(`\n| ${name} | ${COLUMNS.map(([title]) => title).join(' | ')} |\n|${' --- |'.repeat(COLUMNS.length + 1)}`);
  for (const row of [...rows, ['mean', ...mean]]) print(`| ${row.join(' | ')} |`);
  const bins = calibrationOf(measured.flatMap(({ figures }) => figures.certainties));
  print(`\nCalibration of ${name}: error ${(100 * calibrationError(bins)).toFixed(1)}`);
  for (const { from, to, questions, sure, right } of bins)
    print(
      `  ${from.toFixed(2)} to ${to.toFixed(2)}: ${String(questions).padStart(4)} questions, sure ${(100 * sure).toFixed(1)}, right ${(100 * right).toFixed(1)}`,
    );
}

function writeReport(measured: readonly Measured[]): void {
  const results = LANGUAGE_CODES.flatMap((language) => {
    const figures = measured.filter(({ set }) => set.language === language).map((one) => one.figures);
    if (figures.length === 0) return [];
    const styleNames = new Set(figures.flatMap(({ styles }) => [...styles.keys()]));
    const styles = new Map([...styleNames].map((style) => [style, sumOf(figures.flatMap((one) => one.styles.get(style) ?? []))] as const));
    const certainties = figures.flatMap((one) => one.certainties);
    return [{ language, counts: sumOf(figures), styles, certainties, confusions: figures.flatMap(({ confusions }) => confusions) }];
  });
  mkdirSync(dirname(REPORT), { recursive: true });
  const sets = [...new Set(measured.map(({ set }) => set.set))].join(' and ');
  writeFileSync(
    REPORT,
    reportPage(results, `Question sets ${sets} of test/evaluation, measured on ${new Date().toISOString().slice(0, 10)}.`),
  );
  print(`\nWith pictures: ${relative(process.cwd(), REPORT)}`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`evaluate: ${(error as Error).message}\n`);
  process.exitCode = 2;
}
