/** Finds the place of a name. */
export interface Places {
  readonly size: number;
  get(name: string): number | undefined;
}

/**
 * The places of many names without the names: two hashes of each, in an open-addressing table. A hundred thousand
 * names take a megabyte so, and are there as soon as the file is read. A foreign name is taken for one of them once
 * in some billions of times.
 */
export class NameTable implements Places {
  readonly size: number;
  /** The place and one, or 0 where a slot is empty. Its length is a power of two. */
  readonly slots: Int32Array;
  /** The second hash of the name at each place. */
  readonly checks: Int32Array;

  constructor(slots: Int32Array, checks: Int32Array) {
    this.slots = slots;
    this.checks = checks;
    this.size = checks.length;
  }

  /** The table of names in the order of their places. Throws where two of them cannot be told apart. */
  static of(names: readonly string[]): NameTable {
    const slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(names.length, 1) * 2)));
    const checks = new Int32Array(names.length);
    const table = new NameTable(slots, checks);
    names.forEach((name, place) => {
      if (table.get(name) !== undefined) throw new Error(`the name "${name}" has the hashes of another one`);
      hash(name);
      let slot = firstHash & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = place + 1;
      checks[place] = secondHash;
    });
    return table;
  }

  get(name: string): number | undefined {
    hash(name);
    const mask = this.slots.length - 1;
    for (let slot = firstHash & mask; ; slot = (slot + 1) & mask) {
      const place = (this.slots[slot] ?? 0) - 1;
      if (place < 0) return undefined;
      if (this.checks[place] === secondHash) return place;
    }
  }
}

/** Both hashes of the last name. They stand here because a text has hundreds of names, and each would need an object. */
let firstHash = 0;
let secondHash = 0;

/** FNV-1a over the UTF-16 units, and the same from another start and with another prime. */
function hash(name: string): void {
  let [first, second] = [0x811c9dc5, 0x2f0b4a27];
  for (let index = 0; index < name.length; index += 1) {
    const unit = name.charCodeAt(index);
    first = Math.imul(first ^ unit, 0x01000193);
    second = Math.imul(second ^ unit, 0x5bd1e995);
  }
  firstHash = first ^ (first >>> 15);
  secondHash = second ^ (second >>> 13);
}
