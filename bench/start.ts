import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from './load.ts';
import { megabytesOf, table, withSpread } from './measure.ts';
import { startProcess } from './service.ts';

const PEOPLE = 32;

/** The section about start and memory, with the figures that have a target. */
export async function startSection({
  texts,
  starts,
  turns,
  rate,
  rest,
}: {
  texts: readonly string[];
  starts: number;
  turns: number;
  rate: number;
  /** Nothing happens for so many milliseconds before the memory is read. */
  rest: number;
}) {
  const firstAnswers: number[] = [];
  const rests: number[] = [];
  const withDates: number[] = [];
  for (let start = -1; start < starts; start += 1) {
    const service = await startProcess({});
    const { milliseconds } = await load([service.url], { way: 'socket', rate: 1, seconds: 1, people: 1, texts: ['May I work?'] });
    await service.stop();
    // The first start compiles; its result is kept for the next ones.
    if (start < 0) continue;
    firstAnswers.push(service.readyAfter + (milliseconds[0] ?? Number.NaN));
    const resting = await startProcess({});
    await new Promise((done) => setTimeout(done, rest));
    rests.push(megabytesOf(resting.pid));
    // The first date in an English text loads the recognizer.
    await load([resting.url], { way: 'socket', rate: 1, seconds: 1, people: 1, texts: ['May I work on 1 August?'] });
    await new Promise((done) => setTimeout(done, rest));
    withDates.push(megabytesOf(resting.pid));
    await resting.stop();
  }
  const asks = Array.from({ length: starts }, () => {
    const before = performance.now();
    const { status } = spawnSync(process.execPath, [join(import.meta.dirname, '..', 'src', 'operations', 'ask.ts'), 'May I work?']);
    if (status !== 0) throw new Error('ask failed');
    return performance.now() - before;
  });
  // In a file, as it is used: a store in memory would be what is measured.
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const service = await startProcess({ STORE: `sqlite:${join(folder, 'bot.sqlite')}` });
  const before = megabytesOf(service.pid);
  const result = await load([service.url], { way: 'socket', rate, seconds: turns / rate, people: PEOPLE, texts });
  await new Promise((done) => setTimeout(done, rest));
  const after = megabytesOf(service.pid);
  await service.stop();
  rmSync(folder, { recursive: true });
  const text = table(
    ['what', 'middle (least to greatest)', 'target'],
    [
      ['process start to first answer, ms', withSpread(firstAnswers, 0), 'under 1000'],
      ['`npm run ask`, one question, ms', withSpread(asks, 0), ''],
      ['memory at rest, MB', withSpread(rests, 0), 'under 150'],
      ['memory at rest after a first answer with a date in English, MB', withSpread(withDates, 0), ''],
      [
        `memory after ${result.milliseconds.length} turns in ${PEOPLE} conversations, MB`,
        `${after.toFixed(0)} (before them ${before.toFixed(0)})`,
        '',
      ],
    ],
  );
  return { text, firstAnswers, rests };
}
