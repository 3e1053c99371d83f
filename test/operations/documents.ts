/** The commands that README and docs name. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const FILES = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => join('docs', name))];
const COMMAND = /npm (?:run (?:-s )?([a-z:]+)|(start|test|ci)\b)(?: -- (--[a-z]+))?/gu;

/** Every npm command, as `name` and, where an option stands first behind it, as `name --option` too. */
export function documentedCommands(): string[] {
  const texts = FILES.filter((name) => name.endsWith('.md')).map((name) => readFileSync(join(ROOT, name), 'utf8'));
  const found = texts.flatMap((text) => [...text.matchAll(COMMAND)]);
  return [...new Set(found.flatMap(([, script, word, option]) => [script ?? word ?? '', ...(option ? [`${script} ${option}`] : [])]))];
}

/** The scripts of package.json. */
export function scripts(): Readonly<Record<string, string>> {
  return (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts;
}

/** Runs a script of package.json as a person does, and gives what it printed. Throws where it failed. */
export function run(script: string, options: readonly string[], environment: Record<string, string> = {}): string {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', script, '--', ...options], {
    cwd: ROOT,
    encoding: 'utf8',
    input: '',
    env: { ...process.env, ...environment },
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`npm run ${script} ended with ${status}: ${stderr}`);
  return stdout;
}
