/** Which groups of lanes may have a job that is due, in one queue. They are asked in turn, so that none waits for the others. */
export class DueGroups {
  /** Each group with a mark that is new each time there is news of it. */
  readonly #groups = new Map<number, object>();

  add(group: number): void {
    this.#groups.set(group, {});
  }

  /** The next group to ask. It is asked last from now on, and stays until it was found empty. */
  next(): { readonly group: number; readonly empty: () => void } | undefined {
    const [first] = this.#groups;
    if (!first) return undefined;
    const [group, mark] = first;
    this.#groups.delete(group);
    this.#groups.set(group, mark);
    // There may have been news since it was asked.
    const empty = () => void (this.#groups.get(group) === mark && this.#groups.delete(group));
    return { group, empty };
  }
}

/** The groups that may have work, of each queue that this process has to do with. */
export class Work {
  readonly #queues = new Map<string, DueGroups>();

  get queues(): readonly string[] {
    return [...this.#queues.keys()];
  }

  of(queue: string): DueGroups {
    const groups = this.#queues.get(queue) ?? new DueGroups();
    this.#queues.set(queue, groups);
    return groups;
  }
}
