import type { Response } from 'express';

/** Answers a request with an error: its HTTP status, a code for programs and a message for people. */
export function refuse(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ error: { code, message } });
}
