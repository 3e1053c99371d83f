/** What was sent is not sent again: whatever became of who sent it, of the store, or of Meta's answer. */
import { randomBytes } from 'node:crypto';
import { readDelivery } from '../../src/channels/whatsapp/delivery.ts';
import type { Graph, Outcome } from '../../src/channels/whatsapp/graph.ts';
import { createOutbox, OUTBOX, type Outgoing } from '../../src/channels/whatsapp/outbox.ts';
import { createPrivacy } from '../../src/channels/whatsapp/privacy.ts';
import { createLog } from '../../src/operations/log.ts';
import { openSqliteStore } from '../../src/stores/sqlite.ts';
import { type Store, StoreUnavailable, type TakenJob } from '../../src/stores/store.ts';
import { PHONE_NUMBER_ID } from './line.ts';

const LEASE = 20_000;
const hash = () => randomBytes(32).toString('base64url');

let clock: number;
let store: Store;
let sent: { readonly biz_opaque_callback_data: string }[];
let answer: Outcome;
/** How often the store is away when a job is to be dropped. */
let away: number;
beforeEach(() => {
  clock = 0;
  sent = [];
  away = 0;
  answer = { verdict: { kind: 'sent' } };
  store = openSqliteStore(':memory:', () => clock);
});
afterEach(() => store.close());

function outbox() {
  const graph: Graph = {
    async send(message) {
      sent.push(message as (typeof sent)[number]);
      return answer;
    },
    markRead: async () => answer,
  };
  const shaky: Store = {
    ...store,
    async dropJob(job) {
      away -= 1;
      if (away >= 0) throw new StoreUnavailable('away');
      await store.dropJob(job);
    },
  };
  const counts = { add: () => undefined };
  return createOutbox({ store: shaky, privacy, graph, counts, log: createLog('silent'), delayOf: () => 1_000, now: () => clock });
}
const privacy = createPrivacy('a secret of the tests');
const take = () => store.takeJob(OUTBOX, LEASE);

/** A message that waits, taken by a process. */
async function taken(): Promise<TakenJob> {
  const message: Outgoing = { message: { to: '1' }, acceptedAt: 0 };
  await store.addJobs([{ queue: OUTBOX, id: `${hash()} 0`, lane: `whatsapp-${hash()}`, place: 0, body: privacy.seal(message) }]);
  return (await take()) as TakenJob;
}

/** Meta's news of a message, as it is delivered. */
function news(status: string, callback: unknown) {
  const value = {
    metadata: { phone_number_id: PHONE_NUMBER_ID },
    statuses: [{ id: 'wamid.OUT1', status, biz_opaque_callback_data: callback }],
  };
  return readDelivery({ object: 'whatsapp_business_account', entry: [{ changes: [{ value, field: 'messages' }] }] }, PHONE_NUMBER_ID);
}

test.each(['sent', 'delivered', 'read'])(
  'a process died after Meta had taken the message: the news that it was %s ends it',
  async (status) => {
    await outbox().work(await taken());
    // Whoever sent it next has died before it could note that.
    answer = { verdict: { kind: 'again' } };
    const job = await taken();
    await outbox().work(job);
    const { confirmed } = news(status, sent.at(-1)?.biz_opaque_callback_data);
    for (const callback of confirmed) await outbox().confirm(callback);
    clock += 2 * LEASE;
    expect(await take()).toBeUndefined();
  },
);

test.each<[string, string, unknown]>([
  ['that it failed', 'failed', undefined],
  ['of another sender', 'sent', 'theirs'],
  ['without a callback', 'sent', undefined],
  ['with a callback that is none', 'sent', { lane: 'x' }],
])('news %s ends nothing', async (_case, status, callback) => {
  answer = { verdict: { kind: 'again' } };
  await outbox().work(await taken());
  const { confirmed } = news(status, status === 'failed' ? sent[0]?.biz_opaque_callback_data : callback);
  for (const one of confirmed) await outbox().confirm(one);
  clock += 2 * LEASE;
  expect(await take()).toMatchObject({ attempts: 2 });
});

test('a store that is away after Meta took the message: it is noted when it is back', async () => {
  const job = await taken();
  away = 3;
  await outbox().work(job);
  clock += 2 * LEASE;
  expect([sent.length, await take()]).toEqual([1, undefined]);
});

test('it is noted also when another process has the job by now', async () => {
  const job = await taken();
  clock += LEASE + 1;
  const second = (await take()) as TakenJob;
  expect(second).toMatchObject({ id: job.id, lapsed: true });
  await outbox().work(job);
  expect(sent).toHaveLength(1);
  clock += LEASE + 1;
  expect(await take()).toBeUndefined();
});

test('a message whose process gave no sign waits for the news of it before it is sent again', async () => {
  await taken();
  clock += LEASE + 1;
  const result = await outbox().work((await take()) as TakenJob);
  expect([sent.length, result]).toEqual([0, { kind: 'later', afterMs: 10_000 }]);
});
