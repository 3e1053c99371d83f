import { setImmediate } from 'node:timers/promises';
import { LeaseLost, type Store, StoreUnavailable, type TakenJob } from '../stores/store.ts';
import { persisting } from '../stores/while-away.ts';

/** Longer than a turn or a call takes: after it, a job of a process that was killed is taken by another one. */
const LEASE = 20_000;
/** How often a process looks for work that others left, or that is due again. */
const LOOK_EVERY = 1_000;
const AT_ONCE = 8;

/** What becomes of a job: it has ended already, or it is to be tried again later. */
export type JobResult = { readonly kind: 'ended' } | { readonly kind: 'later'; readonly afterMs: number };

export const ENDED: JobResult = { kind: 'ended' };

export interface WorkerOptions {
  readonly store: Store;
  readonly queue: string;
  /** Does a job. What it throws counts as "later". */
  readonly work: (job: TakenJob) => Promise<JobResult>;
  readonly onError: (error: Error) => void;
  /** While this says a time in the future, nothing is taken. */
  readonly pausedUntil?: () => number;
  readonly leaseMs?: number;
  readonly now: () => number;
  /** How long a job waits that could not be done, by the number of attempts. */
  readonly delayOf: (attempts: number) => number;
}

/** Takes the jobs of one queue and does them, a few side by side, those of one lane one after another. */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #running = new Set<Promise<void>>();
  readonly #timer: NodeJS.Timeout;
  readonly #stopWatching: () => void;
  #stopped = false;
  #filling: Promise<void> | undefined;
  #again = false;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.wake(), LOOK_EVERY);
    this.#timer.unref();
    this.#stopWatching = options.store.watch((news) => {
      if (news.kind === 'anything' || (news.kind === 'jobs' && news.queue === options.queue)) this.wake();
    });
    // Work that was left by a process before this one.
    this.wake();
  }

  /** Looks for work now. */
  wake(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#filling ??= this.#fill().finally(() => {
      this.#filling = undefined;
      // Somebody woke it in the moment between its last look and now.
      if (this.#again) this.wake();
    });
  }

  /** Takes no more jobs and waits for those under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#stopWatching();
    await this.#filling;
    await Promise.all(this.#running);
  }

  async #fill(): Promise<void> {
    const { store, queue, leaseMs = LEASE, onError, pausedUntil, now } = this.#options;
    // Whoever added the work goes on first: an accepted message is acknowledged before it is answered.
    await setImmediate();
    while (this.#again) {
      this.#again = false;
      while (!this.#stopped && this.#running.size < AT_ONCE && (pausedUntil?.() ?? 0) <= now()) {
        const job = await store.takeJob(queue, leaseMs).catch((error: Error) => {
          // A store that is away says so itself, once; there will be another look.
          if (!(error instanceof StoreUnavailable)) onError(error);
        });
        if (!job) break;
        const running: Promise<void> = this.#do(job).finally(() => {
          this.#running.delete(running);
          // The next one of the lane may be taken now.
          this.wake();
        });
        this.#running.add(running);
      }
    }
  }

  async #do(job: TakenJob): Promise<void> {
    const { work, onError, delayOf } = this.#options;
    const result = await work(job).catch((error: Error): JobResult => {
      // Somebody else does it now; this one was too slow.
      if (error instanceof LeaseLost) return ENDED;
      onError(error);
      return { kind: 'later', afterMs: delayOf(job.attempts) };
    });
    if (result.kind === 'later') await this.#giveBack(job, result.afterMs);
  }

  /** Gives a job back, also to a store that is away for a moment: else everybody would wait for the end of the lease. */
  async #giveBack(job: TakenJob, afterMs: number): Promise<void> {
    const { store, onError, leaseMs = LEASE } = this.#options;
    await persisting(() => store.postponeJob(job, afterMs), leaseMs).catch(onError);
  }
}
