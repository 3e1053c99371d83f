import cors from 'cors';
import type { RequestHandler } from 'express';

/** Seconds for which a browser remembers what pages of other origins may do. */
const REMEMBERED = 7_200;

/** Says whether a page may use this service: by its `Origin`, and the `Host` that it asked. */
export type OriginCheck = (origin: string | undefined, host: string | undefined) => boolean;

/**
 * A browser says where a page comes from; a program need not. Allowed are pages of this service, by its public address
 * or by the host that was asked, and the origins that are named; any other page has no business here.
 */
export function originCheck(publicUrl: string | undefined, named: readonly string[]): OriginCheck {
  const allowed = new Set([...named, ...(publicUrl === undefined ? [] : [publicUrl])]);
  return (origin, host) => origin === undefined || allowed.has(origin) || (Boolean(host) && URL.parse(origin)?.host === host);
}

/** Lets pages of the named origins talk to Direct Line here. No cookie goes along: each of them begins its own conversation. */
export function crossOrigin(named: readonly string[]): RequestHandler {
  return cors({
    origin: [...named],
    methods: ['GET', 'POST'],
    allowedHeaders: ['Authorization', 'Content-Type', 'Accept', 'x-ms-bot-agent', 'x-requested-with'],
    exposedHeaders: ['Retry-After'],
    maxAge: REMEMBERED,
  });
}
