import { type Column, column, valueAt } from './column.ts';

/** Finds the place of a feature by its number. */
export interface Places {
  readonly size: number;
  get(id: number): number | undefined;
}

/** The places of a hundred thousand features in an open-addressing table, ready as soon as the file is read. */
export class IdTable implements Places {
  readonly size: number;
  /** The place and one, or 0 where a slot is empty. Its length is a power of two. */
  readonly slots: Int32Array;
  /** The number of the feature at each place. */
  readonly ids: Column<Float64Array>;

  constructor(slots: Int32Array, ids: Column<Float64Array>, size: number) {
    this.slots = slots;
    this.ids = ids;
    this.size = size;
  }

  /** The table of numbers in the order of their places. Throws where one of them is there twice. */
  static of(ids: readonly number[]): IdTable {
    const slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(ids.length, 1) * 2)));
    const table = new IdTable(slots, column(Float64Array.from(ids)), ids.length);
    ids.forEach((id, place) => {
      if (table.get(id) !== undefined) throw new Error(`two features have the number ${id}`);
      let slot = id & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = place + 1;
    });
    return table;
  }

  get(id: number): number | undefined {
    const mask = this.slots.length - 1;
    // The lowest 32 bits of the number decide on the slot.
    for (let slot = id & mask; ; slot = (slot + 1) & mask) {
      const place = (this.slots[slot] ?? 0) - 1;
      if (place < 0) return undefined;
      if (valueAt(this.ids, place) === id) return place;
    }
  }
}
