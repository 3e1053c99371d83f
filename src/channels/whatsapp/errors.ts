/**
 * What Meta's answer means for a message, decided by its error code alone:
 * https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
 */
export type Verdict =
  | { readonly kind: 'sent' }
  /** Meta's trouble: this message again, a bounded number of times. */
  | { readonly kind: 'again' }
  /** Too many calls. All messages wait, or those to this person. */
  | { readonly kind: 'too-many'; readonly who: 'everybody' | 'person'; readonly afterMs?: number }
  /** Nothing will make this message arrive. */
  | { readonly kind: 'final' }
  /** More than 24 hours since the person wrote. */
  | { readonly kind: 'too-late' }
  /** The line is locked or limited for its quality: nothing is sent for a while. */
  | { readonly kind: 'locked' }
  /** Token or permission: nothing is sent until somebody has put it right. */
  | { readonly kind: 'unauthorised' };

const TOO_MANY: ReadonlySet<number> = new Set([4, 80007, 130429]);
const TOO_MANY_TO_PERSON = 131056;
const LOCKED: ReadonlySet<number> = new Set([368, 131031, 131048]);
const TROUBLE: ReadonlySet<number> = new Set([1, 2, 131000, 131016]);
const TOO_LATE = 131047;

/** Judges an answer of the Graph API: its HTTP status, the error code in it, and how long it asks to wait. */
export function verdictOf(status: number, code: number | undefined, retryAfterMs: number | undefined): Verdict {
  const after = retryAfterMs === undefined ? {} : { afterMs: retryAfterMs };
  if (code === undefined) {
    if (status >= 200 && status < 300) return { kind: 'sent' };
    if (status === 429) return { kind: 'too-many', who: 'everybody', ...after };
    if (status === 401 || status === 403) return { kind: 'unauthorised' };
    return status >= 500 ? { kind: 'again' } : { kind: 'final' };
  }
  if (TOO_MANY.has(code)) return { kind: 'too-many', who: 'everybody', ...after };
  if (code === TOO_MANY_TO_PERSON) return { kind: 'too-many', who: 'person', ...after };
  if (LOCKED.has(code)) return { kind: 'locked' };
  if (code === TOO_LATE) return { kind: 'too-late' };
  if ([0, 3, 10, 190].includes(code) || (code >= 200 && code <= 299)) return { kind: 'unauthorised' };
  if (TROUBLE.has(code) || status >= 500) return { kind: 'again' };
  return { kind: 'final' };
}

/** `Retry-After` in milliseconds: seconds, or a date; undefined where it says nothing that can be read. */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const milliseconds = /^\d+$/u.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}
