import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTING_NAMES } from '../../src/settings.ts';

const root = join(__dirname, '..', '..');
/** The first cells of the rows of all tables of a page. */
const firstCells = (page: string) =>
  readFileSync(join(root, page), 'utf8')
    .split('\n')
    .flatMap((line) => /^\| (?<cell>[^|]*) \|/u.exec(line)?.groups?.['cell'] ?? [])
    .join(' ');

test('every setting stands in a table of the README or of the page on limits', () => {
  expect(SETTING_NAMES.length).toBeGreaterThan(20);
  const tables = `${firstCells('README.md')} ${firstCells('docs/limits.md')}`;
  expect(SETTING_NAMES.filter((name) => !tables.includes(`\`${name}\``))).toEqual([]);
});
