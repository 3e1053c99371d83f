import { AsyncLocalStorage } from 'node:async_hooks';
import { type Activity, CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from 'botbuilder';
import type { Logger } from '../../operations/log.ts';
import type { Settings } from '../../settings.ts';
import { tenantOf } from './incoming.ts';

/** Who sent an activity, as the SDK has verified it. */
export type Sender = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>>;

/** What came of looking at a request: its sender, or why it is not let in. */
export type Admission =
  | { readonly kind: 'sender'; readonly sender: Sender }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'other-tenant'; readonly sender: Sender };

/** The SDK's authentication for the app of the settings. With an empty app id the SDK lets everybody in: only for tools on this machine. */
export function teamsAuthentication(settings: Settings): ConfigurationBotFrameworkAuthentication {
  const { MICROSOFT_APP_ID: appId } = settings;
  return new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: appId ?? '',
    MicrosoftAppPassword: settings.MICROSOFT_APP_PASSWORD ?? '',
    MicrosoftAppTenantId: settings.MICROSOFT_APP_TENANT_ID ?? '',
    MicrosoftAppType: appId ? 'SingleTenant' : '',
  });
}

/**
 * Looks at a request: a token of the Bot Framework for this app, signed, in time, for this service address, and, from
 * Teams, a tenant that is allowed. Never throws.
 */
export async function admit(
  activity: Activity,
  authorization: string,
  { authentication, settings, log }: { authentication: ConfigurationBotFrameworkAuthentication; settings: Settings; log: Logger },
): Promise<Admission> {
  let sender: Sender;
  try {
    sender = await quietly(() => authentication.authenticateRequest(activity, authorization));
  } catch (error) {
    // The SDK throws whatever comes for a token that it cannot verify: that is a refusal, not a failure.
    log.warn({ channel: 'teams', error: (error as Error).name }, 'a request to /api/messages was refused');
    return { kind: keysUnreachable(error) ? 'unavailable' : 'unknown' };
  }
  const fromTeams = settings.MICROSOFT_APP_ID !== undefined && activity.channelId === 'msteams';
  if (!fromTeams || allowedTenants(settings).has(tenantOf(activity)?.toLowerCase() ?? '')) return { kind: 'sender', sender };
  log.warn({ channel: 'teams' }, 'a request of another tenant was refused');
  return { kind: 'other-tenant', sender };
}

/** The SDK's adapter, with the check of the sender taken out, so that its refusals are answered as such. */
export class VerifiedCloudAdapter extends CloudAdapter {
  receive(sender: Sender, activity: Activity, logic: (context: TurnContext) => Promise<void>) {
    return this.processActivity(sender, activity, logic);
  }
}

/** Could Microsoft's keys not be fetched? Then nobody can be known, and the sender may try again. */
function keysUnreachable(error: unknown): boolean {
  const { name, statusCode } = error as { name?: string; statusCode?: number };
  return name === 'FetchError' || statusCode === 500;
}

/** The tenants that were named, else the app's own. */
function allowedTenants({ TEAMS_ALLOWED_TENANTS: named, MICROSOFT_APP_TENANT_ID: own }: Settings): ReadonlySet<string> {
  return new Set((named ?? [own ?? '']).map((id) => id.toLowerCase()));
}

const verifying = new AsyncLocalStorage<boolean>();
let silenced = false;

/** The SDK prints keys and stacks to the console for each bad token: whoever sends bad tokens would fill the log. */
function quietly<T>(work: () => Promise<T>): Promise<T> {
  if (!silenced) {
    silenced = true;
    const { error } = console;
    console.error = (...parts: unknown[]) => {
      if (!verifying.getStore()) error(...parts);
    };
  }
  return verifying.run(true, work);
}
