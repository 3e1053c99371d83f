import { LeaseLost, type TakenJob, VersionConflict } from '../../../src/stores/store.ts';
import { type Engine, fresh, outcome, queueFor, said, twoStores } from './engine.ts';

const LEASE = 10_000;

/** What holds of the end of a job in every engine: all that it leaves behind, or nothing. */
export function outcomeContract(engine: Engine): void {
  const stores = twoStores(engine);
  let key: string;
  beforeEach(() => {
    key = `memory/${fresh()}`;
  });

  /** An open conversation in which somebody has said something, and its job, taken. */
  async function underWay(more: { readonly once?: boolean } = {}) {
    const [id, { queue, job }] = [fresh(), queueFor()];
    await stores.one.openConversation(id);
    await stores.one.append(id, said('question'), { clientId: 'c', job: job(id, more) });
    const held = (await stores.one.takeJob(queue, LEASE)) as TakenJob;
    return { id, queue, job, held };
  }

  const textsOf = async (id: string) => (await stores.other.readFeed(id, '')).activities.map(({ text }) => text);

  test('values, answers and next jobs are there together', async () => {
    const { id, queue, job, held } = await underWay();
    const next = [job(id, { queue: `${queue}-out` }), job(id, { queue: `${queue}-out` }), job(id)];
    await stores.one.endJob(
      held,
      outcome(id, { states: [{ key, value: '1', version: '*' }], said: [said('first'), said('second')], jobs: next }),
    );
    expect(await textsOf(id)).toEqual(['question', 'first', 'second']);
    expect((await stores.other.readFeed(id, '2')).activities.map((one) => one.id)).toEqual([`${id}|0000003`]);
    expect(await stores.other.readState(id, key)).toMatchObject({ value: '1' });
    expect(await stores.other.takeJob(`${queue}-out`, LEASE)).toMatchObject({ id: next[0]?.id });
    expect(await stores.other.takeJob(queue, LEASE)).toMatchObject({ id: next[2]?.id });
  });

  test('with `forget`, what was said before is gone, and what is said with it stays', async () => {
    const { id, held } = await underWay();
    await stores.one.endJob(
      held,
      outcome(id, { states: [{ key, value: undefined, version: '*' }], said: [said('all gone')], forget: true }),
    );
    expect(await textsOf(id)).toEqual(['all gone']);
    expect(await stores.one.append(id, said('new'), { clientId: 'c' })).toEqual({ id: `${id}|0000003`, repeated: false });
  });

  test('a conversation without a feed keeps its values, and what is said in it goes elsewhere', async () => {
    const [lane, { queue, job }] = [fresh(), queueFor()];
    await stores.one.addJobs([job(lane)]);
    const held = (await stores.other.takeJob(queue, LEASE)) as TakenJob;
    await stores.other.endJob(held, outcome(lane, { states: [{ key, value: '1', version: '*' }], said: [said('x')] }));
    expect(await stores.one.readState(lane, key)).toMatchObject({ value: '1' });
    expect([await textsOf(lane), await stores.one.hasConversation(lane)]).toEqual([[], false]);
  });

  test.each([
    ['was taken by another after its lease', true],
    ['has ended', false],
  ])('nothing happens where the job %s', async (_case, lost) => {
    const { id, queue, job, held } = await underWay();
    let second: TakenJob | undefined;
    if (lost) {
      await engine.pass(LEASE + 1);
      second = await stores.other.takeJob(queue, LEASE);
    } else await stores.other.endJob(held);
    const late = outcome(id, { states: [{ key, value: '1', version: '*' }], said: [said('late')], jobs: [job(id)], forget: true });
    await expect(stores.one.endJob(held, late)).rejects.toThrow(LeaseLost);
    await expect(stores.one.endJob(held)).rejects.toThrow(LeaseLost);
    // Nor can it be given back by who has lost it.
    await stores.one.postponeJob(held, 0);
    expect([await textsOf(id), await stores.one.readState(id, key)]).toEqual([['question'], undefined]);
    expect(await stores.one.takeJob(queue, LEASE)).toBeUndefined();
    if (second) await stores.other.endJob(second, outcome(id, { said: [said('in time')] }));
    expect(await textsOf(id)).toEqual(lost ? ['question', 'in time'] : ['question']);
  });

  test('a job whose lease is over counts as long as nobody else has taken it', async () => {
    const { id, held } = await underWay();
    await engine.pass(LEASE + 1);
    await stores.one.endJob(held, outcome(id, { said: [said('slow')] }));
    expect(await textsOf(id)).toEqual(['question', 'slow']);
  });

  test('nor does it count when somebody else has done another job of its lane since', async () => {
    const { id, queue, job, held } = await underWay();
    await stores.one.endJob(held);
    const before = job(id, { place: 1 });
    await stores.one.addJobs([job(id, { place: 5 })]);
    const slow = (await stores.one.takeJob(queue, LEASE)) as TakenJob;
    await engine.pass(LEASE + 1);
    await stores.other.addJobs([before]);
    const quick = (await stores.other.takeJob(queue, LEASE)) as TakenJob;
    expect(quick.id).toBe(before.id);
    await expect(stores.one.endJob(slow, outcome(id, { said: [said('late')] }))).rejects.toThrow(LeaseLost);
    await stores.other.endJob(quick);
    await expect(stores.one.endJob(slow, outcome(id, { said: [said('late')] }))).rejects.toThrow(LeaseLost);
    expect(await stores.one.takeJob(queue, LEASE)).toMatchObject({ id: slow.id, attempts: 2 });
    expect(await textsOf(id)).toEqual(['question']);
  });

  test('a job that is known to be done ends whoever holds it, and its lane goes on', async () => {
    const { id, queue, job, held } = await underWay();
    const next = job(id);
    await stores.one.addJobs([next]);
    await stores.other.dropJob({ queue, lane: id, id: 'unknown' });
    expect(await stores.other.takeJob(queue, LEASE)).toBeUndefined();
    await stores.other.dropJob(held);
    await expect(stores.one.endJob(held, outcome(id, { said: [said('late')] }))).rejects.toThrow(LeaseLost);
    const second = await stores.other.takeJob(queue, LEASE);
    expect(second?.id).toBe(next.id);
    // One that waits behind another goes too, and the one that is held stays so.
    const [waits, once] = [job(id), job(id, { once: true })];
    await stores.one.addJobs([waits, once]);
    for (const one of [waits, once]) await stores.other.dropJob(one);
    expect(await stores.one.takeJob(queue, LEASE)).toBeUndefined();
    await stores.other.endJob(second as TakenJob);
    expect(await stores.one.takeJob(queue, LEASE)).toBeUndefined();
    expect([await stores.one.addJobs([waits]), await stores.one.addJobs([once])]).toEqual([1, 0]);
  });

  test('nothing happens where one of the values was changed, and the job is still held', async () => {
    const { id, queue, job, held } = await underWay({ once: true });
    await stores.one.changeState(id, { key, value: 'read', version: '*' });
    const { version } = (await stores.one.readState(id, key)) ?? { version: '' };
    await stores.other.changeState(id, { key, value: 'changed', version });
    const stale = outcome(id, {
      states: [
        { key: `${key}/another`, value: '1', version: '*' },
        { key, value: 'stale', version },
      ],
      said: [said('stale')],
      jobs: [job(id)],
      forget: true,
    });
    await expect(stores.one.endJob(held, stale)).rejects.toThrow(VersionConflict);
    expect([await textsOf(id), await stores.one.readState(id, `${key}/another`)]).toEqual([['question'], undefined]);
    expect(await stores.one.readState(id, key)).toMatchObject({ value: 'changed' });
    expect(await stores.other.takeJob(queue, LEASE)).toBeUndefined();
    await stores.one.endJob(held, outcome(id, { said: [said('right')] }));
    expect(await textsOf(id)).toEqual(['question', 'right']);
  });
}
