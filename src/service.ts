import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { TurnContext } from 'botbuilder';
import compression from 'compression';
import express from 'express';
import { compile } from 'proxy-addr';
import { messagePresenter } from '../dialogs/presenter.ts';
import { RETENTION_HOURS } from '../knowledge/answers/compose.ts';
import { loadKnowledge } from '../knowledge/knowledge.ts';
import { Bot } from './bot/bot.ts';
import { LaneTurns } from './bot/lane-turns.ts';
import { calendarRoutes } from './calendar/routes.ts';
import { createDirectLine } from './channels/directline/index.ts';
import { TURNS } from './channels/directline/turns.ts';
import { createTeams } from './channels/teams/index.ts';
import { teamsJudgement } from './channels/teams/judgement.ts';
import { cardLinks } from './channels/teams/links.ts';
import { teamsPresenter } from './channels/teams/presenter.ts';
import { INBOX } from './channels/whatsapp/inbox.ts';
import { createWhatsApp } from './channels/whatsapp/index.ts';
import { OUTBOX } from './channels/whatsapp/outbox.ts';
import { faqRoutes } from './faq/routes.ts';
import { createQuestionKeeper } from './feedback/questions.ts';
import { createTally } from './feedback/tally.ts';
import { securityHeaders } from './headers.ts';
import { addressOf } from './limits/address.ts';
import { dailyHash } from './limits/daily-hash.ts';
import { openEngine } from './limits/engine.ts';
import { limitLargeBodies } from './limits/large-bodies.ts';
import { createLimits } from './limits/limits.ts';
import { createOverload } from './limits/overload.ts';
import { limitRequests } from './limits/requests.ts';
import { createLinks } from './links.ts';
import { failed, noSuchAddress } from './not-served.ts';
import type { Logger } from './operations/log.ts';
import { crossOrigin, originCheck } from './origins.ts';
import { pageRoutes } from './page/routes.ts';
import { httpServer, listen } from './server.ts';
import type { Settings } from './settings.ts';
import { botStorage } from './stores/bot-storage.ts';
import { openStore } from './stores/open.ts';
import type { Store } from './stores/store.ts';
import { forgetFeed } from './stores/turn-changes.ts';
import { startAdmin } from './telemetry/admin.ts';
import { healthRoutes } from './telemetry/health.ts';
import { observedStore } from './telemetry/observed-store.ts';
import { observeRequests, traceRequests } from './telemetry/requests.ts';
import { addScraped } from './telemetry/scraped.ts';
import { createTelemetry } from './telemetry/telemetry.ts';
import { tracedKnowledge } from './telemetry/traced-knowledge.ts';
import { tracedStore } from './telemetry/traced-store.ts';
import { NO_TRACING, openTracing } from './telemetry/tracing.ts';
import { noting } from './telemetry/turn-notes.ts';
import { createPainter } from './timeline/painter.ts';
import { timelineRoutes } from './timeline/routes.ts';

const EXPIRE_EVERY = 10 * 60_000;
const HOUR = 3_600_000;
/** What a stop waits for turns under way before it closes all the same. */
const LONGEST_STOP = 10_000;

/** A running service. */
export interface Service {
  readonly port: number;
  readonly url: string;
  /** Where `/metrics` is; undefined without ADMIN_PORT. */
  readonly adminPort: number | undefined;
  /** Takes no new work, finishes what is under way, and closes the store. */
  stop(): Promise<void>;
}

/** What may stand in the place of the bot, so that all around it can be measured without it. */
export interface Instead {
  readonly run?: (context: TurnContext) => Promise<void>;
}

/** Starts everything: knowledge, store, bot, channels, page. Throws where something cannot be used. */
export async function startService(settings: Settings, log: Logger, instead: Instead = {}): Promise<Service> {
  const tracing = await openTracing(settings);
  const onFit = () => log.info('fitting the model to the questions');
  const knowledge = tracedKnowledge(loadKnowledge({ edition: settings.EDITION, onFit }), tracing);
  const telemetry = createTelemetry(settings.EDITION, log, tracing);
  const { metrics } = telemetry;
  const store = tracedStore(observedStore(await openStore(settings.STORE, log), metrics), tracing);
  const turns = new LaneTurns(store);
  const now = () => settings.CLOCK ?? new Date();
  const trusted = compile(settings.TRUSTED_PROXIES);
  const cookieKey =
    settings.DIRECT_LINE_SIGNING_KEY ?? (await store.secret('page-cookie-key', () => randomBytes(32).toString('base64url')));
  const counting = await openEngine(settings.STORE);
  const limits = createLimits({
    settings,
    engine: counting.engine,
    hash: dailyHash(cookieKey),
    address: (request) => addressOf(request, trusted),
    counts: metrics.counts,
    log,
  });
  const overload = createOverload({ settings, counts: metrics.counts });
  const originAllowed = originCheck(settings.PUBLIC_URL, settings.CORS_ORIGINS);
  let port = settings.PORT;
  const address = () => settings.PUBLIC_URL ?? `http://localhost:${port}`;
  const cards = { knowledge, now, links: cardLinks(address) };
  const onTeams = teamsPresenter(cards);
  const tally = createTally(store, log);
  const bot = new Bot({
    knowledge,
    storage: botStorage(store),
    now,
    presenterOf: ({ activity }) => (activity.channelId === 'msteams' ? onTeams : messagePresenter),
    links: createLinks(settings.PUBLIC_URL),
    observe: noting(tally),
    questions: createQuestionKeeper(store),
    forgetConversation: (context: TurnContext) => forgetFeed(store, context.activity.conversation.id),
  });
  const directLine = await createDirectLine({
    store,
    log,
    limits,
    overload,
    run: instead.run ?? bot.run,
    signingKey: settings.DIRECT_LINE_SIGNING_KEY,
    masterSecret: settings.DIRECT_LINE_SECRET,
    originAllowed,
    telemetry,
  });
  const teams = createTeams({ settings, turns, telemetry, log, limits, bot, ...cards, judged: teamsJudgement(noting(tally)) });
  if (!teams) log.info('no MICROSOFT_APP_ID: /api/messages does not exist');

  const languageOf = (text: string) => knowledge.detect(text)?.language;
  const whatsapp = createWhatsApp({ settings, store, log, telemetry, limits, run: bot.run, languageOf });
  if (!whatsapp) log.info('no WHATSAPP_ACCESS_TOKEN: /webhooks/whatsapp does not exist');

  const painter = createPainter(knowledge.facts);
  let stopping = false;
  const ready = async () => !stopping && (await isUsable(store));
  const health = healthRoutes({ ready, channels: () => (whatsapp ? { whatsapp: whatsapp.state() } : {}) });
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', trusted);
  app.use(securityHeaders({ production: settings.NODE_ENV === 'production' }));
  app.use(observeRequests(metrics));
  app.use(health);
  // Before anything can be refused: a page of another origin must be able to read the refusal too.
  if (settings.CORS_ORIGINS.length > 0) app.use(['/v3/directline', '/api/directline/token'], crossOrigin(settings.CORS_ORIGINS));
  app.use(overload.refuse, limitRequests(limits, trusted, log), limitLargeBodies(limits, settings.LIMIT_LARGE_BODIES));
  if (tracing !== NO_TRACING) app.use(traceRequests(tracing));
  app.use(compression());
  app.use('/v3/directline', directLine.routes);
  if (teams) app.use('/api/messages', teams.messages).use('/summary', teams.summaries);
  if (whatsapp) app.use('/webhooks/whatsapp', whatsapp.routes);
  app.use(calendarRoutes({ knowledge, now }));
  app.use(faqRoutes({ knowledge, now, publicUrl: settings.PUBLIC_URL }));
  app.use(timelineRoutes({ knowledge, painter, now }));
  app.use(pageRoutes({ knowledge, store, tokens: directLine.tokens, limits, cookieKey, now, originAllowed }));
  app.use(noSuchAddress, failed(log));

  const server = httpServer(app, settings);
  server.on('upgrade', directLine.sockets.upgrade);
  await listen(server, settings);
  overload.start();
  const queues = [TURNS, INBOX, OUTBOX];
  addScraped(metrics.registry, {
    ready,
    waiting: store.waiting,
    queues,
    openSockets: () => directLine.sockets.open,
    line: whatsapp?.state,
  });
  const admin = await startAdmin({ settings, health, metrics });
  const expire = () => {
    store
      // So early that nothing is older than promised before the next time.
      .expire(new Date(Date.now() - RETENTION_HOURS * HOUR + EXPIRE_EVERY))
      .catch((error: Error) => log.error({ error: error.name }, 'nothing could be expired'));
  };
  expire();
  const expiry = setInterval(expire, EXPIRE_EVERY);
  expiry.unref();
  port = (server.address() as AddressInfo).port;

  return {
    port,
    url: `http://localhost:${port}`,
    adminPort: admin?.port,
    async stop() {
      stopping = true;
      clearInterval(expiry);
      const closed = new Promise((done) => server.close(done));
      server.closeIdleConnections();
      await Promise.race([
        Promise.all([directLine.stop(), closed, turns.idle(), whatsapp?.stop()]),
        new Promise((done) => setTimeout(done, LONGEST_STOP).unref()),
      ]);
      server.closeAllConnections();
      await painter.stop();
      await tally.stop();
      overload.stop();
      counting.close();
      await store.close();
      await tracing.stop();
      // Until the end it says that nothing new is taken.
      await admin?.stop();
    },
  };
}

function isUsable(store: Store): Promise<boolean> {
  return store.check().then(
    () => true,
    () => false,
  );
}
