import { setTimeout } from 'node:timers/promises';

const PAUSE = 100;

/** Waits until `ready` gives something, or so many milliseconds are over: then undefined. What it throws counts as not ready. */
export async function eventually<T>(
  patienceMs: number,
  ready: () => T | undefined | Promise<T | undefined>,
  pauseMs = PAUSE,
): Promise<T | undefined> {
  for (const since = performance.now(); performance.now() - since < patienceMs; await setTimeout(pauseMs)) {
    try {
      const found = await ready();
      if (found !== undefined) return found;
    } catch {
      // A process that is gone, or a store: that is what this is about.
    }
  }
  return undefined;
}
