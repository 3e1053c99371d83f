import { lookForLeaks, type Subject } from './leak.ts';
import { serviceSubject } from './service.ts';

const MOST_GROWTH = 1.1;

/** Talks with nobody: each conversation takes so much memory, and a day gives it back or not. */
function stub(forgets: boolean): Subject & { readonly held: unknown[][] } {
  const held: unknown[][] = [];
  return {
    held,
    converse: async () => void held.push(Array.from({ length: 20_000 }, (_, number) => ({ number }))),
    letADayPass: async () => {
      if (forgets) held.splice(0);
    },
  };
}

test('what keeps its conversations is found, and what forgets them is not', async () => {
  const options = { conversations: 120, warmUp: 5, atOnce: 4 };
  const leaking = stub(false);
  const forgetting = stub(true);
  expect((await lookForLeaks(leaking, options)).ratio).toBeGreaterThan(MOST_GROWTH);
  expect(leaking.held).toHaveLength(125);
  leaking.held.splice(0);
  expect((await lookForLeaks(forgetting, options)).ratio).toBeLessThan(MOST_GROWTH);
  expect(forgetting.held).toHaveLength(0);
}, 60_000);

test('the service forgets: 40 conversations of 5 turns over both ways, and a day', async () => {
  jest.useFakeTimers({
    now: Date.now(),
    // The clock and what it drives; whatever waits for an answer waits in real time.
    doNotFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'nextTick', 'queueMicrotask', 'performance', 'hrtime'],
  });
  const subject = await serviceSubject(5, (milliseconds) => void jest.advanceTimersByTime(milliseconds));
  try {
    const report = await lookForLeaks(subject, { conversations: 40, warmUp: 20, atOnce: 4 });
    expect(subject.kept()).toBe(0);
    expect(report.ratio).toBeLessThan(MOST_GROWTH);
  } finally {
    await subject.stop();
    jest.useRealTimers();
  }
}, 120_000);
