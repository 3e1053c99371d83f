/** The documented commands that take long, in a small form: that they run and print what they promise, not how fast anything is. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './documents.ts';

const LONGEST = 600_000;

test('npm run bench:page', () => expect(run('bench:page', ['--quick'])).toMatch(/until the first answer .*1 : \d/u), LONGEST);

test.each([
  ['compare', /nearest neighbours +\d+\.\d %/u],
  ['pooling', /\| fa \| \d+ \| \d+\.\d \| \d+\.\d \| \d+\.\d \|/u],
])('npm run evaluate -- --%s', (option, prints) => expect(run('evaluate', [`--${option}`, '--rounds', '1'])).toMatch(prints), LONGEST);

test(
  'npm run pictures: those that the docs show',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
    run('pictures', ['--to', folder]);
    const taken = readdirSync(folder).sort();
    const shown = ['README.md', ...readdirSync(join(import.meta.dirname, '..', '..', 'docs')).map((name) => join('docs', name))]
      .filter((name) => name.endsWith('.md'))
      .flatMap((name) => [
        ...readFileSync(join(import.meta.dirname, '..', '..', name), 'utf8').matchAll(/pictures\/((?:page|timeline)-[a-z]+\.png)/gu),
      ]);
    expect(shown.map(([, name]) => name).filter((name) => !taken.includes(name ?? ''))).toEqual([]);
    expect(taken.length).toBeGreaterThan(6);
    rmSync(folder, { recursive: true });
  },
  LONGEST,
);
