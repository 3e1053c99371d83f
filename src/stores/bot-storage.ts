import type { Storage, StoreItems } from 'botbuilder';
import type { Store, Versioned } from './store.ts';
import { turnUnderWay } from './turn-changes.ts';

/**
 * The SDK's storage contract over the store of the service: reads, eTag conflicts and deletes as the SDK expects them.
 * In a turn that ends all or nothing, what is written waits for the end of the turn; outside of one it is written at once.
 */
export function botStorage(store: Store): Storage {
  async function find(key: string): Promise<Versioned | undefined> {
    const turn = turnUnderWay();
    const waiting = turn?.state(key);
    if (waiting) return waiting.value === undefined ? undefined : { value: waiting.value, version: waiting.version };
    return store.readState(turn?.conversation ?? key, key);
  }

  async function change(key: string, value: string | undefined, version: string): Promise<void> {
    const turn = turnUnderWay();
    if (turn) turn.changeState({ key, value, version });
    else await store.changeState(key, { key, value, version });
  }

  return {
    async read(keys) {
      const items: StoreItems = {};
      for (const key of keys ?? []) {
        const found = await find(key);
        if (found) items[key] = { ...(JSON.parse(found.value) as object), eTag: found.version };
      }
      return items;
    },
    async write(changes) {
      for (const [key, item] of Object.entries(changes ?? {})) {
        const { eTag, ...value } = item as { eTag?: string };
        await change(key, JSON.stringify(value), eTag ?? '*');
      }
    },
    async delete(keys) {
      for (const key of keys) await change(key, undefined, '*');
    },
  };
}
