import { LeaseLost, type Store, StoreUnavailable, VersionConflict } from '../stores/store.ts';
import type { Metrics } from './metrics.ts';

/** The operations that are timed, and whose errors are counted: what a person or a job waits for. */
const OPERATIONS = [
  'readState',
  'changeState',
  'openConversation',
  'hasConversation',
  'append',
  'readFeed',
  'forget',
  'addJobs',
  'takeJob',
  'endJob',
  'dropJob',
  'postponeJob',
  'waiting',
  'lock',
  'unlock',
  'count',
  'keepQuestion',
  'dropQuestion',
  'expire',
  'check',
] as const satisfies readonly (keyof Store)[];

type Operation = (...given: unknown[]) => Promise<unknown>;

/** A store that tells the metrics how long it took and how it failed. What it does and throws stays the same. */
export function observedStore(store: Store, { storeSeconds, storeErrors }: Pick<Metrics, 'storeSeconds' | 'storeErrors'>): Store {
  const observed: Record<string, Operation> = {};
  for (const operation of OPERATIONS) {
    const work = store[operation] as Operation;
    const seconds = storeSeconds.labels(operation);
    observed[operation] = async (...given) => {
      const begun = performance.now();
      try {
        return await work(...given);
      } catch (error) {
        storeErrors.inc({ operation, kind: kindOf(error) });
        throw error;
      } finally {
        seconds.observe((performance.now() - begun) / 1000);
      }
    };
  }
  return Object.assign(Object.create(store) as Store, observed);
}

/** `conflict` and `lease-lost` are no trouble of the store: somebody else was faster. */
function kindOf(error: unknown): 'conflict' | 'lease-lost' | 'unavailable' | 'error' {
  if (error instanceof VersionConflict) return 'conflict';
  if (error instanceof LeaseLost) return 'lease-lost';
  return error instanceof StoreUnavailable ? 'unavailable' : 'error';
}
