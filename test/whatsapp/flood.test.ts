/** One person who sends more than anybody reads: nothing is refused, so Meta repeats nothing, and nobody else waits. */
import nock from 'nock';
import { textsOf } from '../../locales/texts.ts';
import { until } from '../service/running.ts';
import { type Line, leaveNetwork, meta, removeStores, startLine, textDelivery, wordsOf } from './line.ts';

const { say } = textsOf('nl');
const AT = 1_686_391_200;

let line: Line;
beforeAll(() => {
  nock.disableNetConnect();
  nock.enableNetConnect('127.0.0.1');
});
beforeEach(async () => {
  line = await startLine({ environment: { LIMIT_CONVERSATION_MESSAGES: '3' } });
});
afterEach(async () => {
  await line.stop();
  nock.cleanAll();
});
afterAll(() => {
  leaveNetwork();
  removeStores();
});

const ask = async (sent: { person?: string; at?: number } = {}) =>
  (await line.post(textDelivery('Tot wanneer mag ik werken?', sent))).status;

test('is answered up to the limit, asked to wait once, and then not read; others are answered', async () => {
  const { sent } = meta();
  for (let number = 0; number < 9; number += 1) expect(await ask({ at: AT })).toBe(200);
  expect(await ask({ person: '16505559999', at: AT })).toBe(200);
  await until(() => sent.length === 5, 'all answers');
  const to = (person: string) => sent.filter((message) => message.to === person).map(wordsOf);
  expect(to('16505551234')).toHaveLength(4);
  expect(to('16505551234').at(-1)).toBe(say('chat:whatsapp.too-many'));
  expect(to('16505559999')).toHaveLength(1);
  const received = 'bot_whatsapp_received_total';
  expect(await line.counted()).toMatchObject({ [`${received} accepted`]: 5, [`${received} too-many`]: 5 });
});

test('what was written in the course of an hour and comes at once is all answered', async () => {
  const { sent } = meta();
  for (let minute = 0; minute < 9; minute += 1) expect(await ask({ at: AT + minute * 60 })).toBe(200);
  await until(() => sent.length === 9, 'all answers');
  expect(sent.map(wordsOf)).not.toContain(say('chat:whatsapp.too-many'));
});

test('a number typed after "please wait" still chooses what was offered before', async () => {
  const { sent } = meta();
  const post = (text: string, at: number) => line.post(textDelivery(text, { at }));
  for (let number = 0; number < 4; number += 1) await post('Tot wanneer mag ik werken?', AT);
  await until(() => sent.length === 4, 'the answers');
  const row = sent[0]?.interactive?.action.sections?.[0]?.rows[0];
  await post('1', AT + 60);
  await post(row?.description ?? row?.title ?? '', AT + 120);
  await until(() => sent.length === 6, 'both answers');
  expect(wordsOf(sent[4] ?? {})).toBe(wordsOf(sent[5] ?? {}));
});
