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
      let hash = START;
      for (let index = 0; index < key.length; index += 1) hash = next(hash, key, index);
      let slot = this.#slotOf(hash);
      while (this.#slots[slot] !== 0) slot = this.#after(slot);
      this.#slots[slot] = at + 1;
      this.#slots[slot + 1] = hash;
    });
  }

  /** Calls `found` with the value of each key that the word begins with, the shortest first, and with its length. */
  prefixesOf(word: string, found: (value: Value, length: number) => void): void {
    let hash = START;
    for (let index = 0; index < word.length; index += 1) {
      hash = next(hash, word, index);
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
    return ((hash ^ (hash >>> 15)) << 1) & (this.#slots.length - 1);
  }

  #after(slot: number): number {
    return (slot + 2) & (this.#slots.length - 1);
  }
}

/** FNV-1a over the UTF-16 units, in 32 bits with a sign. */
const START = 0x811c9dc5 | 0;

function next(hash: number, text: string, index: number): number {
  return Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
}
