/** Stands in for Microsoft: its keys and tokens, and the connector that takes what the bot sends. nock, on the real addresses. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Activity } from 'botbuilder';
import { exportJWK, SignJWT } from 'jose';
import nock from 'nock';
import '../nock-leaves.ts';
import { type Running, running } from '../service/running.ts';

export const APP_ID = '00000000-0000-4000-8000-000000000001';
export const TENANT = '00000000-0000-4000-8000-00000000000a';
export const OTHER_TENANT = '00000000-0000-4000-8000-00000000000b';
export const SERVICE_URL = 'https://smba.trafficmanager.net/emea/';
export const ISSUER = 'https://api.botframework.com';
const CONNECTOR_TOKEN = 'token-of-the-connector';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** What the bot sent to the connector: a new activity, or a change of one. */
export interface Call {
  readonly method: 'POST' | 'PUT';
  readonly conversation: string;
  readonly activityId: string | undefined;
  readonly authorization: string;
  readonly activity: Partial<Activity>;
}

export interface Microsoft {
  /** Every call of the connector's API since the last `clear`. */
  readonly calls: Call[];
  /** Messages among them: no typing. */
  messages(): Call[];
  clear(): void;
  /** How many activities were sent so far: the last one has the id `sent-<count>`. */
  sent(): number;
  /** From now on the connector answers changes of messages with this status. */
  answerUpdatesWith(status: number): void;
  leave(): void;
}

export async function microsoft(): Promise<Microsoft> {
  const calls: Call[] = [];
  let sent = 0;
  let updateStatus = 200;
  // Who leaves takes nock out of the process; in one test file somebody may come again.
  if (!nock.isActive()) nock.activate();
  nock.disableNetConnect();
  nock.enableNetConnect('127.0.0.1');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1', use: 'sig', x5t: 'key-1', endorsements: ['msteams'] };
  for (const host of ['https://login.botframework.com', 'https://login.microsoftonline.com']) {
    nock(host)
      .persist()
      .get(/openid-?configuration$/u)
      .reply(200, { issuer: ISSUER, jwks_uri: `${host}/keys`, id_token_signing_alg_values_supported: ['RS256'] });
    nock(host)
      .persist()
      .get('/keys')
      .reply(200, { keys: [jwk] });
  }
  nock('https://login.microsoftonline.com')
    .persist()
    .post(`/${TENANT}/oauth2/v2.0/token`)
    .query(true)
    .reply(200, { token_type: 'Bearer', expires_in: 3600, access_token: CONNECTOR_TOKEN });
  const path = /^\/emea\/v3\/conversations\/([^/]+)\/activities(?:\/([^/?]+))?/u;
  const take = (method: Call['method']) =>
    async function reply(request: Request): Promise<[number, object]> {
      const [, conversation = '', activityId] = path.exec(new URL(request.url).pathname) ?? [];
      const activity = (await request.json()) as Partial<Activity>;
      const authorization = request.headers.get('authorization') ?? '';
      calls.push({
        method,
        conversation: decodeURIComponent(conversation),
        activityId: activityId && decodeURIComponent(activityId),
        authorization,
        activity,
      });
      if (method === 'PUT') return [updateStatus, updateStatus === 200 ? { id: activityId } : { error: { code: 'x', message: 'x' } }];
      sent += 1;
      return [201, { id: `sent-${sent}` }];
    };
  nock('https://smba.trafficmanager.net')
    .persist()
    .post(path)
    .reply(take('POST') as never);
  nock('https://smba.trafficmanager.net')
    .persist()
    .put(path)
    .reply(take('PUT') as never);
  return {
    calls,
    messages: () => calls.filter(({ activity }) => activity.type === 'message'),
    clear: () => void calls.splice(0),
    sent: () => sent,
    answerUpdatesWith(status) {
      updateStatus = status;
    },
    leave() {
      nock.cleanAll();
      nock.enableNetConnect();
      // Each test file has a nock of its own: what is not taken out piles up in the process.
      nock.restore();
    },
  };
}

/** The settings of the app of the tests. */
export const TEAMS = {
  MICROSOFT_APP_ID: APP_ID,
  MICROSOFT_APP_PASSWORD: 'not-a-real-password',
  MICROSOFT_APP_TENANT_ID: TENANT,
  PUBLIC_HOST: 'bot.example.org',
};

/** The service with the app of the tests, and the bearer token that its calls of the connector carry. */
export function teamsBot(environment: Record<string, string> = {}): Promise<Running> {
  return running({ ...TEAMS, ...environment });
}

export const BEARER = `Bearer ${CONNECTOR_TOKEN}`;

/** A token as the Bot Framework makes it, but for what `claims` changes. */
export function token(claims: Record<string, unknown> = {}, key: KeyObject = privateKey, kid = 'key-1'): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ iss: ISSUER, aud: APP_ID, serviceurl: SERVICE_URL, iat: now, nbf: now, exp: now + 600, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid })
    .sign(key);
}

let activities = 0;

/** An activity as Teams sends it, but for what `more` changes. */
export function activity(more: Record<string, unknown> = {}): Record<string, unknown> {
  activities += 1;
  return {
    type: 'message',
    id: `activity-${activities}`,
    timestamp: '2023-06-10T10:00:00.000Z',
    channelId: 'msteams',
    serviceUrl: SERVICE_URL,
    from: { id: '29:staff', name: 'Jan de Vries', aadObjectId: '00000000-0000-4000-8000-0000000000aa' },
    recipient: { id: `28:${APP_ID}`, name: 'IND procedure help' },
    conversation: { id: 'a:personal', conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    entities: [{ type: 'clientInfo', locale: 'nl-NL', country: 'NL', platform: 'Windows', timezone: 'Europe/Amsterdam' }],
    locale: 'nl-NL',
    textFormat: 'plain',
    ...more,
  };
}

/** Posts an activity as Teams does. */
export async function post(bot: Running, body: unknown, bearer?: string | null): Promise<Response> {
  const authorization = bearer === null ? undefined : `Bearer ${bearer ?? (await token())}`;
  return fetch(`${bot.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
