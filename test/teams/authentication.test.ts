/** Who gets in at `/api/messages` once an app id is set: whoever has a token of the Bot Framework for this app, from an allowed tenant. */
import { generateKeyPairSync } from 'node:crypto';
import { UnsecuredJWT } from 'jose';
import { textsOf } from '../../locales/texts.ts';
import { type Running, removeFolders } from '../service/running.ts';
import {
  APP_ID,
  activity,
  BEARER,
  type Microsoft,
  microsoft,
  OTHER_TENANT,
  post,
  SERVICE_URL,
  TENANT,
  teamsBot,
  token,
} from './microsoft.ts';

let bot: Running;
let internet: Microsoft;
/** Stands before the service starts: what the SDK prints would come here. */
const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
beforeAll(async () => {
  internet = await microsoft();
  bot = await teamsBot();
});
beforeEach(() => internet.clear());
afterAll(async () => {
  await bot.stop();
  removeFolders();
  internet.leave();
});

const question = () => activity({ text: 'Tot wanneer mag ik werken?' });

test('a good token is answered, and the answer goes to the connector with the bearer token of the app', async () => {
  const response = await post(bot, question());
  expect(response.status).toBe(200);
  expect(internet.messages()).toHaveLength(1);
  expect(internet.calls.map(({ activity: { type } }) => type)).toEqual(['typing', 'message']);
  expect(new Set(internet.calls.map(({ authorization }) => authorization))).toEqual(new Set([BEARER]));
  expect(internet.messages()[0]).toMatchObject({ conversation: 'a:personal', activityId: expect.stringMatching(/^activity-/u) });
});

const another = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const unsigned = () => new UnsecuredJWT({ serviceurl: SERVICE_URL }).setIssuer('https://api.botframework.com').setAudience(APP_ID).encode();

test.each<[string, () => Promise<string | null>]>([
  ['no token', async () => null],
  ['no token at all', async () => 'nonsense'],
  ['an empty token', async () => ''],
  ['an unsigned token', async () => unsigned()],
  ['a token for another bot', () => token({ aud: '00000000-0000-4000-8000-000000000002' })],
  ['a token of another issuer', () => token({ iss: 'https://evil.example' })],
  ['a token that has expired', () => token({ nbf: 1_000_000_000, exp: 1_000_000_600 })],
  ['a token that is not valid yet', () => token({ nbf: 4_000_000_000, exp: 4_000_000_600 })],
  ['a token signed with another key', () => token({}, another)],
  ['a token of a key that nobody knows', () => token({}, another, 'key-2')],
  ['a token for another service address', () => token({ serviceurl: 'https://evil.example/' })],
  ['a token without a service address', () => token({ serviceurl: undefined })],
])('%s: 401, and no turn runs', async (_name, make) => {
  const response = await post(bot, question(), await make());
  expect(response.status).toBe(401);
  expect(await response.json()).toEqual({ error: { code: 'Unauthorized', message: 'The request was not accepted.' } });
  expect(internet.calls).toEqual([]);
  // The SDK would print keys and stacks for each of them.
  expect(printed).not.toHaveBeenCalled();
});

test('an activity that names another service address than its token: 401, and nothing goes there', async () => {
  const response = await post(bot, { ...question(), serviceUrl: 'https://evil.example/' });
  expect(response.status).toBe(401);
  expect(internet.calls).toEqual([]);
});

test('a channel that the key is not endorsed for: 401', async () => {
  expect((await post(bot, { ...question(), channelId: 'webchat' })).status).toBe(401);
  expect(internet.calls).toEqual([]);
});

const from = (tenant: string | undefined) => ({
  conversation: { id: 'a:other', conversationType: 'personal', ...(tenant && { tenantId: tenant }) },
  channelData: tenant ? { tenant: { id: tenant } } : {},
});

describe('another tenant', () => {
  test.each<[string, string | undefined]>([
    ['another one', OTHER_TENANT],
    ['none', undefined],
  ])('%s: 403; the person is told politely, and nothing else happens', async (_name, tenant) => {
    const response = await post(bot, { ...question(), ...from(tenant) });
    expect(response.status).toBe(403);
    expect(internet.calls.map(({ activity: { text } }) => text)).toEqual([textsOf('nl').say('teams:other-tenant')]);
  });

  test.each(['composeExtension/query', 'adaptiveCard/action', 'message/submitAction'])('%s: 403 and silence', async (name) => {
    const response = await post(bot, activity({ type: 'invoke', name, value: {}, ...from(OTHER_TENANT) }));
    expect(response.status).toBe(403);
    expect(internet.calls).toEqual([]);
  });

  test('the setting names the tenants that are allowed, and then the own one is no more', async () => {
    const strict = await teamsBot({ TEAMS_ALLOWED_TENANTS: `${OTHER_TENANT.toUpperCase()}, 00000000-0000-4000-8000-00000000000c` });
    try {
      expect((await post(strict, { ...question(), ...from(OTHER_TENANT) })).status).toBe(200);
      expect((await post(strict, { ...question(), ...from(TENANT) })).status).toBe(403);
    } finally {
      await strict.stop();
    }
  });
});

test.each<[string, unknown, number]>([
  ['no JSON', '{', 400],
  ['no activity', {}, 400],
  ['a list', [], 400],
  ['a body that is too large', { type: 'message', text: 'x'.repeat(300_000) }, 413],
])('%s is refused before anything else', async (_name, body, status) => {
  expect((await post(bot, body)).status).toBe(status);
  expect(internet.calls).toEqual([]);
});
