import { readFileSync } from 'node:fs';
import { type Document, isMap, isNode, isPair, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { KnowledgeError } from './knowledge-error.ts';

/** A validated YAML file that still knows on which line each value stands. */
export interface YamlFile<T> {
  readonly file: string;
  readonly data: T;
  /** The line (from 1) of the value at `path`, or of its nearest parent that exists. */
  lineOf(path: readonly PropertyKey[]): number;
}

/**
 * Reads and validates a YAML file.
 * Throws a KnowledgeError with file, line and reason where the file is missing, is no YAML,
 * has a key twice, or does not fit the schema.
 */
export function readYaml<T>(file: string, schema: z.ZodType<T>): YamlFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines, uniqueKeys: true });
  const [broken] = document.errors;
  if (broken) {
    throw new KnowledgeError(file, lines.linePos(broken.pos[0]).line, firstLine(broken.message));
  }
  const lineOf = (path: readonly PropertyKey[]) => lines.linePos(offsetOf(document, path)).line;
  const result = schema.safeParse(document.toJS());
  if (!result.success) {
    // A key that nobody knows is mostly one that is misspelt, and then another one seems to be missing.
    const issue = result.error.issues.find(({ code }) => code === 'unrecognized_keys') ?? result.error.issues[0];
    const path = [...(issue?.path ?? []), ...(issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])];
    throw new KnowledgeError(file, lineOf(path), `${path.join('.') || 'file'}: ${reasonOf(issue)}`);
  }
  return { file, data: result.data, lineOf };
}

function reasonOf(issue: z.core.$ZodIssue | undefined): string {
  const inner = issue?.code === 'invalid_key' ? issue.issues[0] : issue;
  return inner?.message ?? 'does not fit';
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new KnowledgeError(file, 1, `cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const found = keyOffset(document, path.slice(0, depth));
    if (found !== undefined) return found;
  }
  return startOf(document.contents) ?? 0;
}

/** Where the key of a mapping or the item of a list begins: a person looks for the key, not for its value. */
function keyOffset(document: Document, path: readonly PropertyKey[]): number | undefined {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isPair(item) && String(item.key) === String(last));
    return pair && isNode(pair.key) ? startOf(pair.key) : undefined;
  }
  return startOf(document.getIn(path, true));
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? ((node as Node).range?.[0] ?? undefined) : undefined;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
