/** What the server gives the page to talk with: a token for one conversation. */
export interface Session {
  readonly conversationId: string;
  readonly token: string;
  readonly streamUrl: string;
  readonly userId: string;
  /** Is it the conversation of before, found again by the cookie? */
  readonly resumed: boolean;
}

/** The server has no place for this person now. `waitMs`: when to ask again, in milliseconds. */
export class Busy extends Error {
  readonly waitMs: number;

  constructor(waitMs: number) {
    super('the server is busy');
    this.waitMs = waitMs;
  }
}

/** The page waits no longer than this, whatever the server says, in milliseconds. */
const LONGEST_WAIT = 120_000;
/** And so long where it does not say. */
const USUAL_WAIT = 5_000;

/** What `Retry-After` asks for, in milliseconds. */
export function waitOf(retryAfter: string | null | undefined): number {
  const seconds = Number(retryAfter ?? '');
  return seconds > 0 ? Math.min(LONGEST_WAIT, seconds * 1000) : USUAL_WAIT;
}

/** Asks for a session: that of the cookie, or a `fresh` one. Throws a Busy where there is no place now, and else where the server cannot be reached or refuses. */
export async function openSession(fresh: boolean): Promise<Session> {
  const response = await fetch('/api/directline/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fresh }),
  });
  if (response.status === 429 || response.status === 503) throw new Busy(waitOf(response.headers.get('retry-after')));
  if (!response.ok) throw new Error(`token: ${response.status}`);
  return (await response.json()) as Session;
}
