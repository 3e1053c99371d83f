import type { Request, RequestHandler, Response } from 'express';
import { PLAIN_POLICY } from '../faq/document.ts';
import { tooBusy } from '../faq/page.ts';
import type { Logger } from '../operations/log.ts';
import { languageOf } from '../page/routes.ts';
import { refuse } from '../refuse.ts';
import type { Trust } from './address.ts';
import type { Limits } from './limits.ts';
import { isPoll, markUnwelcome } from './poll-route.ts';

/** Refuses a request that is too many, or that comes while there is too much to do. `seconds` say when to try again. */
export function turnAway(request: Request, response: Response, status: 429 | 503, seconds: number): void {
  response.setHeader('Retry-After', String(seconds));
  response.setHeader('Cache-Control', 'no-store');
  // Whoever opens a page reads a sentence; programs read the codes.
  if (request.method === 'GET' && request.accepts(['json', 'html']) === 'html') {
    response.setHeader('Content-Security-Policy', PLAIN_POLICY);
    response
      .status(status)
      .type('html')
      .send(tooBusy(languageOf(request)));
  } else if (status === 429) refuse(response, status, 'TooManyRequests', 'Too many requests came from this address. Try again later.');
  else refuse(response, status, 'ServiceUnavailable', 'The service has too much to do. Try again later.');
}

/** Turns away what an address asks beyond its limit, before anything else is done for it. */
export function limitRequests(limits: Limits, trusted: Trust, log: Logger): RequestHandler {
  let warned = false;
  return async (request, response, next) => {
    if (!warned && request.headers['x-forwarded-for'] !== undefined && !trusted(request.socket.remoteAddress ?? '', 0)) {
      warned = true;
      log.warn('requests come through a proxy that TRUSTED_PROXIES does not name: everybody behind it counts as one address');
    }
    const excess = await limits.take('address-requests', limits.sender(request));
    if (!excess) return next();
    if (!isPoll(request)) return turnAway(request, response, 429, excess.seconds);
    markUnwelcome(response);
    next();
  };
}
