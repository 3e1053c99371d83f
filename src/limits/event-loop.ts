import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How finely the delay is looked at, and how often it is judged, in milliseconds. */
const RESOLUTION = 10;
const JUDGED_EVERY = 250;

/** How late this process is with its work. */
export interface EventLoop {
  /** The mean delay of the last quarter of a second, in milliseconds. */
  readonly delay: () => number;
  /** Begins: what the start of the service took is no delay of its work. */
  start(): void;
  stop(): void;
}

/** Watches how long work waits for its turn in this process. */
export function watchEventLoop(): EventLoop {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION });
  let delay = 0;
  let timer: NodeJS.Timeout | undefined;
  const judge = () => {
    // Each sample holds the time between two looks, which is there without any delay too; no sample at all is no number.
    delay = Math.max(0, (histogram.mean || 0) / 1e6 - RESOLUTION);
    histogram.reset();
  };
  return {
    delay: () => delay,
    start() {
      histogram.enable();
      timer = setInterval(judge, JUDGED_EVERY).unref();
    },
    stop() {
      clearInterval(timer);
      histogram.disable();
    },
  };
}
