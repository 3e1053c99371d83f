import { createHmac } from 'node:crypto';

/**
 * Hides who is counted: a keyed hash, another one each day (UTC), so that neither a counter nor the store can say whose
 * address it was, or that two days had the same one. Processes that share their counts share the key.
 */
export function dailyHash(key: string, now: () => Date = () => new Date()): (text: string) => string {
  return (text) =>
    createHmac('sha256', key)
      .update(`limits ${now().toISOString().slice(0, 10)} ${text}`)
      .digest('base64url');
}
