import type { Response } from 'express';

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
  ServiceError: 500,
} as const;

export type DirectLineCode = keyof typeof STATUS;

/** A refusal in the words of the protocol. */
export class DirectLineError extends Error {
  readonly code: DirectLineCode;

  constructor(code: DirectLineCode, message: string) {
    super(message);
    this.name = 'DirectLineError';
    this.code = code;
  }

  get status(): number {
    return STATUS[this.code];
  }
}

/** Sends the error body of the protocol: `{"error":{"code","message"}}`. */
export function sendError(response: Response, error: DirectLineError): void {
  response.status(error.status).json({ error: { code: error.code, message: error.message } });
}
