import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSeq, LineCounter, parseDocument } from 'yaml';
import { wordsOf } from '../../knowledge/matching/normalise.ts';
import { loadQuestions } from '../../knowledge/questions/questions.ts';
import type { Label } from '../../knowledge/topics/topic-ids.ts';
import { yamlFiles } from '../../knowledge/topics/topics.ts';
import type { Language } from '../../locales/languages.ts';

/** Where questions stand, and which of them measure and must never be learnt from. */
export interface QuestionFolders {
  readonly questions: string;
  readonly heldBack: string;
  readonly evaluation: string;
}

/** Why a question must not be put in; undefined where nothing speaks against it. */
export type Obstacle = 'measures' | 'known' | undefined;

/** Tells of a text whether it may be put in. Texts count as the same where their words are, however they are written. */
export function obstacleFinder({ questions, heldBack, evaluation }: QuestionFolders): (text: string) => Obstacle {
  const measuring = new Set([
    ...loadQuestions(heldBack).map(({ text }) => comparable(text)),
    ...evaluationQuestions(evaluation).map(comparable),
  ]);
  return (text) => {
    const words = comparable(text);
    if (measuring.has(words)) return 'measures';
    return loadQuestions(questions).some((one) => comparable(one.text) === words) ? 'known' : undefined;
  };
}

/**
 * Puts a question at the end of the list of its topic, in `folder/<language>`. Everything else in the file stays as it
 * is. The file is replaced in one step: it is whole at any time. Returns its name.
 * Throws an Error where the language has no list of the topic.
 */
export function addQuestion(folder: string, { language, label, text }: { language: Language; label: Label; text: string }): string {
  const own = join(folder, language);
  for (const name of yamlFiles(own)) {
    const file = join(own, name);
    const source = readFileSync(file, 'utf8');
    const line = endOfList(source, label);
    if (line === undefined) continue;
    const lines = source.split('\n');
    lines.splice(line, 0, `  - ${JSON.stringify(text)}`);
    writeFileSync(`${file}.new`, lines.join('\n'));
    renameSync(`${file}.new`, file);
    return file;
  }
  throw new Error(`no file in ${own} has a list of "${label}"`);
}

/** The number of lines up to the last question of a topic; undefined where the file has no such list. */
function endOfList(source: string, label: Label): number | undefined {
  const counter = new LineCounter();
  const list = parseDocument(source, { lineCounter: counter }).get(label, true);
  if (!isSeq(list)) return undefined;
  const last = list.items.at(-1) as { range?: [number, number, number] } | undefined;
  return last?.range ? counter.linePos(last.range[1] - 1).line : undefined;
}

function evaluationQuestions(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line.trim() !== '')
    .map((line) => String((JSON.parse(line) as { q?: unknown }).q ?? ''));
}

function comparable(text: string): string {
  return wordsOf(text).join(' ');
}
