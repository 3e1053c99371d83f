import type { RequestHandler } from 'express';
import type { Counts } from '../operations/counts.ts';
import { type EventLoop, watchEventLoop } from './event-loop.ts';
import { isPoll, markUnwelcome } from './poll-route.ts';
import { turnAway } from './requests.ts';
import type { LimitSettings } from './settings.ts';
import { UnderWay } from './under-way.ts';

/** Refused clients come again within so many seconds, not all of them in one moment. */
const SOONEST = 2;
const LATEST = 8;

/** Refuses what comes while there is too much to do, so that those who are served are served fast. */
export interface Overload {
  /** Turns requests away. Those of the poll route get through, and are slowed down there. */
  readonly refuse: RequestHandler;
  /** Seconds after which to try again, where there is too much to do now; else undefined. */
  readonly wait: () => number | undefined;
  /** Begins to look at the delay of the process. */
  start(): void;
  stop(): void;
}

export interface OverloadOptions {
  readonly settings: Pick<LimitSettings, 'LIMIT_DELAY' | 'LIMIT_REQUESTS'>;
  readonly counts: Counts;
  readonly eventLoop?: EventLoop;
}

export function createOverload({ settings, counts, eventLoop = watchEventLoop() }: OverloadOptions): Overload {
  const { LIMIT_DELAY: longest, LIMIT_REQUESTS: most } = settings;
  const underWay = new UnderWay();

  function wait(): number | undefined {
    const late = longest > 0 && eventLoop.delay() > longest;
    const full = most > 0 && underWay.number >= most;
    if (!late && !full) return undefined;
    counts.add('limit', late ? 'delay' : 'requests');
    return SOONEST + Math.floor(Math.random() * (LATEST - SOONEST + 1));
  }

  return {
    wait,
    refuse(request, response, next) {
      const seconds = wait();
      if (seconds === undefined) {
        underWay.follow(request, response);
        return next();
      }
      if (!isPoll(request)) return turnAway(request, response, 503, seconds);
      markUnwelcome(response);
      next();
    },
    start: () => eventLoop.start(),
    stop: () => eventLoop.stop(),
  };
}
