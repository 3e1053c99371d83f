/** A WhatsApp line for tests: the real channel, bot and store on loopback, with nock in the place of Meta's Graph API. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { TurnContext } from 'botbuilder';
import express from 'express';
import nock from 'nock';
import '../nock-leaves.ts';
import { instantFrom } from '../../knowledge/calendar/day.ts';
import { loadKnowledge } from '../../knowledge/knowledge.ts';
import { Bot } from '../../src/bot/bot.ts';
import { createWhatsApp, type WhatsApp } from '../../src/channels/whatsapp/index.ts';
import { createQuestionKeeper } from '../../src/feedback/questions.ts';
import { createTally } from '../../src/feedback/tally.ts';
import { dailyHash } from '../../src/limits/daily-hash.ts';
import { memoryEngine } from '../../src/limits/engine.ts';
import { createLimits } from '../../src/limits/limits.ts';
import { createLinks } from '../../src/links.ts';
import { createLog } from '../../src/operations/log.ts';
import { readSettings } from '../../src/settings.ts';
import { botStorage } from '../../src/stores/bot-storage.ts';
import { openSqliteStore } from '../../src/stores/sqlite.ts';
import { forgetFeed } from '../../src/stores/turn-changes.ts';
import { createTelemetry } from '../../src/telemetry/telemetry.ts';
import { noting } from '../../src/telemetry/turn-notes.ts';
import { UNLIMITED } from '../service/unlimited.ts';
import { PHONE_NUMBER_ID, sign, WHATSAPP } from './account.ts';

export * from './account.ts';

export const GRAPH = 'https://graph.facebook.com';
export const SEND_PATH = `/v26.0/${PHONE_NUMBER_ID}/messages`;
const PAYLOADS = join(__dirname, 'payloads');
const knowledge = loadKnowledge();
const folders: string[] = [];

/** A message as the Graph API gets it. */
export interface SentMessage {
  readonly to?: string;
  readonly recipient?: string;
  readonly type?: string;
  readonly status?: string;
  readonly message_id?: string;
  readonly text?: { body: string };
  readonly image?: { link: string };
  readonly interactive?: {
    type: string;
    body: { text: string };
    action: {
      button?: string;
      buttons?: { reply: { id: string; title: string } }[];
      sections?: { rows: { id: string; title: string; description?: string }[] }[];
    };
  };
}

export interface Line {
  readonly url: string;
  /** What was counted of WhatsApp so far: metric and outcome, as `bot_whatsapp_sent_total sent`. */
  counted(): Promise<Record<string, number>>;
  /** How many turns were written down, of one outcome or of all. */
  turns(outcome?: string): Promise<number>;
  readonly storeFile: string;
  readonly channel: WhatsApp;
  /** Posts a delivery with the signature that fits it, or with another one. */
  post(body: string | Uint8Array, signature?: string | null): Promise<Response>;
  stop(): Promise<void>;
}

export function payload(name: string): string {
  return readFileSync(join(PAYLOADS, `${name}.json`), 'utf8');
}

export function newStoreFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'whatsapp-'));
  folders.push(folder);
  return join(folder, 'bot.sqlite');
}

/** The ids of the conversations of which a store holds state. */
export function conversationsIn(storeFile: string): string[] {
  const database = new DatabaseSync(storeFile, { readOnly: true });
  const keys = database.prepare('SELECT key FROM state').all() as { key: string }[];
  database.close();
  return [...new Set(keys.flatMap(({ key }) => /whatsapp-[\w-]{43}/u.exec(key) ?? []))];
}

/** Takes nock out of this process: each test file has one of its own, and what stays piles up. */
export function leaveNetwork(): void {
  nock.cleanAll();
  nock.enableNetConnect();
  nock.restore();
}

export function removeStores(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** What a test may set: the store file to go on with, the clock of the queues, the length of a lease, the bot. */
export interface LineOptions {
  readonly storeFile?: string;
  /** The public address of the service, where pictures are fetched from. */
  readonly publicUrl?: string;
  readonly leaseMs?: number;
  readonly now?: () => number;
  /** Settings beside those of the line. */
  readonly environment?: Record<string, string>;
  /** In the place of the bot, for what the bot itself never says. */
  readonly run?: (context: TurnContext) => Promise<void>;
}

export async function startLine({ storeFile = newStoreFile(), run, publicUrl, environment, ...timing }: LineOptions = {}): Promise<Line> {
  const store = openSqliteStore(storeFile, timing.now);
  const log = createLog('silent');
  const telemetry = createTelemetry('2023-06-09', log);
  const { registry, counts } = telemetry.metrics;
  const settings = readSettings({ ...UNLIMITED, ...WHATSAPP, ...environment });
  const now = () => instantFrom('2023-06-10T12:00', 'Europe/Amsterdam');
  const bot = new Bot({
    knowledge,
    storage: botStorage(store),
    now,
    links: createLinks(publicUrl),
    observe: noting(createTally(store, log)),
    questions: createQuestionKeeper(store),
    forgetConversation: (context) => forgetFeed(store, context.activity.conversation.id),
  });
  const languageOf = (text: string) => knowledge.detect(text)?.language;
  const channel = createWhatsApp({
    settings,
    store,
    log,
    telemetry,
    limits: createLimits({
      settings,
      engine: memoryEngine(),
      hash: dailyHash('key of the tests'),
      address: () => 'meta',
      counts,
      log,
    }),
    run: run ?? bot.run,
    languageOf,
    firstDelayMs: 5,
    ...timing,
  });
  if (!channel) throw new Error('the settings are there');
  const server = createServer(express().use('/webhooks/whatsapp', channel.routes));
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/whatsapp`;
  return {
    url,
    async counted() {
      const counters = (await registry.getMetricsAsJSON()).filter(({ name }) => /^bot_whatsapp_.*_total$/u.test(name));
      return Object.fromEntries(
        counters.flatMap(({ name, values }) => values.map(({ labels, value }) => [`${name} ${Object.values(labels).join(' ')}`, value])),
      );
    },
    async turns(outcome) {
      const { values } = (await registry.getSingleMetric('bot_turns_total')?.get()) ?? { values: [] };
      const own = values.filter(({ labels }) => outcome === undefined || labels['outcome'] === outcome);
      return own.reduce((sum, { value }) => sum + value, 0);
    },
    storeFile,
    channel,
    post(body, signature = sign(body)) {
      const headers: Record<string, string> = { 'content-type': 'application/json' };
      if (signature !== null) headers['x-hub-signature-256'] = signature;
      return fetch(url, { method: 'POST', headers, body: body as BodyInit });
    },
    async stop() {
      await channel.stop();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await store.close();
    },
  };
}

/** Stands in for Meta: takes every message and keeps it, or answers with what `answer` says. */
export function meta(answer?: (message: SentMessage, count: number) => [number, object?, Record<string, string>?] | undefined) {
  const sent: SentMessage[] = [];
  const read: string[] = [];
  const authorisations = new Set<string>();
  let tried = 0;
  nock(GRAPH)
    .persist()
    .post(SEND_PATH)
    .reply(async (request: Request) => {
      const message = (await request.json()) as SentMessage;
      authorisations.add(String(request.headers.get('authorization')));
      if (message.status === 'read') {
        read.push(message.message_id ?? '');
        return [200, { success: true }];
      }
      tried += 1;
      const own = answer?.(message, tried);
      if (own) return own as [number, object];
      sent.push(message);
      return [200, { messages: [{ id: `wamid.OUT${sent.length}` }] }];
    });
  return { sent, read, authorisations, tries: () => tried };
}

/** What a person would read of a message. */
export function wordsOf({ text, interactive }: SentMessage): string {
  return text?.body ?? interactive?.body.text ?? '';
}

let deliveries = 0;

/** A delivery with one message of a person, who is a number of tests. */
export function delivery(message: object, { person = '16505551234', at = 1_686_391_200 } = {}): string {
  deliveries += 1;
  const whole = { from: person, id: `wamid.TEST${process.pid}.${deliveries}`, timestamp: String(at), ...message };
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550783881', phone_number_id: PHONE_NUMBER_ID },
    contacts: [{ profile: { name: 'Amina' }, wa_id: person }],
    messages: [whole],
  };
  return JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ value, field: 'messages' }] }] });
}

export const textDelivery = (body: string, person?: { person?: string; at?: number }) => delivery({ type: 'text', text: { body } }, person);
