/** Tells which numbers of features came before in a text. A `Set` would make an object of every number. */
export class SeenIds {
  #slots = new Float64Array(512);
  #count = 0;

  /** Begins with none. */
  clear(): void {
    if (this.#count > 0) this.#slots.fill(0);
    this.#count = 0;
  }

  /** Adds a number. False where it is there already. No feature has the number 0. */
  add(id: number): boolean {
    if (this.#count * 2 >= this.#slots.length) this.#grow();
    const mask = this.#slots.length - 1;
    for (let slot = id & mask; ; slot = (slot + 1) & mask) {
      const there = this.#slots[slot];
      if (there === id) return false;
      if (there !== 0) continue;
      this.#slots[slot] = id;
      this.#count += 1;
      return true;
    }
  }

  #grow(): void {
    const before = this.#slots.filter((id) => id !== 0);
    this.#slots = new Float64Array(this.#slots.length * 2);
    this.#count = 0;
    for (const id of before) this.add(id);
  }
}
