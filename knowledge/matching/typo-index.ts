/**
 * Finds the words that a text may mean with one typo: two words within one edit share a form that one letter, or
 * none, was left out of. Forms are kept as hashes, so whoever asks has to look at the words that come back.
 */
export class TypoIndex {
  readonly #words: readonly string[];
  /** The first entry of each slot, and the next one of each entry; -1 where there is none. */
  readonly #first: Int32Array;
  readonly #next: Int32Array;
  readonly #wordOf: Int32Array;

  constructor(words: readonly string[]) {
    const entries = words.reduce((sum, word) => sum + word.length + 1, 0);
    this.#words = words;
    this.#first = new Int32Array(2 ** Math.ceil(Math.log2(entries + 1))).fill(-1);
    this.#next = new Int32Array(entries);
    this.#wordOf = new Int32Array(entries);
    let entry = 0;
    words.forEach((word, at) => {
      for (let left = -1; left < word.length; left += 1) {
        const slot = this.#slot(word, word.length, left);
        this.#next[entry] = this.#first[slot] ?? -1;
        this.#first[slot] = entry;
        this.#wordOf[entry] = at;
        entry += 1;
      }
    });
  }

  /** Calls `found` with words that the first `length` letters of a text may mean, and with some that they do not. */
  candidates(text: string, length: number, found: (word: string) => void): void {
    for (let left = -1; left < length; left += 1) {
      for (let entry = this.#first[this.#slot(text, length, left)] ?? -1; entry >= 0; entry = this.#next[entry] ?? -1) {
        found(this.#words[this.#wordOf[entry] ?? 0] ?? '');
      }
    }
  }

  /** The slot of the first `length` letters without the one at `left`. */
  #slot(text: string, length: number, left: number): number {
    let hash = 0x811c9dc5;
    for (let index = 0; index < length; index += 1) {
      if (index !== left) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    }
    return (hash ^ (hash >>> 15)) & (this.#first.length - 1);
  }
}
