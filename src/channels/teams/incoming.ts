import { type Activity, type Mention, TurnContext } from 'botbuilder';

/** Kinds of conversations in which the bot answers only when it is addressed. */
const GROUPS: ReadonlySet<string> = new Set(['groupChat', 'channel']);
/** No-break spaces and marks of direction that Teams puts around a mention, by client. */
const AROUND_MENTION = /[\s\u00A0\u200B\u200E\u200F\u2066-\u2069]+/gu;

/** What a message of Teams says to the bot; undefined where it is not meant for it. */
export function wordsFor(activity: Activity): string | undefined {
  const tapped = (activity.value as { say?: unknown } | undefined)?.say;
  if (typeof tapped === 'string') return tapped;
  const mentions = mentionsOfBot(activity);
  if (GROUPS.has(activity.conversation?.conversationType ?? '') && mentions.length === 0) return undefined;
  const text = mentions.reduce((rest, { text: mention }) => rest.replaceAll(mention, ' '), (activity.text ?? '').replaceAll('&nbsp;', ' '));
  return mentions.length > 0 ? text.replace(AROUND_MENTION, ' ').trim() : text.trim();
}

/** The language of the person, where the client tells it: beside the activity or in it. */
export function localeOf(activity: Activity): string | undefined {
  return activity.locale ?? clientOf(activity)?.locale;
}

/** What Teams tells of the app that a person uses. */
export function clientOf({ entities }: Activity): { readonly locale?: string; readonly platform?: string } | undefined {
  return (entities ?? []).find(({ type }) => type === 'clientInfo') as { locale?: string; platform?: string } | undefined;
}

/** The tenant that an activity of Teams comes from. */
export function tenantOf(activity: Activity): string | undefined {
  const { tenant } = (activity.channelData ?? {}) as { tenant?: { id?: unknown } };
  return typeof tenant?.id === 'string' ? tenant.id : activity.conversation?.tenantId;
}

function mentionsOfBot(activity: Activity): Mention[] {
  return TurnContext.getMentions(activity).filter(({ mentioned, text }) => mentioned?.id === activity.recipient?.id && Boolean(text));
}
