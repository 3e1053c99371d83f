import { NameTable } from '../../knowledge/matching/name-table.ts';

const names = Array.from({ length: 50_000 }, (_, index) => `g:${index.toString(36)}`);

test('every name has its place, and no other text has one', () => {
  const table = NameTable.of(names);
  expect(names.every((name, place) => table.get(name) === place)).toBe(true);
  expect(names.filter((name) => table.get(`${name} x`) !== undefined)).toEqual([]);
  expect([table.size, NameTable.of([]).get('a'), table.get('')]).toEqual([50_000, undefined, undefined]);
});

test('a name that is there twice is refused', () => {
  expect(() => NameTable.of(['a', 'b', 'a'])).toThrow('the name "a"');
});
