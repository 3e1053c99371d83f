import type { Storage, StoreItems } from 'botbuilder';
import type { Store } from './store.ts';

/** The SDK's storage contract over the store of the service: reads, eTag conflicts and deletes as the SDK expects them. */
export function botStorage(store: Store): Storage {
  return {
    async read(keys) {
      const items: StoreItems = {};
      for (const key of keys ?? []) {
        const found = await store.readState(key);
        if (found) items[key] = { ...(JSON.parse(found.value) as object), eTag: found.version };
      }
      return items;
    },
    async write(changes) {
      for (const [key, item] of Object.entries(changes ?? {})) {
        const { eTag, ...value } = item as { eTag?: string };
        await store.writeState(key, JSON.stringify(value), eTag ?? '*');
      }
    },
    async delete(keys) {
      for (const key of keys) await store.deleteState(key);
    },
  };
}
