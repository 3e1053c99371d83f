/** What the server gives the page to talk with: a token for one conversation. */
export interface Session {
  readonly conversationId: string;
  readonly token: string;
  readonly streamUrl: string;
  readonly userId: string;
  /** Is it the conversation of before, found again by the cookie? */
  readonly resumed: boolean;
}

/** Asks for a session: that of the cookie, or a `fresh` one. Throws where the server cannot be reached or refuses. */
export async function openSession(fresh: boolean): Promise<Session> {
  const response = await fetch('/api/directline/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fresh }),
  });
  if (!response.ok) throw new Error(`token: ${response.status}`);
  return (await response.json()) as Session;
}
