import type { Activity } from 'botbuilder';
import * as z from 'zod';

const text = z.string().nullish();
const named = { name: text, aadObjectId: text, role: text };
const account = z.looseObject({ id: z.string().max(1_000), ...named });

/** The SDK sends it back in an address or a header. */
const id = z.string().regex(/^[\x20-\x7e]{1,1000}$/u);

/** What this channel relies on, and what the SDK copies into its answers; whatever else is there stays. */
const schema = z.looseObject({
  type: z.string().min(1).max(100),
  channelId: z.string().min(1).max(100),
  serviceUrl: z.url({ protocol: /^https?$/u }),
  conversation: z.looseObject({
    id,
    isGroup: z.boolean().nullish(),
    conversationType: text,
    tenantId: text,
    ...named,
  }),
  id: id.nullish(),
  name: text,
  text,
  locale: text,
  replyToId: id.nullish(),
  action: text,
  from: account.nullish(),
  recipient: account.nullish(),
  channelData: z.looseObject({}).nullish(),
  entities: z.array(z.looseObject({ type: z.string() })).nullish(),
  attachments: z.array(z.looseObject({})).nullish(),
  membersAdded: z.array(account).nullish(),
  membersRemoved: z.array(account).nullish(),
});

/** Reads what a channel of the Bot Framework sends; undefined where it is no activity. */
export function readActivity(body: unknown): Activity | undefined {
  const parsed = schema.safeParse(body);
  if (!parsed.success) return undefined;
  // A field without a value is none: the SDK knows no null.
  return Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== null)) as unknown as Activity;
}
