import { type Activity, ActivityTypes } from 'botbuilder';
import * as z from 'zod';
import { guarded } from '../guard.ts';
import { DirectLineError } from './errors.ts';

/** A text longer than this is cut before it is read: nobody needs it, and it must not fill the store. */
export const LONGEST_TEXT = 8_000;

/** So much more is read for personal data: a number must not be cut in its middle and stay. */
const LONGEST_NUMBER = 100;

/** Of what a message is about only the id is kept: by it a click on a thumb says which answer is meant. */
const entity = z.object({ '@id': z.string().max(200) }).transform((own) => ({ type: 'thumb', ...own }));
const attachment = z.object({ contentType: z.string().max(200) });

/** What a client may send. Unknown fields are dropped: nothing that is not needed is kept. */
const schema = z.object({
  type: z.string().min(1).max(50),
  text: z.string().optional(),
  textFormat: z.string().max(20).optional(),
  locale: z.string().max(35).optional(),
  name: z.string().max(100).optional(),
  value: z.unknown().optional(),
  entities: z.array(z.unknown()).max(20).optional(),
  from: z.object({ id: z.string().max(200).optional(), name: z.string().max(200).optional() }).optional(),
  channelData: z.record(z.string(), z.unknown()).optional(),
  attachments: z.array(attachment).max(20).optional(),
  localTimezone: z.string().max(60).optional(),
});

/** Kinds of activities that go into the feed: what a person said. The rest is a signal to the bot. */
const SEEN: ReadonlySet<string> = new Set([ActivityTypes.Message]);

/** An activity as it came from a client, checked. */
export interface Incoming {
  readonly activity: Partial<Activity>;
  /** The id that the client gave to what it sends, so that a repeated sending is known. */
  readonly clientId: string | undefined;
  /** Does it stand in the feed? */
  readonly seen: boolean;
}

/** Checks what a client sent for a conversation. Throws a DirectLineError where it is no activity. */
export function incomingActivity(body: unknown, conversation: string, user: string | undefined): Incoming {
  const result = schema.safeParse(body);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new DirectLineError('BadArgument', `The body is no activity: ${issue?.path.join('.') || 'body'}: ${issue?.message}.`);
  }
  const { attachments, entities = [], from, text, channelData, name, value, ...rest } = result.data;
  const clientActivityID = channelData?.['clientActivityID'];
  const id = user ?? from?.id;
  if (!id) throw new DirectLineError('BadArgument', 'The activity does not say who it is from (from.id).');
  if (JSON.stringify(value ?? null).length > LONGEST_TEXT) throw new DirectLineError('MessageTooLarge', 'The value is too large.');
  const seen = SEEN.has(rest.type);
  const said = guarded({
    ...(text !== undefined && { text: lastOf(text, LONGEST_TEXT + LONGEST_NUMBER) }),
    ...(channelData && { channelData: pickChannelData(channelData) }),
  });
  const activity = {
    ...rest,
    ...said,
    ...(said.text !== undefined && { text: lastOf(said.text, LONGEST_TEXT) }),
    // Of a message the bot reads the text alone.
    ...(!seen && { name, value }),
    ...(rest.type === ActivityTypes.Event && { entities: entities.flatMap((one) => entity.safeParse(one).data ?? []) }),
    // Only the kind of a file is kept: the bot cannot read files and must not store them.
    ...(attachments && attachments.length > 0 && { attachments: attachments.map(({ contentType }) => ({ contentType })) }),
    from: { id, name: '', role: 'user' },
    conversation: { id: conversation, isGroup: false, conversationType: '', name: '' },
    channelId: 'directline',
    timestamp: new Date().toISOString() as unknown as Date,
  } as Partial<Activity>;
  const clientId = typeof clientActivityID === 'string' && clientActivityID.length <= 200 ? clientActivityID : undefined;
  return { activity, clientId, seen };
}

/** The end of a text that is too long: there the question stands. */
function lastOf(text: string, most: number): string {
  const characters = [...text];
  return characters.length > most ? characters.slice(-most).join('') : text;
}

/** What Web Chat needs back with the echo to know its own message again. */
function pickChannelData(channelData: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(channelData).filter(([name, value]) => /^client/u.test(name) && JSON.stringify(value ?? null).length <= 400);
  return Object.fromEntries(kept);
}
