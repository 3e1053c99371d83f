import type { Activity } from 'botbuilder';
import { activityNumber } from '../../stores/activity-id.ts';
import type { Appended, FeedPart, NewJob, Store } from '../../stores/store.ts';

/** A part has no more characters than this, or one activity: what a client does not take waits in the store, not in memory. */
const LARGEST_PART = 256_000;

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

  /** What comes after a watermark, or the first part of it; the next one begins at the watermark of this one. */
  async read(conversation: string, watermark: string): Promise<FeedPart> {
    return firstPart(await this.#store.readFeed(conversation, watermark));
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

function firstPart(whole: FeedPart): FeedPart {
  let size = 0;
  const end = whole.activities.findIndex((activity, index) => {
    size += JSON.stringify(activity).length;
    return size > LARGEST_PART && index > 0;
  });
  if (end < 0) return whole;
  const activities = whole.activities.slice(0, end);
  return { activities, watermark: String(activityNumber(activities.at(-1)?.id ?? '')) };
}
