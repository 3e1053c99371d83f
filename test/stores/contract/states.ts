import { VersionConflict } from '../../../src/stores/store.ts';
import { type Engine, fifty, fresh, twoStores } from './engine.ts';

/** What holds of the values of conversations in every engine. */
export function stateContract(engine: Engine): void {
  const stores = twoStores(engine);

  test('a value is read as it was written, by every process', async () => {
    const [id, key] = [fresh(), `odd/${fresh()}:ä"'%?#\\`];
    expect(await stores.one.readState(id, key)).toBeUndefined();
    await stores.one.changeState(id, { key, value: '{"text":"ك\u{1f600}\\u0000"}', version: '*' });
    const read = await stores.other.readState(id, key);
    expect(read?.value).toBe('{"text":"ك\u{1f600}\\u0000"}');
    expect(await stores.one.readState(id, `${key}x`)).toBeUndefined();
    await stores.other.changeState(id, { key, value: '', version: read?.version ?? '' });
    expect(await stores.one.readState(id, key)).toMatchObject({ value: '' });
    await stores.one.changeState(id, { key, value: undefined, version: '*' });
    expect(await stores.other.readState(id, key)).toBeUndefined();
  });

  test('who has read an older version changes nothing, neither by writing nor by deleting', async () => {
    const [id, key] = [fresh(), fresh()];
    await stores.one.changeState(id, { key, value: 'first', version: '*' });
    const { version } = (await stores.one.readState(id, key)) ?? { version: '' };
    await stores.other.changeState(id, { key, value: 'second', version });
    await expect(stores.one.changeState(id, { key, value: 'third', version })).rejects.toThrow(VersionConflict);
    await expect(stores.one.changeState(id, { key, value: undefined, version })).rejects.toThrow(VersionConflict);
    expect(await stores.one.readState(id, key)).toMatchObject({ value: 'second' });
    await stores.one.changeState(id, { key, value: 'fourth', version: '*' });
    expect(await stores.other.readState(id, key)).toMatchObject({ value: 'fourth' });
  });

  test('of fifty who change what they have read one wins', async () => {
    const [id, key] = [fresh(), fresh()];
    await stores.one.changeState(id, { key, value: 'start', version: '*' });
    const { version } = (await stores.one.readState(id, key)) ?? { version: '' };
    const done = await fifty(stores, (store, index) =>
      store.changeState(id, { key, value: String(index), version }).then(
        () => String(index),
        (error: Error) => error.name,
      ),
    );
    const winners = done.filter((one) => one !== 'VersionConflict');
    expect(winners).toHaveLength(1);
    expect(await stores.one.readState(id, key)).toMatchObject({ value: winners[0] });
  });
}
