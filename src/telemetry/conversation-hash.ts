import { hash, randomBytes } from 'node:crypto';

const DAY = 24 * 3_600_000;
const BYTES = 32;
/** So many signs tell the conversations of a day apart. */
const SIGNS = 12;

/**
 * Names conversations in the log, so that the lines of one can be read together, for a day (UTC) and within a process.
 * The key is made by chance, stands nowhere but in memory, and is thrown away with its day: nobody can lead a name back
 * to a conversation later, not even with its id, and two days of one person have nothing in common.
 */
export function conversationHash(now: () => number = Date.now): (conversation: string) => string {
  let day = -1;
  let key = '';
  return (conversation) => {
    const today = Math.floor(now() / DAY);
    if (today !== day) {
      day = today;
      key = randomBytes(BYTES).toString('base64url');
    }
    // Of the digest only a part gets out, so a key in front is as good as an HMAC, in a fraction of its time.
    return hash('sha256', `${key}${conversation}`, 'base64url').slice(0, SIGNS);
  };
}
