import type { Response } from 'express';

/** Seconds after which what cannot be done now may be done again: a store that is away, a place that is taken. */
export const TRY_AGAIN = 5;

/**
 * Answers a request with an error: its HTTP status, a code for programs and a message for people. `retryAfter` are the
 * seconds after which the same request may succeed.
 */
export function refuse(response: Response, status: number, code: string, message: string, retryAfter?: number): void {
  if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter));
  response.status(status).json({ error: { code, message } });
}
