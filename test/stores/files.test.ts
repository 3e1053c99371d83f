/** Store files that are broken, or that an earlier version has left. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import { openStore } from '../../src/stores/open.ts';

let folder: string;
let file: string;
let lines: string[];
const log = pino({}, { write: (line: string) => void lines.push(line) });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
  file = join(folder, 'bot.sqlite');
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A store with many conversations in it. */
async function filled(): Promise<void> {
  const store = await openStore(`sqlite:${file}`, log);
  for (let index = 0; index < 500; index += 1) await store.openConversation(`conversation-${index}`);
  await store.close();
}

function overwrite(from: number, length: number): Buffer {
  const bytes = readFileSync(file);
  bytes.fill(0x2a, from, from + length);
  writeFileSync(file, bytes);
  return bytes;
}

test.each([
  ['its first page', 0, 512],
  ['pages in the middle', 8_192, 8_192],
])('a file that is broken in %s is moved aside as it is, loudly, and an empty one takes its place', async (_where, from, length) => {
  await filled();
  const broken = overwrite(from, length);
  const store = await openStore(`sqlite:${file}`, log);
  expect(await store.hasConversation('conversation-1')).toBe(false);
  expect(await store.openConversation('new')).toBe(true);
  await store.close();
  const aside = readdirSync(folder).find((name) => /^bot\.sqlite\.broken-[\dTZ-]+$/u.test(name)) ?? '';
  expect(readFileSync(join(folder, aside)).equals(broken)).toBe(true);
  expect(lines.join('')).toMatch(/"level":50.*BROKEN/u);
});

test('a sound file stays, and nothing is said', async () => {
  await filled();
  const store = await openStore(`sqlite:${file}`, log);
  expect(await store.hasConversation('conversation-1')).toBe(true);
  await store.close();
  expect([readdirSync(folder), lines]).toEqual([['bot.sqlite'], []]);
});

test('a file of version 0.2 goes on: what waited to be sent is sent, and known ids stay known', async () => {
  const old = new DatabaseSync(file);
  old.exec(`
    CREATE TABLE job (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      queue TEXT NOT NULL, id TEXT NOT NULL, lane TEXT NOT NULL, place INTEGER NOT NULL, body TEXT,
      due INTEGER NOT NULL, leased INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, added INTEGER NOT NULL,
      UNIQUE (queue, id)
    ) STRICT;
    INSERT INTO job (queue, id, lane, place, body, due, added) VALUES ('q', 'waits', 'a', 0, 'sealed', 0, 0), ('q', 'known', '', 0, NULL, 0, 0);
  `);
  old.close();
  const store = await openStore(`sqlite:${file}`, log);
  const job = { queue: 'q', lane: 'a', place: 0, body: 'x', once: true };
  expect(
    await store.addJobs([
      { ...job, id: 'waits' },
      { ...job, id: 'known' },
    ]),
  ).toBe(0);
  const taken = await store.takeJob('q', 1_000);
  expect(taken).toMatchObject({ id: 'waits', body: 'sealed', attempts: 1 });
  await store.close();
});
