/** What becomes of an answer when Meta says no. */
import nock from 'nock';
import { textsOf } from '../../locales/texts.ts';
import { retryAfter, type Verdict, verdictOf } from '../../src/channels/whatsapp/errors.ts';
import { until } from '../service/running.ts';
import {
  GRAPH,
  type Line,
  type LineOptions,
  leaveNetwork,
  meta,
  removeStores,
  SEND_PATH,
  startLine,
  textDelivery,
  wordsOf,
} from './line.ts';

let line: Line;
const start = async (options: LineOptions = {}) => {
  line = await startLine(options);
};
beforeAll(() => {
  nock.disableNetConnect();
  nock.enableNetConnect('127.0.0.1');
});
afterEach(async () => {
  await line?.stop();
  nock.cleanAll();
});
afterAll(() => {
  leaveNetwork();
  removeStores();
});

const ask = (person?: string) => line.post(textDelivery('Until when may I work?', person === undefined ? {} : { person }));
const outcome = async (name: string) => (await line.counted())[`bot_whatsapp_sent_total ${name}`] ?? 0;
const error = (code: number) => ({ error: { message: 'no', type: 'OAuthException', code, fbtrace_id: 'x' } });
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** Every class of the table of Meta's codes, whatever the HTTP status says. */
const CLASSES: Record<Verdict['kind'], number[]> = {
  sent: [],
  again: [1, 2, 131000, 131016],
  'too-many': [4, 80007, 130429, 131056],
  locked: [131048, 131031, 368],
  'too-late': [131047],
  final: [131026, 131051, 131052, 100, 33, 131008, 131009],
  unauthorised: [0, 3, 10, 190, 200, 250, 299],
};

test.each(Object.entries(CLASSES).flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const)))('code %i: %s', (code, kind) => {
  for (const status of [200, 400, 401, 429]) expect(verdictOf(status, code, undefined).kind).toBe(kind);
});

test('without a code the status decides', () => {
  expect([200, 400, 401, 403, 404, 429, 500, 503].map((status) => verdictOf(status, undefined, undefined).kind)).toEqual([
    'sent',
    'final',
    'unauthorised',
    'unauthorised',
    'final',
    'too-many',
    'again',
    'again',
  ]);
});

test('Retry-After is read in seconds and as a date', () => {
  const now = Date.UTC(2026, 0, 1);
  expect(retryAfter('7', now)).toBe(7_000);
  expect(retryAfter('Thu, 01 Jan 2026 00:00:09 GMT', now)).toBe(9_000);
  expect(retryAfter('Wed, 31 Dec 2025 00:00:09 GMT', now)).toBe(0);
  for (const odd of [null, '', 'soon']) expect(retryAfter(odd, now)).toBeUndefined();
});

test.each(CLASSES.again)("Meta's trouble %i: sent again until it is taken, and then once", async (code) => {
  await start();
  const to = meta((_, count) => (count <= 3 ? [500, error(code)] : undefined));
  await ask();
  await until(() => to.sent.length > 0, 'the answer');
  await pause(60);
  expect([to.tries(), to.sent.length, await outcome('again'), await outcome('sent')]).toEqual([4, 1, 3, 1]);
});

test('a page of a proxy with 502 is trouble too', async () => {
  await start();
  const to = meta((_, count) => (count === 1 ? [502, '<html>Bad Gateway</html>' as unknown as object] : undefined));
  await ask();
  await until(() => to.sent.length > 0, 'the answer');
  expect(to.tries()).toBe(2);
});

test('a time-out after sending is counted as uncertain, and sent again a few times at most', async () => {
  await start();
  let tries = 0;
  nock(GRAPH)
    .persist()
    .post(SEND_PATH, /"status":"read"/u)
    .reply(200, {});
  nock(GRAPH)
    .persist()
    .post(SEND_PATH, /"recipient_type"/u)
    .reply(() => {
      tries += 1;
      throw new Error('socket hang up');
    });
  await ask();
  await until(async () => (await outcome('given-up')) === 1, 'the end of the tries');
  expect([tries, await outcome('uncertain')]).toEqual([4, 4]);
});

test.each(CLASSES.final)('the final code %i is not tried again, and the next answer is sent', async (code) => {
  await start();
  const to = meta((_, count) => (count === 1 ? [400, error(code)] : undefined));
  await ask();
  await until(async () => (await outcome('final')) === 1, 'the refusal');
  await ask();
  await until(() => to.sent.length === 1, 'the next answer');
  expect(to.tries()).toBe(2);
  expect((await line.counted())[`bot_whatsapp_errors_total ${code}`]).toBe(1);
});

test('Retry-After is waited for', async () => {
  await start();
  const at: number[] = [];
  const to = meta((_, count) => {
    at.push(Date.now());
    return count === 1 ? [429, error(130429), { 'retry-after': '1' }] : undefined;
  });
  await ask();
  await until(() => to.sent.length > 0, 'the answer');
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
});

test('too many messages to one person hold up this person only', async () => {
  await start();
  const to = meta(({ to: number }, count) =>
    number === '1111111' && count < 3 ? [400, error(131056), { 'retry-after': '2' }] : undefined,
  );
  await ask('1111111');
  await until(() => to.tries() === 1, 'the refusal');
  const refused = Date.now();
  await ask('2222222');
  await until(() => to.sent.length === 1, 'the answer to the other person');
  expect(to.sent[0]?.to).toBe('2222222');
  expect(Date.now() - refused).toBeLessThan(2_000);
});

test.each([
  [131031, 'locked'],
  [190, 'unauthorised'],
])('after %i nothing more is sent, the channel says "%s", and the queue is kept', async (code, state) => {
  await start();
  const to = meta(() => [400, error(code)]);
  await ask('1111111');
  await until(() => line.channel.state() === state, 'the state');
  await ask('2222222');
  await pause(100);
  expect([to.tries(), to.sent.length, await outcome('final')]).toEqual([1, 0, 0]);
  const { storeFile } = line;
  await line.stop();
  nock.cleanAll();
  // Somebody has put it right, and the service starts again, an hour later.
  const later = meta();
  await start({ storeFile, now: () => Date.now() + 3_600_000 });
  await until(() => later.sent.length === 2, 'both answers');
  expect(line.channel.state()).toBe('ready');
});

test.each([
  [23.9, 'sent'],
  [24.1, 'too-late'],
])('an answer that can be sent %d hours after the question: %s', async (later, expected) => {
  let hours = 0;
  await start({ now: () => Date.now() + hours * 3_600_000 });
  const to = meta((_, count) => (count === 1 ? [429, error(130429), { 'retry-after': '80000' }] : undefined));
  await ask();
  await until(async () => (await outcome('again')) === 1, 'the refusal');
  hours = later;
  await until(async () => (await outcome(expected)) === 1, expected);
  expect(to.sent).toHaveLength(expected === 'sent' ? 1 : 0);
});

test('131047 drops the answer', async () => {
  await start();
  const to = meta(() => [400, error(131047)]);
  await ask();
  await until(async () => (await outcome('too-late')) === 1, 'the drop');
  expect(to.tries()).toBe(1);
});

test('a turn that fails is tried again, and then the person is told, in the language of the question', async () => {
  let runs = 0;
  await start({
    run: async () => {
      runs += 1;
      throw new Error('broken');
    },
  });
  const to = meta();
  await line.post(textDelivery('حتى متى يمكنني أن أعمل هنا؟'));
  await until(() => to.sent.length > 0, 'the apology');
  expect(runs).toBe(3);
  expect(to.sent.map(wordsOf).join('')).toContain(textsOf('ar').say('chat:error'));
  expect(await line.turns('failed')).toBe(1);
});
