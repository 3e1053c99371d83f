import * as z from 'zod';
import { retryAfter, type Verdict, verdictOf } from './errors.ts';

/** Longer than Meta needs for a message, shorter than a lease of the queue. */
const TIME_OUT = 15_000;

/**
 * What came of a call, and the error code for the count. `no-connection`: it did not get out of the door. `no-answer`:
 * it went out and nothing came back, so it may have arrived or not.
 */
export interface Outcome {
  readonly verdict: Verdict;
  readonly code?: number | 'no-answer' | 'no-connection';
}

/** The part of Meta's Graph API that sends. */
export interface Graph {
  /** Sends one message. Never throws: what happened stands in the outcome. */
  send(message: object): Promise<Outcome>;
  /** Marks a message as read and shows that an answer is being written. Nothing depends on it. */
  markRead(messageId: string): Promise<Outcome>;
}

export interface GraphSettings {
  readonly url: string;
  readonly version: string;
  readonly phoneNumberId: string;
  readonly accessToken: string;
}

const failure = z.object({ error: z.object({ code: z.number().int() }) });

export function createGraph({ url, version, phoneNumberId, accessToken }: GraphSettings): Graph {
  const address = `${url.replace(/\/+$/u, '')}/${version}/${encodeURIComponent(phoneNumberId)}/messages`;

  async function post(body: object): Promise<Outcome> {
    let response: Response;
    let answer: unknown;
    try {
      response = await fetch(address, {
        method: 'POST',
        headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ messaging_product: 'whatsapp', ...body }),
        signal: AbortSignal.timeout(TIME_OUT),
      });
      answer = await response.json().catch(() => undefined);
    } catch (error) {
      return { verdict: { kind: 'again' }, code: neverLeft(error) ? 'no-connection' : 'no-answer' };
    }
    const parsed = failure.safeParse(answer);
    const code = parsed.success ? parsed.data.error.code : undefined;
    const verdict = verdictOf(response.status, code, retryAfter(response.headers.get('retry-after'), Date.now()));
    return code === undefined ? { verdict } : { verdict, code };
  }

  return {
    send: (message) => post({ recipient_type: 'individual', ...message }),
    markRead: (messageId) => post({ status: 'read', message_id: messageId, typing_indicator: { type: 'text' } }),
  };
}

/** What the network says when no connection came about. */
const NO_CONNECTION: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

function neverLeft(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: unknown; errors?: { code?: unknown }[] } };
  return NO_CONNECTION.has(cause?.code ?? cause?.errors?.[0]?.code);
}
