import { AsyncLocalStorage } from 'node:async_hooks';
import type { Activity } from 'botbuilder';
import type { NewJob, Outcome, StateChange, Store } from './store.ts';

/** What a turn wants to leave behind. It gathers here until the turn ends, and is then written down in one step. */
export class TurnChanges {
  readonly conversation: string;
  readonly said: Partial<Activity>[] = [];
  /** True where the person has everything deleted in this turn. */
  forget = false;
  readonly #states = new Map<string, StateChange>();
  readonly #afterwards: (() => void)[] = [];

  constructor(conversation: string) {
    this.conversation = conversation;
  }

  /** What this turn has written under a key so far. */
  state(key: string): StateChange | undefined {
    return this.#states.get(key);
  }

  changeState(change: StateChange): void {
    // The version of the first write is the one that was read from the store.
    this.#states.set(change.key, { ...change, version: this.state(change.key)?.version ?? change.version });
  }

  /** Does something that is not kept in the conversation, once the turn counts. */
  afterwards(work: () => void): void {
    this.#afterwards.push(work);
  }

  outcome(jobs: readonly NewJob[] = []): Outcome {
    const { conversation, said, forget } = this;
    return { conversation, said, forget, states: [...this.#states.values()], jobs };
  }

  /** To be called when the outcome is written down. */
  settle(): void {
    for (const work of this.#afterwards.splice(0)) work();
  }
}

const running = new AsyncLocalStorage<TurnChanges>();

/** Runs work as a turn whose changes are gathered. */
export function gathering<T>(changes: TurnChanges, work: () => Promise<T>): Promise<T> {
  return running.run(changes, work);
}

/** The changes of the turn that this code runs in; undefined in a turn that writes at once, and outside of turns. */
export function turnUnderWay(): TurnChanges | undefined {
  return running.getStore();
}

/** Does something when the turn under way counts; at once where there is none. */
export function afterTurn(work: () => void): void {
  const turn = turnUnderWay();
  if (turn) turn.afterwards(work);
  else work();
}

/** Has the feed of a conversation deleted, together with the end of the turn where one is under way. */
export async function forgetFeed(store: Store, conversation: string): Promise<void> {
  const turn = turnUnderWay();
  if (turn) turn.forget = true;
  else await store.forget(conversation);
}
