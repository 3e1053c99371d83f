import type { TurnContext } from 'botbuilder';
import express, { Router } from 'express';
import { apologise } from '../../bot/apology.ts';
import { backoff } from '../../jobs/backoff.ts';
import { Worker } from '../../jobs/worker.ts';
import type { Limits } from '../../limits/limits.ts';
import type { Logger } from '../../operations/log.ts';
import { refuse } from '../../refuse.ts';
import { sameSecret } from '../../same-secret.ts';
import type { Settings } from '../../settings.ts';
import type { Store } from '../../stores/store.ts';
import { observedGraph } from '../../telemetry/observed-graph.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { inSpan } from '../../telemetry/tracing.ts';
import { readDelivery } from './delivery.ts';
import { sift } from './flood.ts';
import { createGraph } from './graph.ts';
import { conversationOf, createInbox, INBOX } from './inbox.ts';
import { createOutbox, type LineState, OUTBOX } from './outbox.ts';
import { createPrivacy } from './privacy.ts';
import { isSigned } from './signature.ts';

/** Meta's largest delivery has about 3 MB. */
const LARGEST_BODY = 4 * 1024 * 1024;
const FIRST_DELAY = 1_000;

export interface WhatsAppOptions {
  readonly settings: Settings;
  readonly store: Store;
  readonly log: Logger;
  readonly telemetry: Telemetry;
  readonly limits: Limits;
  readonly run: (context: TurnContext) => Promise<void>;
  /** The language that a text is in, if it shows. */
  readonly languageOf: (text: string) => string | undefined;
  /** For tests: the time, how long the first retry waits, and how long a job is leased, in milliseconds. */
  readonly now?: () => number;
  readonly firstDelayMs?: number;
  readonly leaseMs?: number;
}

/** The WhatsApp channel: its routes, whether it can send, and its end. */
export interface WhatsApp {
  readonly routes: Router;
  state(): LineState;
  stop(): Promise<void>;
}

/** `/webhooks/whatsapp`, where the settings for it are there: deliveries of Meta in, answers through the Graph API out. */
export function createWhatsApp({
  settings,
  store,
  log,
  telemetry,
  limits,
  run,
  languageOf,
  ...timing
}: WhatsAppOptions): WhatsApp | undefined {
  const { WHATSAPP_ACCESS_TOKEN: accessToken, WHATSAPP_APP_SECRET: appSecret, WHATSAPP_VERIFY_TOKEN: verifyToken } = settings;
  const { WHATSAPP_PHONE_NUMBER_ID: phoneNumberId } = settings;
  if (!accessToken || !appSecret || !verifyToken || !phoneNumberId) return undefined;
  const privacy = createPrivacy(appSecret);
  const { tracing, turns } = telemetry;
  const { counts } = telemetry.metrics;
  const { WHATSAPP_GRAPH_URL: url, WHATSAPP_GRAPH_VERSION: version } = settings;
  const graph = observedGraph(createGraph({ url, version, phoneNumberId, accessToken }), telemetry);
  const now = timing.now ?? Date.now;
  const delayOf = backoff(timing.firstDelayMs ?? FIRST_DELAY);
  const outbox = createOutbox({ store, privacy, graph, counts, log, delayOf, now });
  const inbox = createInbox({ store, privacy, graph, counts, run, apologise, languageOf, now });
  const onError = (error: Error) => log.error({ channel: 'whatsapp', error: error.name }, 'a job failed');
  const shared = { store, onError, delayOf, now, ...(timing.leaseMs !== undefined && { leaseMs: timing.leaseMs }) };
  const sending = new Worker({
    ...shared,
    queue: OUTBOX,
    work: (job) => inSpan(tracing.open('answer', { channel: 'whatsapp' }, job.trace), () => outbox.work(job)),
    pausedUntil: outbox.pausedUntil,
  });
  const answering = new Worker({
    ...shared,
    queue: INBOX,
    work: (job) => turns.run({ channel: 'whatsapp', conversation: job.lane, trace: job.trace }, () => inbox.work(job)),
  });

  const routes = Router();
  routes.get('/', (request, response) => {
    const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = request.query;
    const known = sameSecret(token, verifyToken);
    if (mode !== 'subscribe' || !known || typeof challenge !== 'string') {
      response.status(403).type('text/plain').send('forbidden');
      return;
    }
    response.type('text/plain').send(challenge);
  });
  routes.post('/', express.raw({ type: () => true, limit: LARGEST_BODY, inflate: false }), async (request, response) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (!isSigned(body, request.get('x-hub-signature-256'), appSecret)) {
      counts.add('whatsapp_in', 'unsigned');
      refuse(response, 401, 'Unauthorized', 'The signature does not fit the body.');
      return;
    }
    const delivery = parse(body);
    if (delivery === undefined) {
      counts.add('whatsapp_in', 'malformed');
      refuse(response, 400, 'BadRequest', 'The body is no JSON.');
      return;
    }
    const { messages, confirmed, aside } = readDelivery(delivery, phoneNumberId);
    for (const name of aside) counts.add('whatsapp_in', name);
    // Meta delivers again what is not accepted: so an error here, as a store that is gone, loses nothing.
    await Promise.all(confirmed.map(outbox.confirm));
    const { answered, dropped } = await sift(messages, { limits, conversationOf: (message) => conversationOf(message, privacy), now });
    for (let index = 0; index < dropped; index += 1) counts.add('whatsapp_in', 'too-many');
    const added = await inbox.accept(answered);
    for (let index = 0; index < answered.length; index += 1) counts.add('whatsapp_in', index < added ? 'accepted' : 'repeated');
    response.status(200).end();
  });

  return {
    routes,
    state: outbox.state,
    async stop() {
      await answering.stop();
      await sending.stop();
    },
  };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
