/** Deliveries in the shapes of Meta's webhooks, each with what must come of it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import nock from 'nock';
import { textsOf } from '../../locales/texts.ts';
import { until } from '../service/running.ts';
import { conversationsIn, type Line, leaveNetwork, meta, payload, removeStores, sign, startLine, wordsOf } from './line.ts';

const NUMBER = '16505551234';
const USER_ID = 'NL.13491208655302741918';
const all = readdirSync(join(__dirname, 'payloads')).map((name) => name.replace('.json', ''));

let line: Line;
beforeAll(() => {
  nock.disableNetConnect();
  nock.enableNetConnect('127.0.0.1');
});
beforeEach(async () => {
  line = await startLine();
});
afterEach(async () => {
  await line.stop();
  nock.cleanAll();
});
afterAll(() => {
  leaveNetwork();
  removeStores();
});

const turns = () => line.turns();
const idle = () => new Promise((done) => setTimeout(done, 60));
const arabic = /\p{Script=Arabic}{3}/u;
const noText = textsOf('en').say('chat:no-text');

/** Posts a delivery and waits until as many turns are done. */
async function deliver(name: string, expectedTurns: number) {
  const to = meta();
  const response = await line.post(payload(name));
  expect(response.status).toBe(200);
  await until(async () => (await turns()) >= expectedTurns, `${expectedTurns} turns`);
  await until(() => to.sent.length >= expectedTurns, `${expectedTurns} answers`);
  await idle();
  expect(await turns()).toBe(expectedTurns);
  return to;
}

const ONE_TURN: Record<string, RegExp | string> = {
  'text-ar': arabic,
  'text-en': /DT&V/u,
  'text-username-only': /questionnaire/u,
  'text-user-id-in-from': /questionnaire/u,
  'text-no-user-id': /./u,
  'text-forwarded': /./u,
  'text-quoting-an-answer': /./u,
  'text-milliseconds': /./u,
  'button-reply': /./u,
  'list-reply': /./u,
  'template-button': /./u,
  'flow-reply': noText,
  image: /letter/u,
  audio: noText,
  video: noText,
  document: /./u,
  sticker: noText,
  location: noText,
  contacts: noText,
  order: noText,
  unsupported: noText,
  'unknown-type': noText,
  'empty-text': noText,
  'message-edited': /work/u,
  'bad-timestamp': /./u,
  'html-and-script': /^[^<>]*$/u,
  'bidi-and-zero-width': /work/u,
  'very-long': /./u,
};
const TWO_TURNS = ['two-messages-one-delivery', 'two-people-and-a-status'];
const NO_TURN: Record<string, string | undefined> = {
  reaction: 'reaction',
  'reaction-removed': 'reaction',
  'message-deleted': 'revoke',
  'group-message': 'group',
  'system-number-changed': 'system',
  'system-user-id-changed': 'system',
  'status-sent': 'status-sent',
  'status-delivered': 'status-delivered',
  'status-read': 'status-read',
  'status-failed': 'status-failed-131047',
  'status-unknown': 'status-other',
  'value-errors': 'error-130429',
  'other-field': 'other-field',
  'other-number': 'other-number',
  'other-object': undefined,
  'no-sender': 'malformed',
  'no-id': 'malformed',
  'types-wrong': 'malformed',
  'entry-empty': undefined,
  'prototype-keys': undefined,
};

test('every delivery of the set has its outcome here', () => {
  expect([...Object.keys(ONE_TURN), ...TWO_TURNS, ...Object.keys(NO_TURN)].sort()).toEqual([...all].sort());
});

test.each(Object.entries(ONE_TURN))('%s: one turn', async (name, expected) => {
  const { sent, read } = await deliver(name, 1);
  expect(wordsOf(sent[0] ?? {})).toMatch(expected);
  expect(read).toHaveLength(1);
});

test.each(Object.entries(NO_TURN))('%s: no turn, counted as %s', async (name, counted) => {
  const { sent, read } = await deliver(name, 0);
  expect([...sent, ...read]).toEqual([]);
  if (counted) expect((await line.counted())[`bot_whatsapp_received_total ${counted}`]).toBe(1);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test('two messages of one person are answered in their order', async () => {
  const { sent } = await deliver('two-messages-one-delivery', 2);
  const ids = [...payload('two-messages-one-delivery').matchAll(/"id": "(wamid[^"]+)"/gu)].map(([, id]) => id);
  expect(ids).toHaveLength(2);
  expect(sent.every(({ to }) => to === NUMBER)).toBe(true);
});

test('two people get an answer each', async () => {
  const { sent } = await deliver('two-people-and-a-status', 2);
  expect(new Set(sent.map(({ to, recipient }) => to ?? recipient)).size).toBe(2);
  expect(await line.counted()).toMatchObject({ 'bot_whatsapp_received_total accepted': 2 });
});

test('a person without a number is answered by user id', async () => {
  const { sent } = await deliver('text-username-only', 1);
  expect(sent[0]).toMatchObject({ recipient: USER_ID, type: expect.any(String) });
  expect(sent[0]).not.toHaveProperty('to');
});

test('a person with a number is answered by number, with the token of the settings', async () => {
  const { sent, authorisations } = await deliver('text-en', 1);
  expect(sent[0]).toMatchObject({ to: NUMBER });
  expect(sent[0]).not.toHaveProperty('recipient');
  expect([...authorisations]).toEqual(['Bearer access-token']);
});

test('a picture is never fetched', async () => {
  const lookaside = nock('https://lookaside.example').get(/.*/u).reply(200);
  await deliver('image', 1);
  expect(lookaside.isDone()).toBe(false);
});

test('one user id is one conversation, whatever the delivery looks like', async () => {
  const to = meta();
  await line.post(payload('text-username-only'));
  await until(() => to.sent.length > 0, 'the first answer');
  const before = to.sent.length;
  await line.post(payload('text-user-id-in-from'));
  await until(() => to.sent.length > before, 'the second answer');
  expect(conversationsIn(line.storeFile)).toHaveLength(1);
});

test.each(all)('%s: delivered twice, one after another and at the same time, it is answered once', async (name) => {
  const expected = name in ONE_TURN ? 1 : TWO_TURNS.includes(name) ? 2 : 0;
  const to = meta();
  const body = payload(name);
  await Promise.all([line.post(body), line.post(body), line.post(body)]);
  await line.post(body);
  await until(async () => (await turns()) >= expected, 'the turns');
  await idle();
  expect(await turns()).toBe(expected);
  const first = to.sent.length;
  await line.post(body);
  await idle();
  expect(to.sent.length).toBe(first);
});

test.each(all)('%s: cut off, even with a signature that fits, it is refused and nothing is stored', async (name) => {
  const to = meta();
  const body = Buffer.from(payload(name).trim());
  for (let tenth = 1; tenth < 10; tenth += 1) {
    const cut = body.subarray(0, Math.floor((body.length * tenth) / 10));
    expect((await line.post(cut)).status).toBe(400);
  }
  await idle();
  expect(await turns()).toBe(0);
  expect([...to.sent, ...to.read]).toEqual([]);
});

describe('a signature', () => {
  const body = payload('text-en');
  const good = sign(body);
  test.each([
    ['missing', null],
    ['empty', ''],
    ['of another body', sign(`${body} `)],
    ['cut off', good.slice(0, -2)],
    ['with more after it', `${good}00`],
    ['without its name', good.slice('sha256='.length)],
    ['under another name', good.replace('sha256', 'sha1')],
    ['that is no hexadecimal', `sha256=${'z'.repeat(64)}`],
  ])('%s is refused, and nothing happens', async (_, signature) => {
    const to = meta();
    expect((await line.post(body, signature)).status).toBe(401);
    await idle();
    expect(await turns()).toBe(0);
    expect([...to.sent, ...to.read]).toEqual([]);
    expect(await line.counted()).toEqual({ 'bot_whatsapp_received_total unsigned': 1 });
  });
});

test('3 MB are accepted, 5 MB refused', async () => {
  const padded = (megabytes: number) => `${' '.repeat(megabytes * 1024 * 1024)}${payload('entry-empty')}`;
  expect((await line.post(padded(3))).status).toBe(200);
  expect((await line.post(padded(5))).status).toBe(413);
});

describe('the handshake', () => {
  const ask = (query: Record<string, string>) => fetch(`${line.url}?${new URLSearchParams(query)}`);
  const good = { 'hub.mode': 'subscribe', 'hub.verify_token': 'verify-token', 'hub.challenge': '1158201444' };
  test('gives the challenge back as it is', async () => {
    const response = await ask(good);
    expect([response.status, await response.text()]).toEqual([200, '1158201444']);
    expect(response.headers.get('content-type')).toContain('text/plain');
  });
  test.each([
    ['a wrong token', { ...good, 'hub.verify_token': 'verify-tokem' }],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
    ['another mode', { ...good, 'hub.mode': 'unsubscribe' }],
    ['no challenge', { 'hub.mode': 'subscribe', 'hub.verify_token': 'verify-token' }],
  ])('refuses %s', async (_, query) => expect((await ask(query as Record<string, string>)).status).toBe(403));
});
