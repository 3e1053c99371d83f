import type { Activity } from 'botbuilder';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { supportedLanguage } from '../../../knowledge/language/choose.ts';
import { LANGUAGE_CODES, SOURCE_LANGUAGE } from '../../../locales/languages.ts';
import { textsOf } from '../../../locales/texts.ts';
import { apologise } from '../../bot/apology.ts';
import type { Bot } from '../../bot/bot.ts';
import type { LaneTurns } from '../../bot/lane-turns.ts';
import type { Limits } from '../../limits/limits.ts';
import type { Logger } from '../../operations/log.ts';
import { refuse, TRY_AGAIN } from '../../refuse.ts';
import type { Settings } from '../../settings.ts';
import { StoreUnavailable } from '../../stores/store.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { guarded } from '../guard.ts';
import { readActivity } from './activity.ts';
import { admit, type Sender, teamsAuthentication, VerifiedCloudAdapter } from './authentication.ts';
import { localeOf } from './incoming.ts';
import type { InvokeParts } from './invokes.ts';
import { summaryRoutes } from './summary.ts';
import { teamsTurn } from './turn.ts';

const LARGEST_BODY = '256kb';
/** Sent while somebody types: not a message, and answered from memory. */
const SEARCHES: ReadonlySet<string | undefined> = new Set(['composeExtension/query']);
/** Names of this machine; a page that has its own name lead here does not use them. */
const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/iu;
const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/u;

export interface TeamsOptions extends InvokeParts {
  readonly settings: Settings;
  readonly turns: LaneTurns;
  readonly telemetry: Pick<Telemetry, 'tracing' | 'turns'>;
  readonly log: Logger;
  readonly limits: Limits;
  readonly bot: Bot;
}

/** What Teams needs of the server: the address that it calls, and the pages that its cards lead to. */
export interface Teams {
  readonly messages: Router;
  readonly summaries: Router;
}

/**
 * `/api/messages`: the channels of the Bot Framework, Teams among them. With an app id every request needs a token
 * of Microsoft's. Without one, local tools may call it, from this machine only; in production it does not exist then.
 */
export function createTeams({ settings, turns, telemetry, log, limits, bot, ...parts }: TeamsOptions): Teams | undefined {
  const { MICROSOFT_APP_ID: appId, NODE_ENV } = settings;
  if (!appId && NODE_ENV === 'production') return undefined;
  const authentication = teamsAuthentication(settings);
  const adapter = new VerifiedCloudAdapter(authentication);
  adapter.onTurnError = async (context, error) => {
    log.error({ channel: 'teams', error: error.name, stack: error.stack }, 'a turn failed');
    await apologise(context);
  };
  const inTeams = teamsTurn(bot, parts, log);

  /** A request of another tenant is told so, once for each message, and nothing else happens. */
  async function turnAway(sender: Sender, activity: Activity): Promise<void> {
    if (activity.type !== 'message') return;
    const language = supportedLanguage(localeOf(activity), LANGUAGE_CODES);
    const refusal = textsOf(language ?? SOURCE_LANGUAGE).say('teams:other-tenant');
    await adapter
      .receive(sender, activity, async (context) => void (await context.sendActivity(refusal)))
      .catch((error: Error) => log.warn({ channel: 'teams', error: error.name }, 'a refusal could not be sent'));
  }

  const router = Router();
  if (!appId) router.use(fromThisMachine);
  router.post('/', express.json({ limit: LARGEST_BODY }), async (request, response) => {
    const activity = readActivity(request.body);
    if (!activity) return refuse(response, 400, 'BadRequest', 'The body is no activity.');
    const admission = await admit(activity, request.get('authorization') ?? '', { authentication, settings, log });
    if (admission.kind === 'unknown') return refuse(response, 401, 'Unauthorized', 'The request was not accepted.');
    if (admission.kind === 'unavailable')
      return refuse(response, 503, 'ServiceUnavailable', 'The sender cannot be verified now. Try again.');
    const conversation = activity.conversation.id;
    // A group chat is one conversation of many people.
    const who = limits.hash(`${conversation} ${activity.from?.id}`);
    const excess = SEARCHES.has(activity.name) ? undefined : await limits.take('conversation-messages', who);
    if (excess)
      return refuse(response, 429, 'TooManyRequests', 'Too many messages came from this person. Try again later.', excess.seconds);
    if (admission.kind === 'other-tenant') {
      await turnAway(admission.sender, activity);
      return refuse(response, 403, 'Forbidden', 'This tenant is not allowed.');
    }
    const turn = activity.channelId === 'msteams' ? inTeams : bot.run;
    try {
      const received = () => adapter.receive(admission.sender, guarded(activity), turn);
      const channel = activity.channelId === 'msteams' ? 'teams' : 'other';
      const of = { channel, conversation, trace: telemetry.tracing.current() } as const;
      const invoked = await turns.run(conversation, () => telemetry.turns.run(of, received));
      response.status(invoked?.status ?? 200).send(invoked?.body);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      log.warn({ channel: 'teams', error: error.name }, 'a turn could not be taken');
      // Bot Service sends it again.
      refuse(response, 503, 'ServiceUnavailable', 'The conversation cannot be served now. Try again.', TRY_AGAIN);
    }
  });
  return { messages: router, summaries: summaryRoutes(parts) };
}

function fromThisMachine(request: Request, response: Response, next: NextFunction): void {
  // A proxy on this machine brings requests from elsewhere, and says so.
  const forwarded = request.get('x-forwarded-for') ?? request.get('forwarded');
  const local = LOOPBACK.test(request.socket.remoteAddress ?? '') && LOCAL_HOST.test(request.get('host') ?? '');
  if (forwarded === undefined && local) next();
  else refuse(response, 403, 'Forbidden', 'Without an app id only tools on this machine may call this address.');
}
