/** `npm run leak`: thirty minutes' worth of conversations, and the memory before and after. */
import { mock } from 'node:test';
import { parseArgs } from 'node:util';
import { lookForLeaks } from './leak.ts';
import { serviceSubject } from './service.ts';

/** The memory may be so many times as large afterwards as it was before. */
const MOST_GROWTH = 1.1;
const WARM_UP = 300;
const AT_ONCE = 20;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { conversations: { type: 'string', default: '3000' }, turns: { type: 'string', default: '5' } },
  });
  const conversations = Number(values.conversations);
  const turns = Number(values.turns);
  if (![conversations, turns].every((number) => Number.isInteger(number) && number > 0))
    throw new Error('--conversations and --turns are whole numbers from 1 on');
  // Before the service starts: it takes the time and its intervals from here.
  mock.timers.enable({ apis: ['Date', 'setInterval'], now: Date.now() });
  const subject = await serviceSubject(turns, (milliseconds) => mock.timers.tick(milliseconds));
  const begun = performance.now();
  const onProgress = (done: number) => {
    if (done % 500 === 0) process.stderr.write(`${done} of ${conversations} conversations are over\n`);
  };
  const { before, after, ratio } = await lookForLeaks(subject, { conversations, warmUp: WARM_UP, atOnce: AT_ONCE, onProgress });
  const seconds = Math.round((performance.now() - begun) / 1000);
  await subject.stop();
  const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  process.stdout.write(
    `${conversations} conversations of ${turns} turns after ${WARM_UP} to warm up, and a day after them, in ${seconds} s\n`,
  );
  process.stdout.write(
    `heap after collection: ${megabytes(before)} before, ${megabytes(after)} after, ratio ${ratio.toFixed(3)} (at most ${MOST_GROWTH})\n`,
  );
  return ratio > MOST_GROWTH ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    process.stderr.write(`leak: ${error.stack}\n`);
    process.exit(2);
  },
);
