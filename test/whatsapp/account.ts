/** An account at Meta as tests have it: nobody's. */
import { createHmac } from 'node:crypto';

export const PHONE_NUMBER_ID = '106540352242922';
export const APP_SECRET = 'a secret of the tests';
export const WHATSAPP = {
  WHATSAPP_ACCESS_TOKEN: 'access-token',
  WHATSAPP_APP_SECRET: APP_SECRET,
  WHATSAPP_VERIFY_TOKEN: 'verify-token',
  WHATSAPP_PHONE_NUMBER_ID: PHONE_NUMBER_ID,
};

/** The signature that fits a delivery. */
export function sign(body: string | Uint8Array): string {
  return `sha256=${createHmac('sha256', APP_SECRET).update(body).digest('hex')}`;
}
