import type { Activity } from 'botbuilder';
import type { Appended, FeedPart, NewJob, Store } from '../../stores/store.ts';

/** Called when a conversation has something new to read. */
type Listener = () => void;

/** The feed of every conversation: what is added is kept in the store, and who listens is told, whichever process added it. */
export class Feed {
  readonly #store: Store;
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(store: Store) {
    this.#store = store;
    store.watch((news) => {
      if (news.kind === 'feed') this.#tell(news.conversation);
      if (news.kind === 'anything') for (const conversation of this.#listeners.keys()) this.#tell(conversation);
    });
  }

  append(
    conversation: string,
    activity: Partial<Activity>,
    more?: { readonly clientId?: string | undefined; readonly job?: NewJob },
  ): Promise<Appended> {
    return this.#store.append(conversation, activity, more);
  }

  read(conversation: string, watermark: string): Promise<FeedPart> {
    return this.#store.readFeed(conversation, watermark);
  }

  /** Listens until the returned function is called. */
  listen(conversation: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(conversation) ?? new Set();
    this.#listeners.set(conversation, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(conversation);
    };
  }

  #tell(conversation: string): void {
    for (const listener of this.#listeners.get(conversation) ?? []) listener();
  }
}
