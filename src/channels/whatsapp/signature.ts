import { createHmac, timingSafeEqual } from 'node:crypto';

const PREFIX = 'sha256=';

/**
 * Is a delivery Meta's? `header` is `X-Hub-Signature-256`: the HMAC-SHA256 of the raw body with the app secret, in
 * hexadecimal. Whatever the header holds, the same work is done and the comparison takes the same time.
 */
export function isSigned(body: Uint8Array, header: string | undefined, appSecret: string): boolean {
  const expected = createHmac('sha256', appSecret).update(body).digest();
  const text = header ?? '';
  const given = Buffer.alloc(expected.length);
  // What is no hexadecimal, or is cut off, leaves bytes that cannot be right.
  const written = given.write(text.slice(PREFIX.length), 'hex');
  const same = timingSafeEqual(given, expected);
  return same && text.startsWith(PREFIX) && written === expected.length && text.length === PREFIX.length + 2 * expected.length;
}
