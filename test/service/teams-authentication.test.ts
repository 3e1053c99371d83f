/** With an app id nobody gets in without a token of Microsoft's. nock stands in for Microsoft's addresses. */
import { generateKeyPairSync } from 'node:crypto';
import { exportJWK, SignJWT } from 'jose';
import nock from 'nock';
import { type Running, removeFolders, running } from './running.ts';

const APP_ID = '00000000-0000-4000-8000-000000000001';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

let bot: Running;
beforeAll(async () => {
  nock.disableNetConnect();
  nock.enableNetConnect('127.0.0.1');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1', use: 'sig', x5t: 'key-1', endorsements: ['msteams'] };
  for (const host of ['https://login.botframework.com', 'https://login.microsoftonline.com']) {
    nock(host)
      .persist()
      .get(/openid-?configuration/u)
      .reply(200, { issuer: 'https://api.botframework.com', jwks_uri: `${host}/keys`, id_token_signing_alg_values_supported: ['RS256'] });
    nock(host)
      .persist()
      .get('/keys')
      .reply(200, { keys: [jwk] });
  }
  bot = await running({ MICROSOFT_APP_ID: APP_ID, MICROSOFT_APP_PASSWORD: 'not-a-real-password', MICROSOFT_APP_TENANT_ID: APP_ID });
});
afterAll(async () => {
  await bot.stop();
  removeFolders();
  nock.cleanAll();
  nock.enableNetConnect();
  // Each test file has a nock of its own: what is not taken out piles up in the process.
  nock.restore();
});

const activity = {
  type: 'message',
  id: 'a',
  text: 'hello',
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/teams/',
  from: { id: 'u' },
  recipient: { id: 'b' },
  conversation: { id: 'c' },
};

async function token(claims: object, key = privateKey): Promise<string> {
  return new SignJWT({ serviceurl: activity.serviceUrl, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
    .setExpirationTime('10m')
    .setIssuedAt()
    .sign(key);
}

test.each<[string, () => Promise<string | undefined>]>([
  ['no token', async () => undefined],
  ['no token at all', async () => 'nonsense'],
  ['a token for another bot', () => token({ iss: 'https://api.botframework.com', aud: 'another' })],
  ['a token of another issuer', () => token({ iss: 'https://evil.example', aud: APP_ID })],
  [
    'a token signed with another key',
    () => token({ iss: 'https://api.botframework.com', aud: APP_ID }, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
  ],
])('%s: refused, and no turn runs', async (_name, make) => {
  const bearer = await make();
  const response = await fetch(`${bot.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(bearer && { authorization: `Bearer ${bearer}` }) },
    body: JSON.stringify(activity),
  });
  expect([401, 403]).toContain(response.status);
});
