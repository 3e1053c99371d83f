import { join } from 'node:path';
import { readTopicSets } from '../src/operations/evaluation.ts';

/** What people ask: the evaluation questions of all languages, in an order that mixes them. */
export function questions(): string[] {
  const sets = readTopicSets(join(import.meta.dirname, '..', 'test', 'evaluation'));
  const all = sets.map(({ cases }) => cases.map(({ q }) => q));
  const longest = Math.max(...all.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => all.flatMap((set) => set[index] ?? [])).flat();
}
