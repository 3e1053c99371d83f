import type { News } from './store.ts';

/** Who wants to know what came in. */
export interface NewsDesk {
  tell(news: News): void;
  /** Calls the listener for all that is told, until the returned function is called. */
  watch(listener: (news: News) => void): () => void;
}

export function createNews(): NewsDesk {
  const listeners = new Set<(news: News) => void>();
  return {
    tell(news) {
      for (const listener of listeners) listener(news);
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
