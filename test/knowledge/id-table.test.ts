import { featureId } from '../../knowledge/matching/feature-id.ts';
import { IdTable } from '../../knowledge/matching/id-table.ts';

const names = Array.from({ length: 50_000 }, (_, index) => index.toString(36));
const ids = names.map((name) => featureId('g:', name));

test('every feature has its place, and no other text has one', () => {
  const table = IdTable.of(ids);
  expect(ids.every((id, place) => table.get(id) === place)).toBe(true);
  expect(names.filter((name) => table.get(featureId('g:', `${name} x`)) !== undefined)).toEqual([]);
  expect(names.filter((name) => table.get(featureId('w:', name)) !== undefined)).toEqual([]);
  expect([table.size, IdTable.of([]).get(featureId('g:', 'a')), table.get(0)]).toEqual([50_000, undefined, undefined]);
});

test('a feature that is there twice is refused', () => {
  expect(() => IdTable.of([...ids.slice(0, 3), ids[1] as number])).toThrow('two features have the number');
});

test('a stretch of a text has the number of the same letters alone', () => {
  expect(featureId('g:', '_brief_', 1, 4)).toBe(featureId('g:', 'bri'));
  expect(featureId('g:', 'bri')).not.toBe(featureId('g:', 'rbi'));
  expect(Number.isSafeInteger(featureId('', ''))).toBe(true);
});
