import { FNV_START, fnv, placeOf } from './fnv.ts';

/**
 * Finds the words that a text may mean with one typo: two words within one edit share a form that one letter, or
 * none, was left out of. Forms are kept as hashes, so whoever asks has to look at the words that come back.
 */
export class TypoIndex<Value> {
  readonly #words: readonly string[];
  readonly #values: readonly Value[];
  /** The first entry of each slot and one, or 0 where there is none. */
  readonly #first: Int32Array;
  /** Three numbers an entry: the hash of the form, the place of the word, and the next entry of the slot and one. */
  readonly #entries: Int32Array;

  constructor(known: ReadonlyMap<string, Value>) {
    const words = [...known.keys()];
    this.#values = [...known.values()];
    const entries = words.reduce((sum, word) => sum + word.length + 1, 0);
    this.#words = words;
    this.#first = new Int32Array(2 ** Math.ceil(Math.log2(entries + 1)));
    this.#entries = new Int32Array(entries * 3);
    let entry = 0;
    words.forEach((word, at) => {
      for (let left = -1; left < word.length; left += 1) {
        const hash = hashWithout(word, word.length, left);
        const slot = this.#slotOf(hash);
        this.#entries.set([hash, at, this.#first[slot] ?? 0], entry * 3);
        entry += 1;
        this.#first[slot] = entry;
      }
    });
  }

  /** Calls `found` with words, and their values, that the first `length` letters of a text may mean, and once in a while with one that they do not. */
  candidates(text: string, length: number, found: (word: string, value: Value) => void): void {
    for (let left = -1; left < length; left += 1) {
      const hash = hashWithout(text, length, left);
      for (let entry = this.#first[this.#slotOf(hash)] ?? 0; entry !== 0; ) {
        const at = (entry - 1) * 3;
        const word = this.#entries[at + 1] ?? 0;
        if (this.#entries[at] === hash) found(this.#words[word] ?? '', this.#values[word] as Value);
        entry = this.#entries[at + 2] ?? 0;
      }
    }
  }

  #slotOf(hash: number): number {
    return placeOf(hash, this.#first.length);
  }
}

/** The hash of the first `length` letters without the one at `left`. */
function hashWithout(text: string, length: number, left: number): number {
  let hash = FNV_START;
  for (let index = 0; index < length; index += 1) {
    if (index !== left) hash = fnv(hash, text.charCodeAt(index));
  }
  return hash;
}
