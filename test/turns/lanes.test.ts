/** Turns that a caller waits for: one after another in a conversation, whichever process they came to. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LaneTurns, laneOf } from '../../src/bot/lane-turns.ts';
import { openSqliteStore } from '../../src/stores/sqlite.ts';
import { StoreUnavailable } from '../../src/stores/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'lanes-'));
const file = join(folder, 'bot.sqlite');
const stores = [openSqliteStore(file), openSqliteStore(file)] as const;
afterAll(async () => {
  for (const store of stores) await store.close();
  rmSync(folder, { recursive: true });
});

test('two processes take turns in one conversation; another conversation does not wait', async () => {
  const [here, there] = [new LaneTurns(stores[0]), new LaneTurns(stores[1])];
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const first = here.run('c', async () => {
    begun.resolve();
    await gate.promise;
    order.push('here');
  });
  await begun.promise;
  const second = there.run('c', async () => void order.push('there'));
  await there.run('d', async () => void order.push('other'));
  gate.resolve();
  await Promise.all([first, second]);
  expect(order).toEqual(['other', 'here', 'there']);
});

test('a conversation that stays locked is refused for now; a failed turn gives it back', async () => {
  const turns = new LaneTurns(stores[0], 50);
  await stores[1].lock(laneOf('e'), 'somebody', 60_000);
  const work = jest.fn(async () => 'done');
  await expect(turns.run('e', work)).rejects.toThrow(StoreUnavailable);
  expect(work).not.toHaveBeenCalled();
  await stores[1].unlock(laneOf('e'), 'somebody');
  await expect(turns.run('e', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await turns.run('e', work)).toBe('done');
});

test('no id of a conversation comes into the store', async () => {
  await new LaneTurns(stores[0]).run('19:the-id-of-a-chat@thread.v2', async () => {
    for (const name of [file, `${file}-wal`]) expect(readFileSync(name).includes('the-id-of-a-chat')).toBe(false);
    expect(readFileSync(`${file}-wal`).includes(laneOf('19:the-id-of-a-chat@thread.v2'))).toBe(true);
  });
});
