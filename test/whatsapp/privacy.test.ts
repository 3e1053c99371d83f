/** What the store and the log hold of a person: nothing that leads back. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import nock from 'nock';
import { textsOf } from '../../locales/texts.ts';
import { createPrivacy } from '../../src/channels/whatsapp/privacy.ts';
import { until } from '../service/running.ts';
import { conversationsIn, delivery, type Line, leaveNetwork, meta, removeStores, startLine, textDelivery, wordsOf } from './line.ts';

const NUMBER = '31612345678';
const QUESTION = 'Until when may I work in my zebrafish shop?';

let line: Line;
beforeEach(async () => {
  nock.disableNetConnect();
  nock.enableNetConnect('127.0.0.1');
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

/** Everything in the files of the store, as it lies on the disk. */
function onDisk(): string {
  const folder = dirname(line.storeFile);
  return readdirSync(folder)
    .filter((name) => name.startsWith(basename(line.storeFile)))
    .map((name) => readFileSync(join(folder, name)).toString('latin1'))
    .join('');
}

test('number, user id, name and text stand nowhere in the store, neither while they wait nor after', async () => {
  const refusing = meta(() => [500, { error: { code: 131000 } }]);
  await line.post(textDelivery(QUESTION, { person: NUMBER }));
  await until(() => refusing.tries() > 0, 'a try');
  const secrets = [NUMBER, 'zebrafish', 'Amina', 'wamid.TEST', 'access-token', 'a secret of the tests', '4 September'];
  const waiting = onDisk();
  expect(conversationsIn(line.storeFile)).toHaveLength(1);
  for (const secret of secrets) expect(waiting).not.toContain(secret);
  nock.cleanAll();
  const to = meta();
  await until(() => to.sent.length > 0, 'the answer');
  for (const secret of secrets.slice(0, -1)) expect(onDisk()).not.toContain(secret);
});

test('"delete my data" leaves nothing of the conversation', async () => {
  const to = meta();
  const title = textsOf('en').say('flows:delete-data.title');
  const say = async (body: string) => {
    const before = to.sent.length;
    await line.post(body);
    await until(() => to.sent.length > before, 'an answer');
    return to.sent.at(-1);
  };
  await say(textDelivery(QUESTION, { person: NUMBER }));
  const [id] = conversationsIn(line.storeFile);
  expect(id).toMatch(/^whatsapp-[\w-]{43}$/u);
  expect(onDisk()).toContain(id);
  await say(textDelivery(title, { person: NUMBER }));
  const yes = textsOf('en').say('flows:delete-data.questions.sure.options.yes');
  const done = await say(textDelivery(yes, { person: NUMBER }));
  expect(wordsOf(done ?? {})).toMatch(/deleted/u);
  await until(() => !onDisk().includes(id ?? ''), 'the end of every trace');
});

test('a number that changes moves nothing, and the other number is not mentioned', async () => {
  const to = meta();
  const body = 'A changed from 31612345678 to 31687654321';
  await line.post(delivery({ type: 'system', system: { type: 'user_changed_number', body, wa_id: '31687654321' } }, { person: NUMBER }));
  await new Promise((done) => setTimeout(done, 100));
  expect([...to.sent, ...to.read]).toEqual([]);
  expect(conversationsIn(line.storeFile)).toEqual([]);
});

test('a box opens with its own secret only, and not when it was changed', () => {
  const { seal, open, hash } = createPrivacy('one');
  const box = seal({ to: NUMBER });
  expect(open(box)).toEqual({ to: NUMBER });
  expect(seal({ to: NUMBER })).not.toBe(box);
  expect(() => createPrivacy('two').open(box)).toThrow();
  expect(() => open(`${box.slice(0, -2)}${box.endsWith('A') ? 'B' : 'A'}A`)).toThrow();
  expect(hash(NUMBER)).toBe(hash(NUMBER));
  expect(createPrivacy('two').hash(NUMBER)).not.toBe(hash(NUMBER));
});
