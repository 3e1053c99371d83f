import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from './operations/log.ts';
import { refuse, TRY_AGAIN } from './refuse.ts';
import { StoreUnavailable } from './stores/store.ts';

/** Answers what no route has answered. */
export const noSuchAddress: RequestHandler = (_request, response) => refuse(response, 404, 'NotFound', 'There is no such address.');

/** Answers what a route could not read, or failed at; says nothing of what was sent, and nothing of the inside. */
export function failed(log: Logger): ErrorRequestHandler {
  return (error: Error & { status?: number }, _request, response, _next) => {
    if (error instanceof StoreUnavailable && !response.headersSent) {
      return refuse(response, 503, 'ServiceUnavailable', 'The service cannot answer now. Try again later.', TRY_AGAIN);
    }
    const status = error.status !== undefined && error.status >= 400 && error.status < 500 ? error.status : 500;
    if (status === 500) log.error({ error: error.name, stack: error.stack }, 'a request failed');
    // A part of an answer must not look like a whole one.
    if (response.headersSent) response.destroy();
    else if (status === 500) refuse(response, status, 'ServiceError', 'Something went wrong on the server.');
    else refuse(response, status, 'BadRequest', 'The request could not be read.');
  };
}
