import { Gauge, type Registry } from 'prom-client';
import type { LineState } from '../channels/whatsapp/outbox.ts';
import type { Waiting } from '../stores/store.ts';

/** Whoever reads the metrics waits for the store no longer than this, in milliseconds. */
const LONGEST_LOOK = 2_000;
const LINE_STATES: readonly LineState[] = ['ready', 'locked', 'unauthorised'];

/** What is looked up when somebody reads the metrics. */
export interface Looks {
  readonly ready: () => Promise<boolean>;
  readonly waiting: () => Promise<readonly Waiting[]>;
  /** The queues that there are: one that `waiting` does not name is empty. */
  readonly queues: readonly string[];
  readonly openSockets: () => number;
  /** undefined where WhatsApp is not set up. */
  readonly line: (() => LineState) | undefined;
}

/** Adds the metrics whose values are looked up at each reading. A store that is gone leaves those of the queues out. */
export function addScraped(registry: Registry, { ready, waiting, queues, openSockets, line }: Looks): void {
  const registers = [registry];
  let looking: Promise<readonly Waiting[] | undefined> | undefined;
  // The gauges of the queues are read side by side: they share one look into the store.
  const look = () => {
    looking ??= inTime(waiting()).finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const ofQueues = (name: string, help: string, value: (queue: Waiting) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['queue'],
      registers,
      async collect() {
        const found = await look();
        this.reset();
        if (!found) return;
        for (const queue of queues) this.set({ queue }, 0);
        for (const queue of found) this.set({ queue: queue.queue }, value(queue));
      },
    });
  ofQueues('bot_queue_jobs', 'Jobs that are accepted and not done yet', (queue) => queue.waiting);
  ofQueues('bot_queue_oldest_job_seconds', 'How long the oldest of them has been there', (queue) => queue.oldestMs / 1000);
  new Gauge({
    name: 'bot_ready',
    help: '1 where the process can take work, else 0',
    registers,
    async collect() {
      this.set((await inTime(ready())) ? 1 : 0);
    },
  });
  new Gauge({
    name: 'bot_sockets_open',
    help: 'Open WebSockets of Direct Line',
    registers,
    collect() {
      this.set(openSockets());
    },
  });
  new Gauge({
    name: 'bot_whatsapp_line',
    help: '1 for the state that the line of WhatsApp is in',
    labelNames: ['state'],
    registers,
    collect() {
      if (line) for (const state of LINE_STATES) this.set({ state }, line() === state ? 1 : 0);
    },
  });
}

/** The value, or undefined where it does not come in time or not at all. */
async function inTime<T>(value: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((done) => {
    timer = setTimeout(done, LONGEST_LOOK, undefined);
  });
  return Promise.race([value.catch(() => undefined), late]).finally(() => clearTimeout(timer));
}
