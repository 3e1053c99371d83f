/**
 * What docs/privacy.md says, proved: a conversation in every channel, and then everything that the store, the log and the
 * metrics hold, byte by byte, on both engines. First while it lasts, then after "delete my data", then after its time.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { textsOf } from '../../locales/texts.ts';
import { createPrivacy } from '../../src/channels/whatsapp/privacy.ts';
import { CONVERSATION_KEPT, GOODBYE_KEPT } from '../../src/stores/kept.ts';
import { openRedisStore } from '../../src/stores/redis/index.ts';
import { openSqliteStore } from '../../src/stores/sqlite.ts';
import type { Store } from '../../src/stores/store.ts';
import { newPerson, type Person } from '../service/person.ts';
import { contentsOf, filesOf } from '../service/redis-contents.ts';
import { describeWithRedis, redisForAll } from '../service/redis-server.ts';
import { removeFolders, until } from '../service/running.ts';
import { activity, post, TENANT } from '../teams/microsoft.ts';
import { allChannels, deliver, type Script } from '../telemetry/all-channels.ts';
import { capture } from '../telemetry/capture.ts';
import { scrape } from '../telemetry/scrape.ts';
import { APP_SECRET, newStoreFile, removeStores, textDelivery, wordsOf } from '../whatsapp/line.ts';

/** Personal data that the guard cuts out: it stands nowhere, in no channel, at no time. */
const CUT_OUT = {
  'V-number': '2871234567',
  'citizen service number': '111222333',
  'date of birth': '12-03-1994',
  telephone: '0624518307',
  'e-mail': 'amina.okafor@example.org',
  passport: 'A09871234',
  account: 'NL91ABNA0417164300',
} as const;
/** Words of a message that say in which channel it was written. */
const WORDS = { page: 'zebrapage', leaving: 'zebraleaving', whatsapp: 'zebrawhatsapp', teams: 'zebrateams' } as const;
/** Whom the channels name beside their messages, and where requests come from. */
const NAMES = ['16505551234', 'Amina', 'wamid.', '29:staff', 'Jan de Vries', '00000000-0000-4000-8000-0000000000aa', '203.0.113.77'];
const DESK = 'a:desk-of-the-proof';
const WHATSAPP_CONVERSATION = `whatsapp-${createPrivacy(APP_SECRET).hash('person 16505551234')}`;

const message = (word: string) => `Until when may I work, asks ${word}? ${Object.values(CUT_OUT).join(', ')}`;

interface Engine {
  /** The setting STORE. */
  readonly setting: () => string;
  /** The same store, so many milliseconds later. */
  openLater(ahead: number): Promise<Store>;
  /** Every byte that the engine holds. */
  everything(): Promise<string>;
}

function proof(engine: Engine): void {
  const captured = capture();
  let script: Script;
  let amina: Person;
  let leaving: Person;
  beforeAll(async () => {
    script = await allChannels(captured.log, { STORE: engine.setting(), TRUSTED_PROXIES: 'loopback' });
    await fetch(`${script.bot.url}/`, { headers: { 'x-forwarded-for': '203.0.113.77' } });
    amina = await newPerson(script.bot);
    leaving = await newPerson(script.bot);
    await amina.ask(message(WORDS.page));
    await leaving.ask(message(WORDS.leaving));
    await inWhatsApp(message(WORDS.whatsapp));
    await inTeams(message(WORDS.teams));
    await until(async () => (await leaving.heard()).length === 3 && (await amina.heard()).length === 3, 'the answers');
  }, 60_000);
  afterAll(async () => {
    await script?.stop();
    removeFolders();
    removeStores();
  });

  async function inWhatsApp(text: string): Promise<string> {
    const before = script.to.sent.length;
    await deliver(script.bot, textDelivery(text));
    await until(() => script.to.sent.length > before, 'an answer in WhatsApp');
    return wordsOf(script.to.sent.at(-1) ?? {});
  }

  async function inTeams(text: string): Promise<void> {
    const conversation = { id: DESK, conversationType: 'personal', tenantId: TENANT };
    expect((await post(script.bot, activity({ conversation, text, locale: 'en-US' }))).status).toBe(200);
  }

  /** What of these stands in a text, whatever the case. */
  const foundIn = (text: string, looked: readonly string[]) => looked.filter((one) => text.toLowerCase().includes(one.toLowerCase()));

  /** Waits until nothing of this is left: Redis writes its file anew in the background. */
  async function gone(...words: string[]): Promise<void> {
    await until(async () => foundIn(await engine.everything(), words).length === 0, `the end of ${words}`);
  }

  async function expireLater(ahead: number): Promise<void> {
    const store = await engine.openLater(ahead);
    await store.expire(new Date(Date.now() + ahead - CONVERSATION_KEPT));
    await store.close();
  }

  test('while it lasts, the store holds the guarded messages of the page, and of nobody a number, a name or an address', async () => {
    const everything = await engine.everything();
    expect(foundIn(everything, Object.values(CUT_OUT))).toEqual([]);
    expect(foundIn(everything, NAMES)).toEqual([]);
    // The feed of the page is kept for a reload. Of the other channels no word is.
    expect(foundIn(everything, Object.values(WORDS))).toEqual([WORDS.page, WORDS.leaving]);
    expect(foundIn(everything, [amina.conversation, leaving.conversation, DESK, WHATSAPP_CONVERSATION])).toHaveLength(4);
  });

  test('the person was told, and answered', async () => {
    const told = textsOf('en').say('chat:personal-data');
    expect((await amina.heard()).map(({ text }) => text)).toEqual([expect.any(String), told, expect.stringMatching(/right to work/u)]);
    expect(script.to.sent.map(wordsOf)[0]).toBe(told);
    expect(script.internet.messages()[0]?.activity.text).toBe(told);
  });

  test('"delete my data" leaves nothing of that conversation after twenty minutes: no word and no id', async () => {
    await amina.ask('delete my data');
    await amina.post({ type: 'message', text: 'Yes, delete it' });
    await until(async () => (await amina.heard()).some(({ text }) => text.includes('I have deleted')), 'the deletion');
    await inWhatsApp('delete my data');
    expect(await inWhatsApp('Yes, delete it')).toMatch(/deleted/u);
    await inTeams('delete my data');
    await inTeams('Yes, delete it');
    expect(JSON.stringify(await amina.feed())).not.toContain(WORDS.page);
    await expireLater(GOODBYE_KEPT);
    await gone(amina.conversation, WORDS.page, DESK, WHATSAPP_CONVERSATION);
    expect(foundIn(await engine.everything(), [leaving.conversation, WORDS.leaving])).toHaveLength(2);
  });

  test('log and metrics held nothing of all this, at any time', async () => {
    for (const text of [captured.text(), (await scrape(script.bot)).text]) {
      expect(text.length).toBeGreaterThan(1000);
      const looked = [
        ...Object.values(CUT_OUT),
        ...Object.values(WORDS),
        ...NAMES,
        amina.conversation,
        leaving.conversation,
        DESK,
        WHATSAPP_CONVERSATION,
      ];
      expect(foundIn(text, looked)).toEqual([]);
    }
  });

  test('a day after its last message nothing of a conversation is left; the counts stay, without a text', async () => {
    await script.bot.stop();
    await expireLater(CONVERSATION_KEPT + 60_000);
    await gone(leaving.conversation, ...Object.values(WORDS), ...Object.values(CUT_OUT), ...NAMES);
    const store = await engine.openLater(0);
    expect(await store.counts()).toContainEqual({ name: 'answered', labels: ['work', 'en'], number: 4 });
    await store.close();
  });
}

describe('with SQLite', () => {
  let file: string;
  const bytes = () =>
    readdirSync(dirname(file))
      .map((name) => readFileSync(join(dirname(file), name), 'latin1'))
      .join('\n');
  proof({
    setting: () => {
      file = newStoreFile();
      return `sqlite:${file}`;
    },
    openLater: async (ahead) => openSqliteStore(file, () => Date.now() + ahead),
    everything: async () => bytes(),
  });
});

describeWithRedis('with Redis', () => {
  const redis = redisForAll();
  proof({
    setting: () => redis.url,
    openLater: (ahead) => openRedisStore(redis.url, { ahead: () => ahead }),
    everything: async () => `${await contentsOf(redis)}\n${filesOf(redis)}`,
  });
});
