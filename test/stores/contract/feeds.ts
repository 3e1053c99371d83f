import { type Engine, fifty, fresh, queueFor, said, twoStores } from './engine.ts';

/** What holds of the feeds of conversations in every engine. */
export function feedContract(engine: Engine): void {
  const stores = twoStores(engine);
  const textsOf = async (conversation: string, watermark = '') =>
    (await stores.other.readFeed(conversation, watermark)).activities.map(({ text }) => text);

  test('a feed is read in order, from any watermark on, and every process reads the same', async () => {
    const id = fresh();
    expect(await stores.one.openConversation(id)).toBe(true);
    expect(await stores.other.openConversation(id)).toBe(false);
    expect([await stores.one.hasConversation(id), await stores.other.hasConversation(id)]).toEqual([true, true]);
    for (const text of ['a', 'b', 'c']) await stores.one.append(id, said(text));
    const all = await stores.one.readFeed(id, '');
    expect(all).toEqual(await stores.other.readFeed(id, ''));
    expect(all.activities).toEqual([1, 2, 3].map((number) => ({ ...said('abc'.charAt(number - 1)), id: `${id}|000000${number}` })));
    expect(all.watermark).toBe('3');
    expect(await textsOf(id, '2')).toEqual(['c']);
    expect(await stores.one.readFeed(id, '3')).toEqual({ activities: [], watermark: '3' });
    expect(await stores.one.readFeed(id, '7')).toEqual({ activities: [], watermark: '7' });
    for (const odd of ['x', '-1', '1e3', '9'.repeat(40)]) expect(await textsOf(id, odd)).toHaveLength(3);
  });

  test('an activity comes back as it was, but for its id', async () => {
    const id = fresh();
    await stores.one.openConversation(id);
    const activity = {
      ...said('Нет "так" \\ \n \u0000 \u{1f600} \ud800 متى'),
      id: 'of the sender',
      channelData: { clientActivityID: '<&>', deep: [{ empty: {}, list: [], none: null, number: 1.5e300 }] },
    };
    const { id: given } = await stores.one.append(id, activity);
    expect((await stores.other.readFeed(id, '')).activities).toEqual([{ ...activity, id: given }]);
    expect(given).toBe(`${id}|0000001`);
  });

  test('a long feed is read in parts', async () => {
    const id = fresh();
    await stores.one.openConversation(id);
    for (let index = 0; index < 501; index += 1) await stores.one.append(id, said(String(index)));
    const part = await stores.one.readFeed(id, '');
    expect([part.activities.length, part.watermark]).toEqual([500, '500']);
    expect(await textsOf(id, part.watermark)).toEqual(['500']);
  });

  test('a sending with an id that was there before adds nothing, no activity and no job', async () => {
    const [id, { queue, job }] = [fresh(), queueFor()];
    await stores.one.openConversation(id);
    const first = await stores.one.append(id, said('a'), { clientId: 'client-1', job: job(id) });
    expect(first).toEqual({ id: `${id}|0000001`, repeated: false });
    expect(await stores.other.append(id, said('a'), { clientId: 'client-1', job: job(id) })).toEqual({ id: first.id, repeated: true });
    expect(await textsOf(id)).toEqual(['a']);
    const taken = await stores.one.takeJob(queue, 10_000);
    expect(taken?.activityId).toBe(first.id);
    if (taken) await stores.one.endJob(taken);
    expect(await stores.one.takeJob(queue, 10_000)).toBeUndefined();
    // The ids of one client say nothing about those of another.
    const elsewhere = fresh();
    await stores.one.openConversation(elsewhere);
    expect(await stores.one.append(elsewhere, said('b'), { clientId: 'client-1' })).toMatchObject({ repeated: false });
  });

  test('a conversation that was never opened takes nothing', async () => {
    const [id, { queue, job }] = [fresh(), queueFor()];
    await expect(stores.one.append(id, said('a'), { clientId: 'c', job: job(id) })).rejects.toThrow('no such conversation');
    expect(await stores.one.hasConversation(id)).toBe(false);
    expect(await stores.one.readFeed(id, '')).toEqual({ activities: [], watermark: '0' });
    expect(await stores.one.takeJob(queue, 10_000)).toBeUndefined();
  });

  test('the first job of a conversation is added with it, once', async () => {
    const [id, { queue, job }] = [fresh(), queueFor()];
    const opened = await fifty(stores, (store) => store.openConversation(id, job(id)));
    expect(opened.filter((isNew) => isNew)).toHaveLength(1);
    const taken = await stores.one.takeJob(queue, 10_000);
    expect(taken).toMatchObject({ lane: id, attempts: 1 });
    expect(taken?.activityId).toBeUndefined();
    if (taken) await stores.one.endJob(taken);
    expect(await stores.other.takeJob(queue, 10_000)).toBeUndefined();
  });

  test('fifty at once each get a number of their own, without a gap', async () => {
    const id = fresh();
    await stores.one.openConversation(id);
    const added = await fifty(stores, (store, index) => store.append(id, said(String(index))));
    const { activities, watermark } = await stores.one.readFeed(id, '');
    expect(activities.map((activity) => activity.id).sort()).toEqual(added.map((one) => one.id).sort());
    expect(activities.map((activity) => Number(activity.id?.split('|')[1]))).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(watermark).toBe('50');
  });

  test('fifty repeats at once count once', async () => {
    const id = fresh();
    await stores.one.openConversation(id);
    const added = await fifty(stores, (store) => store.append(id, said('again'), { clientId: 'same' }));
    expect(added.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(added.map((one) => one.id)).size).toBe(1);
    expect(await textsOf(id)).toEqual(['again']);
  });

  test('to forget leaves nothing of what was said, and the numbers go on', async () => {
    const id = fresh();
    await stores.one.openConversation(id);
    await stores.one.append(id, said('the secret of Amina'), { clientId: 'client-2' });
    await stores.one.forget(id);
    expect(await textsOf(id)).toEqual([]);
    expect(await stores.one.append(id, said('b'), { clientId: 'client-2' })).toEqual({ id: `${id}|0000002`, repeated: false });
    expect(await textsOf(id, '1')).toEqual(['b']);
    expect(await engine.everything()).not.toContain('secret of Amina');
    await stores.one.forget('never-opened');
  });
}
