import type { Request, Response } from 'express';

const POLL = /^\/v3\/directline\/conversations\/[^/]+\/activities\/?$/iu;

/** Is it the route where the client of Direct Line stops for good after an error? There nobody is turned away, only slowed down. */
export function isPoll({ method, path }: Request): boolean {
  return method === 'GET' && POLL.test(path);
}

/** Notes that a request of the poll route was too many, or came while there was too much to do. */
export function markUnwelcome(response: Response): void {
  response.locals['unwelcome'] = true;
}

/** Was this request of the poll route one that any other route would have refused? */
export function isUnwelcome(response: Response): boolean {
  return response.locals['unwelcome'] === true;
}
