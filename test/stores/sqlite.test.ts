import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/stores/sqlite.ts';
import { storeContract } from './contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'store-'));
const file = join(folder, 'bot.sqlite');
let clock = Date.UTC(2023, 5, 10, 12);
afterAll(() => rmSync(folder, { recursive: true }));

storeContract({
  open: async () => openSqliteStore(file, () => clock),
  now: () => clock,
  pass: async (milliseconds) => {
    clock += milliseconds;
  },
  everything: async () =>
    readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n'),
});
