/** The bench in its small form: that it runs and says what it promises, not how fast anything is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasRedis } from '../service/redis-server.ts';
import { run } from './documents.ts';

const LONGEST = 600_000;

test(
  'npm run bench: every section has its figures, and the targets stand beside them',
  () => {
    const printed = run('bench', ['--quick']);
    expect(printed.match(/^## .*$/gmu)).toEqual([
      '## Targets',
      '## A whole turn',
      '## Direct Line',
      '## Matching',
      '## Start and memory',
      '## How cost grows',
    ]);
    expect(printed).not.toMatch(/NaN|undefined|Infinity/u);
    const targets = [/times the echo bot/u, /matching, µs/u, /first answer, ms/u, /memory at rest/u];
    for (const target of targets) expect(printed).toMatch(new RegExp(`^\\|.*${target.source}.*\\| (?:yes|\\*\\*no\\*\\*) \\|$`, 'mu'));
    expect(printed.includes('| Redis | this bot |')).toBe(hasRedis());
    expect(readFileSync(join(import.meta.dirname, '..', '..', 'build', 'bench', 'results.md'), 'utf8')).toContain('## Targets');
  },
  LONGEST,
);

test('npm run bench:matching', () => expect(run('bench:matching', ['--lang', 'fa'])).toMatch(/\| fa \| \d+ \| nlp\.js \|/u), LONGEST);
