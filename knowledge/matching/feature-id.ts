import { FNV_START, fnv } from './fnv.ts';

const LOW_BITS = 2 ** 21;

/**
 * The number of a feature: two hashes of its name side by side, 53 bits together. No two names in use share one (a test
 * looks at all of them); a foreign name has the number of one of them once in some billions of times.
 * The name is `mark` and a stretch of `text`, which is not cut out: a text has hundreds of n-grams.
 */
export function featureId(mark: string, text: string, from = 0, to = text.length): number {
  // FNV-1a, and the same from another start and with another prime.
  let [first, second] = [FNV_START, 0x2f0b4a27];
  for (let index = 0; index < mark.length; index += 1) {
    const unit = mark.charCodeAt(index);
    first = fnv(first, unit);
    second = Math.imul(second ^ unit, 0x5bd1e995);
  }
  for (let index = from; index < to; index += 1) {
    const unit = text.charCodeAt(index);
    first = fnv(first, unit);
    second = Math.imul(second ^ unit, 0x5bd1e995);
  }
  first ^= first >>> 15;
  second ^= second >>> 13;
  return (first >>> 0) * LOW_BITS + (second >>> 11);
}
