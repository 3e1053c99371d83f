import { FNV_START, fnv, placeOf } from './fnv.ts';

/**
 * Finds the keys that a word begins with, or is, in one pass over its letters: no part of it has to be cut out, and a
 * key is looked at only where its hash is the same.
 */
export class PrefixIndex<Value> {
  readonly #keys: readonly string[];
  readonly #values: readonly Value[];
  /** Pairs, by the hash of the key in open addressing: the place of the key and one (0 where there is none), and the hash. */
  readonly #slots: Int32Array;

  constructor(entries: ReadonlyMap<string, Value>) {
    this.#keys = [...entries.keys()];
    this.#values = [...entries.values()];
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(entries.size, 1) * 4)));
    this.#keys.forEach((key, at) => {
      let hash = FNV_START;
      for (let index = 0; index < key.length; index += 1) hash = fnv(hash, key.charCodeAt(index));
      let slot = this.#slotOf(hash);
      while (this.#slots[slot] !== 0) slot = this.#after(slot);
      this.#slots[slot] = at + 1;
      this.#slots[slot + 1] = hash;
    });
  }

  /** Calls `found` with the value of each key that the word begins with, the shortest first, and with its length. */
  prefixesOf(word: string, found: (value: Value, length: number) => void): void {
    let hash = FNV_START;
    for (let index = 0; index < word.length; index += 1) {
      hash = fnv(hash, word.charCodeAt(index));
      for (let slot = this.#slotOf(hash); this.#slots[slot] !== 0; slot = this.#after(slot)) {
        if (this.#slots[slot + 1] !== hash) continue;
        const at = (this.#slots[slot] ?? 0) - 1;
        const key = this.#keys[at] ?? '';
        if (key.length !== index + 1 || !word.startsWith(key)) continue;
        found(this.#values[at] as Value, key.length);
        break;
      }
    }
  }

  #slotOf(hash: number): number {
    return placeOf(hash, this.#slots.length / 2) * 2;
  }

  #after(slot: number): number {
    return (slot + 2) & (this.#slots.length - 1);
  }
}
