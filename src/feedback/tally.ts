import type { Observer } from '../../dialogs/services.ts';
import type { Logger } from '../operations/log.ts';
import type { Count, Store } from '../stores/store.ts';
import { afterTurn } from '../stores/turn-changes.ts';

/** What is counted waits so long in memory before it is written: a turn must not wait for it. */
const WRITE_EVERY = 5_000;

/** The names of the counts, with what their labels are. */
export const COUNTED = {
  /** topic, language */
  answered: 'answered',
  /** `unknown` or `choose`, language */
  notUnderstood: 'not-understood',
  /** topic, language, `up` or `down` */
  judged: 'judged',
} as const;

/** Counts what happens in conversations, and writes it down every few seconds and at the end. */
export interface Tally extends Omit<Observer, 'inDialog'> {
  /** Writes down what is counted so far. */
  write(): Promise<void>;
  stop(): Promise<void>;
}

export function createTally(store: Pick<Store, 'count'>, log: Logger): Tally {
  let waiting = new Map<string, Count>();

  function add({ name, labels, number }: Count): void {
    const key = JSON.stringify([name, ...labels]);
    waiting.set(key, { name, labels, number: (waiting.get(key)?.number ?? 0) + number });
  }
  // A turn that is done again counts once.
  const once = (name: string, ...labels: string[]) => afterTurn(() => add({ name, labels, number: 1 }));

  async function write(): Promise<void> {
    if (waiting.size === 0) return;
    const counts = [...waiting.values()];
    waiting = new Map();
    try {
      await store.count(counts);
    } catch (error) {
      log.error({ error: (error as Error).name }, 'counts could not be written');
      // They are tried again with those that came in the meantime.
      for (const one of counts) add(one);
    }
  }

  const timer = setInterval(() => void write(), WRITE_EVERY);
  timer.unref();
  return {
    answered: (topic, language) => once(COUNTED.answered, topic, language),
    notUnderstood: (kind, language) => once(COUNTED.notUnderstood, kind, language),
    judged: (topic, language, up) => once(COUNTED.judged, topic, language, up ? 'up' : 'down'),
    write,
    async stop() {
      clearInterval(timer);
      await write();
    },
  };
}
