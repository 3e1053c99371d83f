import { createHash, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type Store, StoreUnavailable } from '../stores/store.ts';
import { TurnQueue } from './turn-queue.ts';

/** Longer than a turn takes: after it, the lane of a process that was killed is free again. */
const LOCKED_FOR = 20_000;
/** A caller waits for an answer: it is better told in time that it cannot be served now. */
const LONGEST_WAIT = 10_000;
const FIRST_PAUSE = 10;
const LONGEST_PAUSE = 250;

/** Runs turns of one conversation one after another, whichever process they came to. */
export class LaneTurns {
  readonly #store: Pick<Store, 'lock' | 'unlock'>;
  readonly #longestWait: number;
  readonly #here = new TurnQueue();

  constructor(store: Pick<Store, 'lock' | 'unlock'>, longestWaitMs = LONGEST_WAIT) {
    this.#store = store;
    this.#longestWait = longestWaitMs;
  }

  /** Runs `work` when all earlier work of the conversation is done. Throws a StoreUnavailable where that takes too long. */
  run<T>(conversation: string, work: () => Promise<T>): Promise<T> {
    return this.#here.run(conversation, async () => {
      const lane = laneOf(conversation);
      const holder = randomUUID();
      await this.#lock(lane, holder);
      try {
        return await work();
      } finally {
        // A lock that cannot be opened now ends by itself.
        await this.#store.unlock(lane, holder).catch(() => undefined);
      }
    });
  }

  /** Resolves when everything that is under way in this process is done. */
  idle(): Promise<void> {
    return this.#here.idle();
  }

  async #lock(lane: string, holder: string): Promise<void> {
    let waited = 0;
    for (let pause = FIRST_PAUSE; !(await this.#store.lock(lane, holder, LOCKED_FOR)); pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      if (waited >= this.#longestWait) throw new StoreUnavailable('the conversation is busy elsewhere');
      await setTimeout(pause);
      waited += pause;
    }
  }
}

/** The lane of a conversation of Teams. Its id stands nowhere in the store: only a hash does, while the turn lasts. */
export function laneOf(conversation: string): string {
  return createHash('sha256').update(conversation).digest('base64url');
}
