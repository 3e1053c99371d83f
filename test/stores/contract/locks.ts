import { setTimeout } from 'node:timers/promises';
import { type Engine, fifty, fresh, twoStores } from './engine.ts';

/** What holds of the locks of lanes in every engine. */
export function lockContract(engine: Engine): void {
  const stores = twoStores(engine);

  test('a lane is locked by one holder, who alone prolongs and opens it', async () => {
    const lane = fresh();
    expect(await stores.one.lock(lane, 'a', 60_000)).toBe(true);
    expect([await stores.other.lock(lane, 'b', 60_000), await stores.one.lock(lane, 'a', 60_000)]).toEqual([false, true]);
    await stores.other.unlock(lane, 'b');
    expect(await stores.other.lock(lane, 'b', 60_000)).toBe(false);
    expect(await stores.other.lock(fresh(), 'b', 60_000)).toBe(true);
    await stores.one.unlock(lane, 'a');
    expect(await stores.other.lock(lane, 'b', 60_000)).toBe(true);
  });

  test('of fifty who want it one gets it', async () => {
    const lane = fresh();
    const got = await fifty(stores, (store, index) => store.lock(lane, `holder ${index}`, 60_000));
    expect(got.filter((one) => one)).toHaveLength(1);
  });

  test('it opens by itself after its time', async () => {
    const lane = fresh();
    await stores.one.lock(lane, 'a', 20);
    await engine.pass(30);
    // Whatever clock the engine goes by: the real one goes on as well.
    await setTimeout(30);
    expect(await stores.other.lock(lane, 'b', 20)).toBe(true);
  });
}
