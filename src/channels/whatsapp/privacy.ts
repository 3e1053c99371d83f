import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Keeps numbers and texts out of the store: keyed hashes for ids, sealed boxes for what still has to be done. */
export interface Privacy {
  /** A keyed hash: the same for the same secret and text, and no way back to the text. */
  hash(text: string): string;
  /** Encrypts what a queue has to keep. */
  seal(value: unknown): string;
  /** Opens what `seal` made. Throws where it was made with another secret, or changed. */
  open(box: string): unknown;
}

/** Both keys come from the app secret, which only the environment holds. */
export function createPrivacy(appSecret: string): Privacy {
  const key = (purpose: string) => Buffer.from(hkdfSync('sha256', appSecret, '', purpose, 32));
  const hashKey = key('whatsapp ids');
  const sealKey = key('whatsapp queue');
  return {
    hash: (text) => createHmac('sha256', hashKey).update(text).digest('base64url'),
    seal(value) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, sealKey, nonce);
      const sealed = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(box) {
      const bytes = Buffer.from(box, 'base64url');
      const decipher = createDecipheriv(CIPHER, sealKey, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const opened = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
      return JSON.parse(opened.toString('utf8')) as unknown;
    },
  };
}
