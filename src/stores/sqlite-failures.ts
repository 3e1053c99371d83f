import { type Store, StoreUnavailable } from './store.ts';

/** What SQLite says where the file cannot be used now, and may be later: busy, locked, read-only, an error of the disk, full, not to be opened. */
const MAY_PASS: ReadonlyMap<number, string> = new Map([
  [5, 'busy'],
  [6, 'locked'],
  [8, 'read-only'],
  [10, 'an error of the disk'],
  [13, 'full'],
  [14, 'not to be opened'],
]);
/** The lower bits of a code say what it is, the higher ones more exactly. */
const KIND = 0xff;

type Operation = (...given: unknown[]) => Promise<unknown>;

/** The same store; where its file cannot be used now, it throws a StoreUnavailable. */
export function tellingFailures({ watch, ...operations }: Store): Store {
  const telling = Object.entries(operations as Record<string, Operation>).map(([name, work]) => {
    const operation: Operation = (...given) => work(...given).catch(fail);
    return [name, operation];
  });
  return { watch, ...(Object.fromEntries(telling) as Omit<Store, 'watch'>) };
}

function fail(error: unknown): never {
  const reason = MAY_PASS.get(((error as { errcode?: number }).errcode ?? 0) & KIND);
  throw reason === undefined ? error : new StoreUnavailable(`The store file cannot be used now: ${reason}`);
}
