/** A turn of Direct Line leaves all of its work behind, or nothing: whatever happens in the middle of it. */
import { randomUUID } from 'node:crypto';
import type { Activity, TurnContext } from 'botbuilder';
import { ConversationState } from 'botbuilder';
import { DirectLineAdapter } from '../../src/channels/directline/adapter.ts';
import { Feed } from '../../src/channels/directline/feed.ts';
import { createTurns, TURNS, turnJob } from '../../src/channels/directline/turns.ts';
import { createLog } from '../../src/operations/log.ts';
import { botStorage } from '../../src/stores/bot-storage.ts';
import { openSqliteStore } from '../../src/stores/sqlite.ts';
import { LeaseLost, type Store, StoreUnavailable, type TakenJob, VersionConflict } from '../../src/stores/store.ts';
import { afterTurn } from '../../src/stores/turn-changes.ts';

let clock = 0;
let store: Store;
let conversation: string;
let counted: number;
/** What the turn does besides what every turn does. */
let inTheMiddle: () => Promise<void> | void;

beforeEach(async () => {
  store = openSqliteStore(':memory:', () => clock);
  conversation = randomUUID();
  counted = 0;
  inTheMiddle = () => undefined;
  await store.openConversation(conversation);
  await store.append(conversation, { type: 'message', text: 'hello' }, { job: turnJob(question()) });
});
afterEach(() => store.close());

const question = () => ({ type: 'message', channelId: 'directline', text: 'hello', conversation: { id: conversation } }) as Activity;
const take = async () => (await store.takeJob(TURNS, 1_000)) as TakenJob;
const texts = async () => (await store.readFeed(conversation, '')).activities.map(({ text }) => text);

/** Counts its turns in the state, and says two things. */
async function run(context: TurnContext): Promise<void> {
  const state = new ConversationState(botStorage(store));
  const memory = await state.createProperty<{ turns: number }>('memory').get(context, { turns: 0 });
  memory.turns += 1;
  await context.sendActivity(`first of turn ${memory.turns}`);
  await state.saveChanges(context);
  await inTheMiddle();
  await context.sendActivity(`second, to ${context.activity.id?.slice(-2)}`);
  afterTurn(() => {
    counted += 1;
  });
}

async function work(job: TakenJob) {
  const adapter = new DirectLineAdapter(new Feed(store));
  const apologise = async (context: TurnContext) => void (await context.sendActivity('sorry'));
  return createTurns({ store, adapter, log: createLog('silent'), run, apologise })(job);
}

async function turnsInState(): Promise<number | undefined> {
  const found = await store.readState(conversation, `directline/conversations/${conversation}/`);
  return found && (JSON.parse(found.value) as { memory: { turns: number } }).memory.turns;
}

test('all of it', async () => {
  inTheMiddle = async () => expect([await texts(), await turnsInState(), counted]).toEqual([['hello'], undefined, 0]);
  expect(await work(await take())).toEqual({ kind: 'ended' });
  expect(await texts()).toEqual(['hello', 'first of turn 1', 'second, to 01']);
  expect([await turnsInState(), counted, await take()]).toEqual([1, 1, undefined]);
});

test.each([
  ['the store is gone', new StoreUnavailable('gone')],
  ['the state was changed by another turn', new VersionConflict('k')],
])('nothing where %s, and the turn can be done again', async (_case, error) => {
  inTheMiddle = () => Promise.reject(error);
  const job = await take();
  await expect(work(job)).rejects.toThrow(error);
  expect([await texts(), await turnsInState(), counted]).toEqual([['hello'], undefined, 0]);
  inTheMiddle = () => undefined;
  await store.postponeJob(job, 0);
  await work(await take());
  expect([(await texts()).length, await turnsInState(), counted]).toEqual([3, 1, 1]);
});

test('nothing where another process has taken the job in the meantime: it is done once', async () => {
  const slow = await take();
  inTheMiddle = async () => {
    inTheMiddle = () => undefined;
    clock += 1_001;
    await work(await take());
  };
  await expect(work(slow)).rejects.toThrow(LeaseLost);
  expect([(await texts()).length, await turnsInState(), counted]).toEqual([3, 1, 1]);
});

test('an apology and no state where the turn itself fails', async () => {
  inTheMiddle = () => Promise.reject(new Error('a defect'));
  await work(await take());
  expect([await texts(), await turnsInState(), counted, await take()]).toEqual([['hello', 'sorry'], undefined, 0, undefined]);
});

test('an apology where five processes have ended over it', async () => {
  for (let tries = 0; tries < 5; tries += 1) {
    await take();
    clock += 1_001;
  }
  await work(await take());
  expect(await texts()).toEqual(['hello', 'sorry']);
});

test('a repeated sending adds no second turn', async () => {
  await work(await take());
  const sending = () => store.append(conversation, question(), { clientId: 'c', job: turnJob(question()) });
  const [first, second] = [await sending(), await sending()];
  expect(second).toEqual({ id: first.id, repeated: true });
  await work(await take());
  expect(await take()).toBeUndefined();
});
