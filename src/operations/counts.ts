/** Counts of what happened, by name and outcome: numbers only, never a person's data. */
export interface Counts {
  add(name: string, outcome: string): void;
  /** All counts, as `name outcome` → number. */
  all(): Readonly<Record<string, number>>;
}

export function createCounts(): Counts {
  const counts = new Map<string, number>();
  return {
    add(name, outcome) {
      const key = `${name} ${outcome}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    all: () => Object.fromEntries(counts),
  };
}
