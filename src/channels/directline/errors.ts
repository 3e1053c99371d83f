import type { Response } from 'express';
import { TRY_AGAIN } from '../../refuse.ts';
import { StoreUnavailable } from '../../stores/store.ts';

/** The codes of Direct Line 3.0 that this server uses, with the HTTP status that the public client expects. */
const STATUS = {
  BadArgument: 400,
  Unauthorized: 401,
  // An expired token is 403, not 401: only then does the client fetch a new one.
  TokenExpired: 403,
  Forbidden: 403,
  ConversationNotFound: 404,
  MessageTooLarge: 413,
  UnsupportedMediaType: 415,
  TooManyRequests: 429,
  ServiceError: 500,
  ServiceUnavailable: 503,
} as const;

export type DirectLineCode = keyof typeof STATUS;

/** A refusal in the words of the protocol. */
export class DirectLineError extends Error {
  readonly code: DirectLineCode;
  /** When to try again, in seconds. */
  readonly retryAfter: number | undefined;

  constructor(code: DirectLineCode, message: string, retryAfter?: number) {
    super(message);
    this.name = 'DirectLineError';
    this.code = code;
    this.retryAfter = retryAfter;
  }

  get status(): number {
    return STATUS[this.code];
  }
}

/** What to tell where the store is away; undefined where it is something else that failed. */
export function storeIsAway(error: unknown): DirectLineError | undefined {
  if (!(error instanceof StoreUnavailable)) return undefined;
  return new DirectLineError('ServiceUnavailable', 'The service cannot answer now. Try again later.', TRY_AGAIN);
}

/** Sends the error body of the protocol: `{"error":{"code","message"}}`. */
export function sendError(response: Response, error: DirectLineError): void {
  if (error.retryAfter !== undefined) response.setHeader('Retry-After', String(error.retryAfter));
  response.status(error.status).json({ error: { code: error.code, message: error.message } });
}
