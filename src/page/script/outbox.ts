/** An activity as the page sees it. */
export interface ChatActivity {
  readonly id?: string;
  readonly type: string;
  readonly name?: string;
  readonly text?: string;
  readonly locale?: string;
  readonly timestamp?: string;
  readonly value?: { readonly language?: string };
  readonly from: { readonly id?: string; readonly role?: string };
  readonly channelData?: { readonly clientActivityID?: string };
}

/** `sending`: on its way. `waiting`: for the connection. `later`: until the server takes more. `refused`: the server will never take it. */
export type Delivery = 'sending' | 'waiting' | 'later' | 'refused';

const KEY = 'unsent';

/**
 * What a person has written and the server has not confirmed, in order. It stands in the session storage of this one
 * tab, so that a reload without a connection keeps it and the end of the tab deletes it; what was sent leaves at once.
 */
export class Outbox {
  readonly #deliveries = new Map<string, Delivery>();
  readonly #listeners = new Set<() => void>();
  #unsent: readonly ChatActivity[] = read();

  constructor() {
    for (const activity of this.#unsent) this.#deliveries.set(clientIdOf(activity) ?? '', 'waiting');
  }

  get unsent(): readonly ChatActivity[] {
    return this.#unsent;
  }

  /** What became of the message with this id of ours; undefined where it has arrived. */
  delivery(clientId: string | undefined): Delivery | undefined {
    return clientId === undefined ? undefined : this.#deliveries.get(clientId);
  }

  add(activity: ChatActivity): void {
    this.#keep([...this.#unsent, activity]);
    this.mark(activity, 'sending');
  }

  mark(activity: ChatActivity, delivery: Delivery): void {
    this.#deliveries.set(clientIdOf(activity) ?? '', delivery);
    this.#tell();
  }

  /** It has arrived: the server said so, or shows it in the feed. */
  arrived(clientId: string | undefined): void {
    if (clientId === undefined || !this.#deliveries.delete(clientId)) return;
    this.#keep(this.#unsent.filter((activity) => clientIdOf(activity) !== clientId));
    this.#tell();
  }

  /** It will not be tried again, but what became of it stays known. */
  refused(activity: ChatActivity): void {
    this.#keep(this.#unsent.filter((other) => other !== activity));
    this.mark(activity, 'refused');
  }

  /** Forgets everything: the conversation that it belongs to is over. */
  clear(): void {
    this.#deliveries.clear();
    this.#keep([]);
    this.#tell();
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #keep(unsent: readonly ChatActivity[]): void {
    this.#unsent = unsent;
    try {
      if (unsent.length > 0) sessionStorage.setItem(KEY, JSON.stringify(unsent));
      else sessionStorage.removeItem(KEY);
    } catch {
      // No storage in this browser, or none left: then the memory of the page has to do.
    }
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

export function clientIdOf(activity: ChatActivity): string | undefined {
  return activity.channelData?.clientActivityID;
}

function read(): readonly ChatActivity[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((activity) => typeof activity?.channelData?.clientActivityID === 'string') : [];
  } catch {
    return [];
  }
}
