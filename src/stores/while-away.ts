import { setTimeout } from 'node:timers/promises';
import { StoreUnavailable } from './store.ts';

/** The pause between two tries, in milliseconds. */
const AGAIN = 200;

/** Does what has to be done in a store, also where it is away for a moment: tries again for so many milliseconds, then throws the last StoreUnavailable. Other errors are thrown at once. */
export async function persisting(work: () => Promise<void>, longestMs: number): Promise<void> {
  for (const since = performance.now(); ; await setTimeout(AGAIN)) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || performance.now() - since > longestMs) throw error;
    }
  }
}
