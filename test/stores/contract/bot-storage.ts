import type { StoreItem } from 'botbuilder';
import { botStorage } from '../../../src/stores/bot-storage.ts';
import { VersionConflict } from '../../../src/stores/store.ts';
import { type Engine, fresh, twoStores } from './engine.ts';

/** What the SDK asks of a storage, over every engine. */
export function botStorageContract(engine: Engine): void {
  const stores = twoStores(engine);
  const storages = () => ({ storage: botStorage(stores.one), other: botStorage(stores.other) });
  const item = async (key: string) => (await storages().other.read([key]))[key] as StoreItem;

  test('reads nothing where nothing is asked, or there', async () => {
    const { storage } = storages();
    expect(await storage.read([])).toEqual({});
    expect(await storage.read(null as unknown as string[])).toEqual({});
    expect(await storage.read([fresh()])).toEqual({});
    expect(await storage.write({})).toBeUndefined();
    expect(await storage.write(null as unknown as object)).toBeUndefined();
  });

  test('writes a new item, and reads it with an eTag', async () => {
    const key = fresh();
    await storages().storage.write({ [key]: { a: 1, deep: { list: [1, null, 'ж'] } } });
    expect(await item(key)).toEqual({ a: 1, deep: { list: [1, null, 'ж'] }, eTag: expect.any(String) });
  });

  test.each(['directline/conversations/ä"\'%/x?y#z', '!@#$%^&*()~/\\><,.?\';"`~', '{g01}:x', ' ', 'ключ'])(
    'takes the odd key %s',
    async (odd) => {
      const key = `${odd}${fresh()}${odd}`;
      await storages().storage.write({ [key]: { a: 1 } });
      expect(Object.keys(await storages().other.read([key]))).toEqual([key]);
    },
  );

  test('updates with the eTag that was read, and gives a new one', async () => {
    const key = fresh();
    await storages().storage.write({ [key]: { a: 1 } });
    const first = await item(key);
    await storages().other.write({ [key]: { ...first, a: 2 } });
    const second = await item(key);
    expect([second['a'], second.eTag === first.eTag]).toEqual([2, false]);
  });

  test('refuses a stale eTag; `*` and no eTag win', async () => {
    const key = fresh();
    await storages().storage.write({ [key]: { a: 1 } });
    const first = await item(key);
    await storages().other.write({ [key]: { ...first, a: 2 } });
    await expect(storages().storage.write({ [key]: { ...first, a: 3 } })).rejects.toThrow(VersionConflict);
    expect(await item(key)).toMatchObject({ a: 2 });
    await storages().storage.write({ [key]: { a: 4, eTag: '*' } });
    expect(await item(key)).toMatchObject({ a: 4 });
    await storages().storage.write({ [key]: { a: 5 } });
    expect(await item(key)).toMatchObject({ a: 5 });
  });

  test('writes the keys that changed, and leaves the others', async () => {
    const [one, two, three] = [fresh(), fresh(), fresh()];
    await storages().storage.write({ [one]: { a: 1 }, [two]: { a: 2 }, [three]: { a: 3 } });
    const before = await storages().storage.read([one, two, three]);
    await storages().other.write({ [two]: { ...before[two], a: 22 } });
    const after = await storages().storage.read([one, two, three]);
    expect([after[one], after[three]]).toEqual([before[one], before[three]]);
    expect(after[two]).toMatchObject({ a: 22 });
  });

  test('deletes what is there, and an unknown key without a word', async () => {
    const [one, two] = [fresh(), fresh()];
    await storages().storage.write({ [one]: { a: 1 }, [two]: { a: 2 } });
    await storages().other.delete([one, 'unknown']);
    expect(Object.keys(await storages().storage.read([one, two]))).toEqual([two]);
  });
}
