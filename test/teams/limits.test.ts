/** Too much from one person in Teams: refused as Bot Service expects it, and a search while typing does not count. */
import { type Running, removeFolders } from '../service/running.ts';
import { activity, type Microsoft, microsoft, post, teamsBot } from './microsoft.ts';

let bot: Running;
let internet: Microsoft;
beforeAll(async () => {
  internet = await microsoft();
  bot = await teamsBot({ LIMIT_CONVERSATION_MESSAGES: '2' });
});
afterAll(async () => {
  await bot.stop();
  removeFolders();
  internet.leave();
});

const query = { commandId: 'answers', parameters: [{ name: 'question', value: 'werken' }], queryOptions: { skip: 0, count: 5 } };
const search = () => activity({ type: 'invoke', name: 'composeExtension/query', value: query });

test('the third message of a minute is refused with the time to wait and not answered; another person is', async () => {
  for (let number = 0; number < 5; number += 1) expect((await post(bot, search())).status).toBe(200);
  for (let number = 0; number < 2; number += 1)
    expect((await post(bot, activity({ text: 'Tot wanneer mag ik werken?' }))).status).toBe(200);
  const answered = internet.messages().length;
  const refused = await post(bot, activity({ text: 'Tot wanneer mag ik werken?' }));
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/u)]);
  expect(await refused.json()).toEqual({ error: { code: 'TooManyRequests', message: expect.any(String) } });
  expect(internet.messages()).toHaveLength(answered);
  expect((await post(bot, activity({ text: 'Tot wanneer mag ik werken?', from: { id: '29:other' } }))).status).toBe(200);
});

test('nobody without a token uses up what somebody else may send', async () => {
  const from = { id: '29:third' };
  for (let number = 0; number < 5; number += 1) expect((await post(bot, activity({ from }), null)).status).toBe(401);
  expect((await post(bot, activity({ from, text: 'hallo' }))).status).toBe(200);
});
