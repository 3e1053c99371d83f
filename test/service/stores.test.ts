import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { botStorage } from '../../src/stores/bot-storage.ts';
import { openSqliteStore } from '../../src/stores/sqlite.ts';
import { type Outcome, type Store, type TakenJob, VersionConflict } from '../../src/stores/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'store-'));
const file = join(folder, 'bot.sqlite');
let clock = 1_000_000;
let store: Store;
beforeEach(() => {
  store = openSqliteStore(file, () => clock);
});
afterEach(() => store.close());
afterAll(() => rmSync(folder, { recursive: true }));

const fresh = () => randomUUID();
const said = (text: string) => ({ type: 'message', text }) as const;

test('a feed is read in order, from any watermark on', async () => {
  const id = fresh();
  expect(await store.openConversation(id)).toBe(true);
  expect(await store.openConversation(id)).toBe(false);
  for (const text of ['a', 'b', 'c']) await store.append(id, said(text));
  const all = await store.readFeed(id, '');
  expect(all.activities.map(({ text }) => text)).toEqual(['a', 'b', 'c']);
  expect(all.watermark).toBe('3');
  expect((await store.readFeed(id, '2')).activities.map(({ text }) => text)).toEqual(['c']);
  expect(await store.readFeed(id, '3')).toEqual({ activities: [], watermark: '3' });
  for (const odd of ['x', '-1', '1e3', '9'.repeat(40)]) expect((await store.readFeed(id, odd)).activities).toHaveLength(3);
});

test('a sending with an id that was there before adds nothing', async () => {
  const id = fresh();
  await store.openConversation(id);
  const first = await store.append(id, said('a'), { clientId: 'client-1' });
  expect(first.repeated).toBe(false);
  expect(await store.append(id, said('a'), { clientId: 'client-1' })).toEqual({ id: first.id, repeated: true });
  expect((await store.readFeed(id, '')).activities).toHaveLength(1);
});

test('a conversation that was never opened takes nothing', async () => {
  await expect(store.append('nobody', said('a'))).rejects.toThrow('no such conversation');
  expect(await store.hasConversation('nobody')).toBe(false);
});

test('to forget leaves no word, also in the file, and the numbers go on', async () => {
  const id = fresh();
  await store.openConversation(id);
  await store.append(id, said('the secret of Amina'), { clientId: 'client-2' });
  await store.forget(id);
  expect((await store.readFeed(id, '')).activities).toEqual([]);
  const next = await store.append(id, said('b'));
  expect(next.id.endsWith('|0000002')).toBe(true);
  await store.close();
  for (const name of [file, `${file}-wal`]) {
    let bytes = Buffer.alloc(0);
    try {
      bytes = readFileSync(name);
    } catch {
      // No such file: nothing in it either.
    }
    expect(bytes.includes('secret of Amina')).toBe(false);
  }
});

test('what nobody used since a day expires, whatever is used stays', async () => {
  const [old, live] = [fresh(), fresh()];
  await store.openConversation(old);
  await store.append(old, said('a'), { clientId: 'x' });
  await store.changeState(old, { key: `state-${old}`, value: '{}', version: '*' });
  clock += 1000;
  await store.openConversation(live);
  await store.changeState(live, { key: `state-${live}`, value: '{}', version: '*' });
  expect(await store.expire(new Date(clock))).toBeGreaterThanOrEqual(1);
  expect([await store.hasConversation(old), await store.hasConversation(live)]).toEqual([false, true]);
  expect(await store.readState(old, `state-${old}`)).toBeUndefined();
  expect(await store.readState(live, `state-${live}`)).toBeDefined();
});

describe('counts', () => {
  const first = { name: 'answered', labels: ['work', 'en'], number: 2 };

  test('add up, over days and over processes, and go after 400 days', async () => {
    clock = Date.UTC(2023, 5, 10);
    const other = openSqliteStore(file, () => clock);
    await store.count([first, { name: 'answered', labels: ['work', 'fa'], number: 1 }]);
    clock += 24 * 3_600_000;
    await other.count([first]);
    expect(await store.counts()).toEqual([
      { name: 'answered', labels: ['work', 'en'], number: 4 },
      { name: 'answered', labels: ['work', 'fa'], number: 1 },
    ]);
    clock += 400 * 24 * 3_600_000;
    await store.expire(new Date(0));
    expect(await other.counts()).toEqual([first]);
    clock += 24 * 3_600_000;
    await store.expire(new Date(0));
    expect(await store.counts()).toEqual([]);
    await other.close();
  });
});

describe('kept questions', () => {
  const question = { language: 'nl', topic: 'none', text: 'mag ik de hond van Fatima meenemen' };

  test('are kept apart, and go on their day', async () => {
    clock = Date.UTC(2023, 5, 10, 12);
    const id = fresh();
    await store.keepQuestion({ id, ...question }, 90);
    expect(await store.keptQuestions()).toEqual([{ ...question, id, goes: '2023-09-08' }]);
    clock = Date.UTC(2023, 8, 7, 23, 59);
    await store.expire(new Date(0));
    expect(await store.keptQuestions()).toHaveLength(1);
    clock = Date.UTC(2023, 8, 8);
    await store.expire(new Date(0));
    expect(await store.keptQuestions()).toEqual([]);
  });

  test('leave no word in the file when they are dropped', async () => {
    const id = fresh();
    await store.keepQuestion({ id, ...question }, 90);
    await store.dropQuestion('unknown');
    await store.dropQuestion(id);
    expect(await store.keptQuestions()).toEqual([]);
    for (const name of [file, `${file}-wal`]) expect(existsSync(name) && readFileSync(name).includes('Fatima')).toBe(false);
  });
});

test('a secret is made once', async () => {
  expect(await store.secret('k', () => 'first')).toBe('first');
  expect(await store.secret('k', () => 'second')).toBe('first');
});

describe("the SDK's storage contract", () => {
  test('read, write, eTag conflict, delete, odd keys', async () => {
    const storage = botStorage(store);
    expect(await storage.read([])).toEqual({});
    expect(await storage.read(null as unknown as string[])).toEqual({});
    expect(await storage.write(null as unknown as object)).toBeUndefined();
    const key = 'directline/conversations/ä"\'%/x?y#z';
    await storage.write({ [key]: { a: 1 } });
    const first = (await storage.read([key]))[key];
    expect(first).toMatchObject({ a: 1, eTag: expect.any(String) });
    await storage.write({ [key]: { ...first, a: 2 } });
    await expect(storage.write({ [key]: { ...first, a: 3 } })).rejects.toThrow(VersionConflict);
    await storage.write({ [key]: { a: 4, eTag: '*' } });
    expect((await storage.read([key]))[key]).toMatchObject({ a: 4 });
    await storage.delete([key, 'unknown']);
    expect(await storage.read([key])).toEqual({});
  });
});

describe('a queue of jobs', () => {
  const job = (id: string, lane: string, place = 0) => ({ queue: 'q', id, lane, place, body: `sealed ${id}`, once: true });
  const taken = new Map<string, TakenJob>();
  const take = async (leaseMs = 1_000) => {
    const job = await store.takeJob('q', leaseMs);
    if (job) taken.set(job.id, job);
    return job?.id;
  };
  const end = (id: string, outcome?: Outcome) => store.endJob(taken.get(id) as TakenJob, outcome);
  /** Tests share the file: whatever is left is taken out first. */
  beforeEach(async () => {
    clock += 10_000;
    for (let left = await store.takeJob('q', 1); left; left = await store.takeJob('q', 1)) await store.endJob(left);
  });

  test('takes an id once, also after its end', async () => {
    const id = fresh();
    expect(await store.addJobs([job(id, 'a')])).toBe(1);
    expect(await store.addJobs([job(id, 'a')])).toBe(0);
    expect(await take()).toBe(id);
    await end(id);
    expect(await store.addJobs([job(id, 'a')])).toBe(0);
    expect(await take()).toBeUndefined();
  });

  test('tells how much waits and for how long, what is under way too', async () => {
    expect(await store.waiting()).toEqual([]);
    await store.addJobs([job(fresh(), 'a', 2)]);
    clock += 4_000;
    await store.addJobs([job(fresh(), 'a', 1), job(fresh(), 'b')]);
    clock += 1_000;
    const id = await take();
    expect(await store.waiting()).toEqual([{ queue: 'q', waiting: 3, oldestMs: 5_000 }]);
    await end(id as string);
    expect(await store.waiting()).toEqual([{ queue: 'q', waiting: 2, oldestMs: 5_000 }]);
  });

  test('goes by place in a lane, and lets lanes go side by side', async () => {
    const [late, early, other] = [fresh(), fresh(), fresh()];
    await store.addJobs([job(late, 'a', 2), job(early, 'a', 1), job(other, 'b', 3)]);
    expect([await take(), await take(), await take()]).toEqual([early, other, undefined]);
    await end(early);
    expect(await take()).toBe(late);
  });

  test('holds up a lane while its first job waits, and gives a job to another after its lease', async () => {
    const [first, second] = [fresh(), fresh()];
    await store.addJobs([job(first, 'a', 1), job(second, 'a', 2)]);
    expect(await take()).toBe(first);
    await store.postponeJob(taken.get(first) as TakenJob, 5_000);
    expect(await take()).toBeUndefined();
    clock += 5_000;
    expect(await store.takeJob('q', 1_000)).toMatchObject({ id: first, attempts: 2 });
    expect(await take()).toBeUndefined();
    clock += 1_001;
    expect(await store.takeJob('q', 1_000)).toMatchObject({ id: first, attempts: 3 });
  });

  test('ends a job and adds what came of it in one step; another process on the file sees the same', async () => {
    const [from, to] = [fresh(), fresh()];
    const other = openSqliteStore(file, () => clock);
    await store.addJobs([job(from, 'a')]);
    expect(await take()).toBe(from);
    expect(await other.takeJob('q', 1_000)).toBeUndefined();
    await end(from, { conversation: 'a', states: [], said: [], jobs: [job(to, 'a')], forget: false });
    expect(await other.takeJob('q', 1_000)).toMatchObject({ id: to, body: `sealed ${to}` });
    await other.close();
  });

  test('forgets the ids after eight days', async () => {
    const id = fresh();
    await store.addJobs([job(id, 'a')]);
    expect(await take()).toBe(id);
    await end(id);
    clock += 7 * 24 * 3_600_000;
    await store.expire(new Date(0));
    expect(await store.addJobs([job(id, 'a')])).toBe(0);
    clock += 24 * 3_600_000 + 1;
    await store.expire(new Date(0));
    expect(await store.addJobs([job(id, 'a')])).toBe(1);
  });
});
