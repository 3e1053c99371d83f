/** Finds the keys that a word begins with, or is, in one pass over its letters: no part of it has to be cut out. */
export class PrefixIndex<Value> {
  readonly #keys: readonly string[];
  readonly #values: readonly Value[];
  /** The place of a key and one, or 0 where a slot is empty; by the hash of the key, in open addressing. */
  readonly #slots: Int32Array;

  constructor(entries: ReadonlyMap<string, Value>) {
    this.#keys = [...entries.keys()];
    this.#values = [...entries.values()];
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(entries.size, 1) * 4)));
    const mask = this.#slots.length - 1;
    this.#keys.forEach((key, at) => {
      let hash = START;
      for (let index = 0; index < key.length; index += 1) hash = next(hash, key, index);
      let slot = slotOf(hash, mask);
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = at + 1;
    });
  }

  /** Calls `found` with the value of each key that the word begins with, the shortest first, and with its length. */
  prefixesOf(word: string, found: (value: Value, length: number) => void): void {
    const mask = this.#slots.length - 1;
    let hash = START;
    for (let index = 0; index < word.length; index += 1) {
      hash = next(hash, word, index);
      for (let slot = slotOf(hash, mask); ; slot = (slot + 1) & mask) {
        const at = (this.#slots[slot] ?? 0) - 1;
        if (at < 0) break;
        const key = this.#keys[at] ?? '';
        if (key.length !== index + 1 || !word.startsWith(key)) continue;
        found(this.#values[at] as Value, key.length);
        break;
      }
    }
  }
}

/** FNV-1a over the UTF-16 units. */
const START = 0x811c9dc5;

function next(hash: number, text: string, index: number): number {
  return Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
}

function slotOf(hash: number, mask: number): number {
  return (hash ^ (hash >>> 15)) & mask;
}
