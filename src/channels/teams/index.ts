import { type Activity, CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from 'botbuilder';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { apologise } from '../../bot/apology.ts';
import type { TurnQueue } from '../../bot/turn-queue.ts';
import type { Logger } from '../../operations/log.ts';
import type { Settings } from '../../settings.ts';

const LARGEST_BODY = '256kb';
const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/u;

export interface TeamsOptions {
  readonly settings: Settings;
  readonly turns: TurnQueue;
  readonly log: Logger;
  readonly run: (context: TurnContext) => Promise<void>;
}

/**
 * `/api/messages`: the channels of the Bot Framework, Teams among them. With an app id every request needs a token
 * of Microsoft's. Without one, local tools may call it, from this machine only; in production it does not exist then.
 */
export function teamsRoutes({ settings, turns, log, run }: TeamsOptions): Router | undefined {
  const { MICROSOFT_APP_ID: appId, NODE_ENV } = settings;
  if (!appId && NODE_ENV === 'production') return undefined;
  const authentication = new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: appId ?? '',
    MicrosoftAppPassword: settings.MICROSOFT_APP_PASSWORD ?? '',
    MicrosoftAppTenantId: settings.MICROSOFT_APP_TENANT_ID ?? '',
    MicrosoftAppType: appId ? 'SingleTenant' : '',
  });
  const adapter = new VerifiedCloudAdapter(authentication);
  adapter.onTurnError = async (context, error) => {
    log.error({ error: error.name }, 'a turn failed');
    await apologise(context);
  };
  const router = Router();
  const json = express.json({ limit: LARGEST_BODY });
  if (!appId) router.use(fromThisMachine);
  router.post('/', json, async (request, response) => {
    const activity = request.body as Activity | undefined;
    if (!activity?.type) return refuse(response, 400, 'BadRequest', 'The body is no activity.');
    const sender = await authentication.authenticateRequest(activity, request.get('authorization') ?? '').catch((error: Error) => {
      // The SDK throws for whatever it cannot verify, also for a wrong signature: that is a refusal, not a failure.
      log.warn({ error: error.name }, 'a request to /api/messages was refused');
      return undefined;
    });
    if (!sender) return refuse(response, 401, 'Unauthorized', 'The request was not accepted.');
    const conversation = String(activity.conversation?.id ?? '');
    const invoked = await turns.run(conversation, () => adapter.receive(sender, activity, run));
    response.status(invoked?.status ?? 200).send(invoked?.body);
  });
  return router;
}

/** The SDK's adapter, with the check of the sender taken out, so that its refusals are answered as such. */
class VerifiedCloudAdapter extends CloudAdapter {
  receive(sender: Sender, activity: Activity, logic: (context: TurnContext) => Promise<void>) {
    return this.processActivity(sender, activity, logic);
  }
}

type Sender = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>>;

function refuse(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ error: { code, message } });
}

function fromThisMachine(request: Request, response: Response, next: NextFunction): void {
  if (LOOPBACK.test(request.socket.remoteAddress ?? '')) {
    next();
    return;
  }
  response
    .status(403)
    .json({ error: { code: 'Forbidden', message: 'Without an app id only tools on this machine may call this address.' } });
}
