/** Feedback over Direct Line: who may have which question kept, and what outlives a restart. */
import type { Activity } from 'botbuilder';
import { openSqliteStore } from '../../src/stores/sqlite.ts';
import type { Store } from '../../src/stores/store.ts';
import { newPerson } from './person.ts';
import { running, runningForAll, until } from './running.ts';

const bot = runningForAll();

const person = () => newPerson(bot);

const thumb = (id: string) => ({
  type: 'event',
  name: 'webchat:activity-status/feedback',
  entities: [{ '@type': 'DislikeAction', '@id': id }],
});
const thumbsOf = ({ entities = [] }: Activity) =>
  (entities[0] as unknown as { potentialAction: { '@type': string; '@id': string }[] }).potentialAction.map((action) => action['@id']);

async function inStore<T>(file: string, read: (store: Store) => Promise<T>): Promise<T> {
  const store = openSqliteStore(file);
  const found = await read(store);
  await store.close();
  return found;
}

test('a click names its own conversation: the question of another one cannot be had by its id, nor what the bot said', async () => {
  const [amina, other] = [await person(), await person()];
  const { id, answer } = await amina.ask('What is the interview about, says Amina?');
  const [, down = ''] = thumbsOf(answer);
  expect(down).toContain(id);
  const before = (await other.heard()).length;
  for (const forged of [down, down.replace(id, answer.id ?? ''), down.replace(id, '|1'), down.replace(id, `${other.conversation}|0000001`)])
    await other.post(thumb(forged));
  await other.ask('Until when may I work?');
  expect((await other.heard()).length).toBe(before + 1);
  await amina.post(thumb(down));
  await until(async () => (await amina.heard()).some(({ text }) => text.includes('May I keep')), 'the question');
});

test('what is said after a yes outlives a restart, apart from the conversation; counts too', async () => {
  const one = await person();
  await one.ask('Which vaccinations does my dog need for the train to Italy?');
  await until(async () => (await one.heard()).some(({ text }) => text.includes('May I keep')), 'the question');
  await one.ask('Yes, keep this question');
  const { storeFile } = bot;
  await bot.stop();
  const [kept] = await inStore(storeFile, (store) => store.keptQuestions());
  expect(kept).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/u),
    language: 'en',
    topic: 'none',
    text: 'Which vaccinations does my dog need for the train to Italy?',
    goes: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/u),
  });
  expect(JSON.stringify(kept)).not.toContain(one.conversation);
  const counts = await inStore(storeFile, (store) => store.counts());
  expect(counts).toContainEqual({ name: 'not-understood', labels: ['unknown', 'en'], number: 1 });
  expect(JSON.stringify(counts)).not.toMatch(/dog|Amina|\|/u);
  Object.assign(bot, await running({ STORE: `sqlite:${storeFile}` }));
  expect(await inStore(storeFile, (store) => store.keptQuestions())).toHaveLength(1);
});
