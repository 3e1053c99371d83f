import { ErrorReply } from '@redis/client';
import { StoreUnavailable } from '../store.ts';

/** What Redis answers where it cannot serve now, and may later: it starts, is full, cannot write, or is not the leader. */
const MAY_PASS = /^(?:LOADING|OOM|MISCONF|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|BUSY|UNKILLABLE|NOAUTH|WRONGPASS|NOPERM)\b/u;

const REFUSED = /^(?:NOAUTH|WRONGPASS|NOPERM)\b/u;

/** Does Redis refuse the name or the password? Then to ask again is of no use. */
export function isRefused(error: unknown): boolean {
  return error instanceof ErrorReply && REFUSED.test(error.message);
}

/** The error of a command as the port of the store knows it. The reason is a code: it holds no address, no key and no value. */
export function storeError(error: unknown): Error {
  // A mistake of ours, and none of Redis.
  if (error instanceof StoreUnavailable || error instanceof TypeError) return error;
  if (!(error instanceof ErrorReply)) return new StoreUnavailable(`Redis cannot be reached: ${reasonOf(error)}`);
  if (MAY_PASS.test(error.message)) return new StoreUnavailable(`Redis cannot serve now: ${codeOf(error)}`);
  return new Error(`Redis does not understand: ${codeOf(error)}`);
}

/** Why a connection failed, in a word. */
export function reasonOf(error: unknown): string {
  if (error instanceof ErrorReply) return codeOf(error);
  const { code } = error as { code?: string };
  return code ?? (error as Error).constructor.name;
}

function codeOf(error: ErrorReply): string {
  return error.message.split(' ', 1)[0] ?? 'unknown';
}
