import { randomUUID } from 'node:crypto';
import type { NewJob, Outcome, Store } from '../../../src/stores/store.ts';

/** An engine of the store under test. Everything that is opened works on the same data, as processes beside each other do. */
export interface Engine {
  open(): Promise<Store>;
  /** The time of the store, in milliseconds. */
  now(): number;
  /** Lets time pass for the store. */
  pass(milliseconds: number): Promise<void>;
  /** All that the engine keeps, down to its files: to look for what must not be there. */
  everything(): Promise<string>;
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const fresh = () => randomUUID();
export const said = (text: string) => ({ type: 'message', text }) as const;

/** A queue of its own for each test, with short ways to use it. */
export function queueFor() {
  const queue = `q-${fresh()}`;
  const job = (lane: string, more: Partial<NewJob> = {}): NewJob => {
    const id = more.id ?? fresh();
    return { queue, id, lane, place: 0, body: `body of ${id}`, ...more };
  };
  return { queue, job };
}

export function outcome(conversation: string, more: Partial<Outcome> = {}): Outcome {
  return { conversation, states: [], said: [], jobs: [], forget: false, ...more };
}

/** Both stores of an engine, opened before each test and closed after it. */
export function twoStores(engine: Engine): { one: Store; other: Store } {
  const stores = {} as { one: Store; other: Store };
  beforeEach(async () => {
    stores.one = await engine.open();
    stores.other = await engine.open();
  });
  afterEach(async () => {
    await stores.one.close();
    await stores.other.close();
  });
  return stores;
}

/** Fifty at once, on both stores in turn. */
export function fifty<T>({ one, other }: { one: Store; other: Store }, work: (store: Store, index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: 50 }, (_, index) => work(index % 2 ? one : other, index)));
}
