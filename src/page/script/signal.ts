/** Somebody who listens, as Web Chat writes it. */
export interface Observer<T> {
  next?: (value: T) => void;
  complete?: () => void;
}

/** The part of an observable that Web Chat uses. */
export interface Subscribable<T> {
  subscribe(observer: Observer<T>): { unsubscribe(): void };
}

/** Tells everybody who listens what happens, and who comes later first what has happened so far. */
export class Signal<T> implements Subscribable<T> {
  readonly #past: T[] = [];
  readonly #observers = new Set<Observer<T>>();

  next(value: T): void {
    this.#past.push(value);
    for (const observer of [...this.#observers]) observer.next?.(value);
  }

  subscribe(observer: Observer<T>): { unsubscribe(): void } {
    for (const value of this.#past) observer.next?.(value);
    this.#observers.add(observer);
    return { unsubscribe: () => void this.#observers.delete(observer) };
  }
}

/** One value, given at once. */
export function single<T>(value: T): Subscribable<T> {
  return {
    subscribe(observer) {
      observer.next?.(value);
      observer.complete?.();
      return { unsubscribe: () => undefined };
    },
  };
}
