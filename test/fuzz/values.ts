/** Values that programs stumble over, and what is done with real ones to make them so. */
import fc from 'fast-check';

const deep = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

/** Values for any place of a JSON body. */
export const nastyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    '',
    ' ',
    'null',
    '__proto__',
    'constructor',
    '\u0000',
    '\ud800',
    '\u202e\u2066',
    'a\u0301'.repeat(400),
    '\u{1F600}'.repeat(3_000),
    'x'.repeat(20_000),
    '١٢٣',
    '2023-13-45',
    '2023-07-15T12:00',
    '<script>alert(1)</script>',
    '{{edition}} $t(chat:error) %s',
    "' OR 1=1 --",
    'ID|0000001',
    'delete my data',
    'Yes',
    [],
    {},
    [[]],
    [null, null],
    { toString: 1 },
    { length: -1 },
    JSON.parse('{"__proto__":{"polluted":true}}'),
    deep(50),
    deep(3_000),
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
  fc.integer(),
  fc.double(),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Texts for addresses, headers and parameters. */
export const nastyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '%',
    '%00',
    '%E0%A4%A',
    '..',
    '../..',
    '%2e%2e%2f',
    '//',
    '\\',
    'null',
    '__proto__',
    '*',
    '0',
    '-1',
    '1e9',
    'x'.repeat(3_000),
  ),
  fc.constantFrom(
    'nl',
    'ar',
    'xx',
    'EN',
    'nl.svg',
    'fa.png',
    'en.txt',
    'nl.ics',
    '2023-07-15',
    '2023-02-31',
    '9999-12-31',
    'second-letter',
    "'",
    '"',
    '<b>',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ maxLength: 40 }),
);

/** One change of a JSON value: `at` chooses the place. */
export interface Change {
  readonly at: number;
  readonly how: 'replace' | 'delete' | 'add' | 'double';
  readonly value: unknown;
}

export const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(10_000),
  how: fc.constantFrom('replace', 'replace', 'replace', 'delete', 'add', 'double'),
  value: nastyValue,
});

/** A copy of a JSON value with changes made one after another. */
export function changed(original: unknown, changes: readonly Change[]): unknown {
  const whole = { body: structuredClone(original) };
  for (const one of changes) {
    const places = placesIn(whole);
    const place = places[one.at % places.length];
    if (place) apply(place, one);
  }
  return whole.body;
}

interface Place {
  readonly holder: Record<string, unknown> | unknown[];
  readonly key: string | number;
}

function placesIn(holder: Record<string, unknown> | unknown[], depth = 0): Place[] {
  const keys = Array.isArray(holder) ? [...holder.keys()] : Object.keys(holder);
  return keys.flatMap((key) => {
    const value = (holder as Record<string | number, unknown>)[key];
    const below = typeof value === 'object' && value !== null && depth < 12 ? placesIn(value as Record<string, unknown>, depth + 1) : [];
    return [{ holder, key }, ...below];
  });
}

function apply({ holder, key }: Place, { how, value: shared }: Change): void {
  // A later change may change it.
  const value = structuredClone(shared);
  const at = holder as Record<string | number, unknown>;
  if (how === 'replace') at[key] = value;
  else if (how === 'delete' && key !== 'body') Array.isArray(holder) ? holder.splice(Number(key), 1) : delete at[key];
  else if (how === 'double' && Array.isArray(holder)) holder.push(at[key]);
  else if (how === 'add') {
    if (Array.isArray(at[key])) (at[key] as unknown[]).push(value);
    else if (typeof at[key] === 'object' && at[key] !== null) (at[key] as Record<string, unknown>)['added'] = value;
  }
}
