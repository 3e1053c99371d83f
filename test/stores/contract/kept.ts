import { DAY, type Engine, fifty, fresh, twoStores } from './engine.ts';

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** What holds of counts, kept questions and secrets in every engine. */
export function keptContract(engine: Engine): void {
  const stores = twoStores(engine);

  /** So far from midnight that the day cannot change under a test. */
  beforeEach(() => engine.pass(DAY * 1.5 - (engine.now() % DAY)));

  test('counts add up, over days and over processes, and go after 400 days', async () => {
    const name = fresh();
    const own = async () => (await stores.one.counts()).filter((count) => count.name === name);
    const first = { name, labels: ['work', 'en'], number: 2 };
    await stores.one.count([first, { name, labels: ['work', 'fa'], number: 1 }]);
    await stores.one.count([]);
    await engine.pass(DAY);
    await stores.other.count([first]);
    expect(await own()).toEqual([
      { name, labels: ['work', 'en'], number: 4 },
      { name, labels: ['work', 'fa'], number: 1 },
    ]);
    await engine.pass(400 * DAY);
    await stores.one.expire(new Date(0));
    expect(await own()).toEqual([first]);
    await engine.pass(DAY);
    await stores.one.expire(new Date(0));
    expect(await own()).toEqual([]);
  });

  test('counts of fifty at once are all counted, and come in the order of names and labels', async () => {
    const name = fresh();
    await fifty(stores, (store, index) => store.count([{ name, labels: [index % 2 ? 'b' : 'a', 'ж'], number: 1 }]));
    await stores.one.count([{ name: `${name}!`, labels: [], number: 3 }]);
    expect((await stores.other.counts()).filter((count) => count.name.startsWith(name))).toEqual([
      { name, labels: ['a', 'ж'], number: 25 },
      { name, labels: ['b', 'ж'], number: 25 },
      { name: `${name}!`, labels: [], number: 3 },
    ]);
  });

  describe('kept questions', () => {
    const question = { language: 'nl', topic: 'none', text: 'mag ik de hond van Fatima meenemen' };
    const own = async (ids: readonly string[]) => (await stores.other.keptQuestions()).filter(({ id }) => ids.includes(id));

    test('those that go first come first, the same id again changes nothing, and each goes on its day', async () => {
      const [long, short] = [fresh(), fresh()];
      const start = engine.now();
      await stores.one.keepQuestion({ id: long, ...question }, 90);
      await stores.one.keepQuestion({ id: short, ...question, text: 'x' }, 30);
      await stores.one.keepQuestion({ id: long, ...question, text: 'another' }, 10);
      const longer = { ...question, id: long, goes: dayOf(start + 90 * DAY) };
      expect(await own([long, short])).toEqual([{ ...question, text: 'x', id: short, goes: dayOf(start + 30 * DAY) }, longer]);
      await engine.pass(29 * DAY);
      await stores.one.expire(new Date(0));
      expect(await own([long, short])).toHaveLength(2);
      await engine.pass(DAY);
      await stores.one.expire(new Date(0));
      expect(await own([long, short])).toEqual([longer]);
      await engine.pass(60 * DAY);
      await stores.one.expire(new Date(0));
      expect(await own([long, short])).toEqual([]);
    });

    test('leave no word when they are dropped', async () => {
      const id = fresh();
      await stores.one.keepQuestion({ id, ...question }, 90);
      await stores.one.dropQuestion('unknown');
      await stores.other.dropQuestion(id);
      expect(await own([id])).toEqual([]);
      expect(await engine.everything()).not.toContain('Fatima');
    });
  });

  test('a secret is made once, whoever asks first', async () => {
    const name = fresh();
    const got = await fifty(stores, (store, index) => store.secret(name, () => `made by ${index}`));
    expect(new Set(got).size).toBe(1);
    expect(await stores.other.secret(name, () => 'late')).toBe(got[0]);
    expect(await stores.other.secret(`${name}x`, () => 'another')).toBe('another');
  });
}
