import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withoutPersonalData } from '../../knowledge/privacy/personal-data.ts';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { isCaught, isFalselyCaught, type PersonalCase, type PlainCase, readGuardCases } from './guard-figures.ts';

const TESTS = join(import.meta.dirname, '..', '..', 'test');

/** Prints how much of the personal data in the messages of test/privacy the guard catches, and how often it takes something else for it. */
function main(): void {
  parseArgs({ options: {} });
  const { personal, plain } = readGuardCases(join(TESTS, 'privacy'), join(TESTS, 'evaluation'));
  for (const set of ['own', 'unseen'] as const) {
    const own = personal.filter((one) => one.set === set);
    printHead(`caught of ${set}`);
    for (const kind of new Set(own.map((one) => one.kind)))
      printRow(
        kind,
        own.filter((one) => one.kind === kind),
        isCaught,
      );
    printRow('all', own, isCaught);
  }
  printHead('falsely caught');
  for (const set of ['own', 'unseen', 'evaluation'] as const)
    printRow(
      set,
      plain.filter((one) => one.set === set),
      isFalselyCaught,
    );
  for (const { language, kind, text } of personal.filter((one) => !isCaught(one))) print(`\nmissed, ${language} ${kind}: ${text}`);
  for (const { language, text } of plain.filter(isFalselyCaught))
    print(`\nfalsely caught, ${language}: ${text} -> ${withoutPersonalData(text)}`);
}

function printHead(name: string): void {
  print(`\n| ${name} | ${LANGUAGE_CODES.join(' | ')} | all |\n|${' --- |'.repeat(LANGUAGE_CODES.length + 2)}`);
}

/** A line of the table: of how many messages of each language it is true. */
function printRow<Case extends PersonalCase | PlainCase>(name: string, cases: readonly Case[], isTrue: (one: Case) => boolean): void {
  const cell = (some: readonly Case[]) => (some.length === 0 ? '-' : `${some.filter(isTrue).length} of ${some.length}`);
  const own = LANGUAGE_CODES.map((language) => cell(cases.filter((one) => one.language === language)));
  print(`| ${[name, ...own, cell(cases)].join(' | ')} |`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`guard: ${(error as Error).message}\n`);
  process.exitCode = 2;
}
