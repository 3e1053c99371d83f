/** Language detection beside two libraries, on the messages of the evaluation sets: which share is taken for its own language. */
import { join } from 'node:path';
import { franc } from 'franc';
import { detect as tinyld } from 'tinyld';
import { loadKnowledge } from '../knowledge/knowledge.ts';
import { wordsOf } from '../knowledge/matching/normalise.ts';
import { LANGUAGE_CODES, type Language } from '../locales/languages.ts';
import { readTopicSets } from '../src/operations/evaluation.ts';

const SETS = join(import.meta.dirname, '..', 'test', 'evaluation');
/** ISO 639-3, which franc speaks, for our languages. */
const ISO_639_3: Readonly<Record<string, string>> = {
  eng: 'en',
  nld: 'nl',
  arb: 'ar',
  fra: 'fr',
  rus: 'ru',
  ukr: 'uk',
  tur: 'tr',
  pes: 'fa',
};

const knowledge = loadKnowledge();

const DETECTORS: readonly [string, (text: string) => string | undefined][] = [
  ['this project', (text) => knowledge.detect(text)?.language],
  ['franc', (text) => ISO_639_3[franc(text, { only: Object.keys(ISO_639_3), minLength: 1 })]],
  ['tinyld', (text) => tinyld(text, { only: [...LANGUAGE_CODES] })],
];

interface Message {
  readonly q: string;
  readonly language: Language;
  readonly style: string;
}

const KINDS: readonly [string, (message: Message) => boolean][] = [
  ['three words and more, not mixed', ({ q, style }) => wordsIn(q) >= 3 && style !== 'mixed'],
  ['one or two words', ({ q, style }) => wordsIn(q) < 3 && style !== 'mixed'],
  ['mixed', ({ style }) => style === 'mixed'],
  ['in Latin letters for another script', ({ style }) => style === 'translit'],
];

function wordsIn(text: string): number {
  return wordsOf(text).length;
}

function main(): void {
  const messages = readTopicSets(SETS).flatMap(({ language, cases }) => cases.map(({ q, style }): Message => ({ q, language, style })));
  const print = (line: string) => process.stdout.write(`${line}\n`);
  print(`| messages | ${DETECTORS.map(([name]) => name).join(' | ')} |`);
  print(`| --- |${' --- |'.repeat(DETECTORS.length)}`);
  for (const [kind, belongs] of KINDS) {
    const chosen = messages.filter(belongs);
    if (chosen.length === 0) continue;
    const cells = DETECTORS.map(([, detect]) => {
      const right = chosen.filter(({ q, language }) => detect(q) === language).length;
      return `${((100 * right) / chosen.length).toFixed(1)} %`;
    });
    print(`| ${kind} (${chosen.length}) | ${cells.join(' | ')} |`);
  }
  const times = DETECTORS.map(([, detect]) => {
    const start = performance.now();
    for (const { q } of messages) detect(q);
    return `${((1000 * (performance.now() - start)) / messages.length).toFixed(0)} µs`;
  });
  print(`| time for one | ${times.join(' | ')} |`);
}

main();
