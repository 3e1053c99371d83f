import type { Request, RequestHandler } from 'express';
import { TRY_AGAIN } from '../refuse.ts';
import { addTo } from './add-to.ts';
import type { Limits } from './limits.ts';
import { turnAway } from './requests.ts';
import { hasBody } from './under-way.ts';

/** What people write fits into so many bytes; only files and deliveries of many messages are larger. */
const LARGE = 16 * 1024;
/** Of all places so much is for one address. */
const SHARE = 0.25;

/** Takes only so many large bodies at once: each one is held in memory as a whole while it comes in and is read. */
export function limitLargeBodies(limits: Limits, most: number): RequestHandler {
  const ofAddress = Math.max(1, Math.floor(most * SHARE));
  const senders = new Map<string, number>();
  let all = 0;
  const add = (sender: string, number: number) => {
    all += number;
    addTo(senders, sender, number);
  };
  return (request, response, next) => {
    if (most === 0 || !isLarge(request)) return next();
    const sender = limits.sender(request);
    if (all >= most) return turnAway(request, response, 503, TRY_AGAIN);
    if ((senders.get(sender) ?? 0) >= ofAddress) return turnAway(request, response, 429, TRY_AGAIN);
    add(sender, 1);
    response.once('close', () => add(sender, -1));
    next();
  };
}

/** A body whose length is not told may be of any. */
function isLarge(request: Request): boolean {
  return hasBody(request) && !(Number(request.headers['content-length']) <= LARGE);
}
