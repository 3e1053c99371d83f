import { setImmediate } from 'node:timers/promises';
import type { Store, TakenJob } from '../../../src/stores/store.ts';
import { DAY, type Engine, fifty, fresh, HOUR, queueFor, twoStores } from './engine.ts';

const LEASE = 10_000;

/** What holds of jobs and their lanes in every engine. */
export function jobContract(engine: Engine): void {
  const stores = twoStores(engine);

  /** Takes a job that has to be there. */
  async function taken(store: Store, queue: string, leaseMs = LEASE): Promise<TakenJob> {
    const job = await store.takeJob(queue, leaseMs);
    if (!job) throw new Error('there is no job');
    return job;
  }

  test('a job comes back as it was added, to one of all that ask', async () => {
    const [lane, { queue, job }] = [fresh(), queueFor()];
    const trace = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const added = job(lane, { place: 1_750_000_000_000, body: 'ä"\\\u{1f600}\n', once: true, trace });
    expect(await stores.one.addJobs([added])).toBe(1);
    const answers = await fifty(stores, (store) => store.takeJob(queue, LEASE));
    expect(answers.filter((one) => one)).toEqual([{ ...added, attempts: 1 }]);
    expect(await stores.one.takeJob('another', LEASE)).toBeUndefined();
  });

  test('an id is known as long as its job waits; with `once`, also after its end', async () => {
    const [lane, { queue, job }] = [fresh(), queueFor()];
    const [passing, lasting] = [job(lane), job(lane, { once: true })];
    for (const [one, afterwards] of [
      [passing, 1],
      [lasting, 0],
    ] as const) {
      expect([await stores.one.addJobs([one]), await stores.other.addJobs([one])]).toEqual([1, 0]);
      const held = await taken(stores.one, queue);
      expect([held.id, await stores.other.addJobs([one])]).toEqual([one.id, 0]);
      await stores.one.endJob(held);
      expect(await stores.other.addJobs([one])).toBe(afterwards);
      if (afterwards) await stores.one.endJob(await taken(stores.one, queue));
    }
    expect(await stores.one.takeJob(queue, LEASE)).toBeUndefined();
  });

  test('ids that are known are forgotten after eight days, and so are jobs that nobody could do', async () => {
    const [lane, { queue, job }] = [fresh(), queueFor()];
    const [done, stuck] = [job(lane, { once: true }), job(lane)];
    await stores.one.addJobs([done]);
    await stores.one.endJob(await taken(stores.one, queue));
    await stores.one.addJobs([stuck]);
    await engine.pass(7 * DAY);
    await stores.one.expire(new Date(0));
    expect(await stores.one.addJobs([done, stuck])).toBe(0);
    await engine.pass(DAY + 1);
    await stores.one.expire(new Date(0));
    expect(await stores.other.takeJob(queue, LEASE)).toBeUndefined();
    expect(await stores.one.addJobs([done, stuck])).toBe(2);
    expect((await taken(stores.one, queue)).id).toBe(done.id);
  });

  test('a lane goes by place, then as added; lanes go side by side', async () => {
    const { queue, job } = queueFor();
    const [a, b] = [fresh(), fresh()];
    const [last, first, second, other] = [job(a, { place: 20 }), job(a, { place: 3 }), job(a, { place: 3 }), job(b, { place: 1000 })];
    expect(await stores.one.addJobs([last, first, second, other])).toBe(4);
    const held = [await taken(stores.one, queue), await taken(stores.other, queue)];
    expect(held.map(({ id }) => id).sort()).toEqual([first.id, other.id].sort());
    expect(await stores.one.takeJob(queue, LEASE)).toBeUndefined();
    let mine = held.find(({ lane }) => lane === a) as TakenJob;
    const order = [mine.id];
    for (let count = 0; count < 2; count += 1) {
      await stores.one.endJob(mine);
      mine = await taken(stores.other, queue);
      order.push(mine.id);
    }
    expect(order).toEqual([first.id, second.id, last.id]);
  });

  test('a lane whose name begins as another one does is another lane', async () => {
    const { queue, job } = queueFor();
    const [short, long] = [job('lane'), job('lane|2')];
    await stores.one.addJobs([long, short]);
    const ids = [await taken(stores.one, queue), await taken(stores.one, queue)].map(({ id }) => id);
    expect(ids.sort()).toEqual([short.id, long.id].sort());
  });

  test('while a job is held, its lane waits, also for a job with an earlier place', async () => {
    const [lane, { queue, job }] = [fresh(), queueFor()];
    const [late, early] = [job(lane, { place: 5 }), job(lane, { place: 1 })];
    await stores.one.addJobs([late]);
    const held = await taken(stores.one, queue);
    await stores.other.addJobs([early]);
    expect(await stores.other.takeJob(queue, LEASE)).toBeUndefined();
    await stores.one.endJob(held);
    expect((await taken(stores.other, queue)).id).toBe(early.id);
  });

  test('a job that is given back holds up its lane until it is due, but not one that comes before it', async () => {
    const [lane, { queue, job }] = [fresh(), queueFor()];
    const [first, second, before] = [job(lane, { place: 2 }), job(lane, { place: 3 }), job(lane, { place: 1 })];
    await stores.one.addJobs([first, second]);
    await stores.one.postponeJob(await taken(stores.one, queue), 60_000);
    expect(await stores.other.takeJob(queue, LEASE)).toBeUndefined();
    await stores.one.addJobs([before]);
    const held = await taken(stores.other, queue);
    expect(held.id).toBe(before.id);
    await stores.other.endJob(held);
    expect(await stores.one.takeJob(queue, LEASE)).toBeUndefined();
    await engine.pass(60_000);
    expect(await taken(stores.other, queue)).toMatchObject({ id: first.id, attempts: 2 });
    expect(await stores.one.takeJob(queue, LEASE)).toBeUndefined();
  });

  test('after its lease a job is taken by another, and its lane goes on', async () => {
    const [lane, { queue, job }] = [fresh(), queueFor()];
    await stores.one.addJobs([job(lane, { id: 'a' }), job(lane, { id: 'b' })]);
    await taken(stores.one, queue);
    await engine.pass(LEASE - 1_000);
    expect(await stores.other.takeJob(queue, LEASE)).toBeUndefined();
    await engine.pass(1_001);
    const second = await taken(stores.other, queue);
    expect(second).toMatchObject({ id: 'a', attempts: 2, lapsed: true });
    await stores.other.endJob(second);
    const third = await taken(stores.one, queue);
    expect(third).toMatchObject({ id: 'b', attempts: 1 });
    // What is given back in time has not lapsed.
    await stores.one.postponeJob(third, 0);
    const again = await taken(stores.other, queue);
    expect([third.lapsed, again.attempts, again.lapsed]).toEqual([undefined, 2, undefined]);
  });

  test('what waits is counted, held or not, until it is done', async () => {
    const { queue, job } = queueFor();
    const own = async () => (await stores.one.waiting()).find((one) => one.queue === queue);
    expect(await own()).toBeUndefined();
    await stores.one.addJobs([job('a'), job('a')]);
    await engine.pass(5_000);
    await stores.one.addJobs([job('b', { once: true })]);
    const held = [await taken(stores.one, queue), await taken(stores.one, queue)];
    const counted = await own();
    expect(counted?.waiting).toBe(3);
    expect(counted?.oldestMs).toBeGreaterThanOrEqual(5_000);
    for (const one of held) await stores.one.endJob(one);
    expect((await own())?.waiting).toBe(1);
    await stores.one.endJob(await taken(stores.one, queue));
    expect(await own()).toBeUndefined();
  });

  test('a clock that is set back holds up nothing that was added before, and what was added stays in order', async () => {
    const { queue, job } = queueFor();
    const [first, second] = [job('lane'), job('lane')];
    await stores.one.addJobs([first]);
    await engine.pass(-HOUR);
    await stores.one.addJobs([second]);
    const held = await taken(stores.other, queue);
    expect(held.id).toBe(first.id);
    await stores.other.endJob(held);
    expect((await taken(stores.one, queue)).id).toBe(second.id);
    await engine.pass(HOUR);
  });

  test('fifty lanes are taken by two processes, each once', async () => {
    const { queue, job } = queueFor();
    expect(await stores.one.addJobs(Array.from({ length: 50 }, (_, index) => job(`lane ${index}`)))).toBe(50);
    const held = await fifty(stores, (store) => store.takeJob(queue, LEASE));
    expect(new Set(held.map((one) => one?.lane)).size).toBe(50);
    expect(held).not.toContain(undefined);
    await Promise.all(held.map((one) => one && stores.one.endJob(one)));
    expect(await stores.one.takeJob(queue, LEASE)).toBeUndefined();
  });

  test('fifty jobs of one lane are done in order, one at a time, however many ask', async () => {
    const [lane, { queue, job }] = [fresh(), queueFor()];
    const added = Array.from({ length: 50 }, () => job(lane));
    for (const one of added) await stores.one.addJobs([one]);
    const order: string[] = [];
    let atOnce = 0;
    await fifty(stores, async (store) => {
      while (order.length < added.length) {
        const held = await store.takeJob(queue, LEASE);
        if (!held) {
          await setImmediate();
          continue;
        }
        atOnce += 1;
        expect(atOnce).toBe(1);
        order.push(held.id);
        await setImmediate();
        atOnce -= 1;
        await store.endJob(held);
      }
    });
    expect(order).toEqual(added.map(({ id }) => id));
  });
}
