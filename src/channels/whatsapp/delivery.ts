import * as z from 'zod';

/** One message of a person, as the bot needs it. Name, pictures, places and files are left behind. */
export interface IncomingMessage {
  readonly id: string;
  /** The business-scoped user id, or the phone number where an older delivery has none. */
  readonly person: string;
  /** Where the answer goes: a number where one is known, else the user id. */
  readonly address: { readonly to: string } | { readonly recipient: string };
  /** What the person wrote or tapped; empty where it is nothing that can be read. */
  readonly text: string;
  /** The id of the button or row that was tapped. */
  readonly tapped?: string;
  /** When it was sent, in milliseconds; undefined where the delivery does not tell. */
  readonly sentAt?: number;
}

/** What a delivery holds: the messages to answer in the order they were sent, and what was left aside, to be counted. */
export interface Delivery {
  readonly messages: readonly IncomingMessage[];
  /** What the bot gave along with messages of which Meta now says that they were sent. */
  readonly confirmed: readonly string[];
  readonly aside: readonly string[];
}

const text = z.string().catch('');
const optional = z.string().min(1).optional().catch(undefined);
const list = z.array(z.unknown()).catch([]);
const reply = z.object({ id: optional, title: text }).catch({ id: undefined, title: '' });
const caption = z.object({ caption: text }).catch({ caption: '' });
const body = z.object({ body: text }).catch({ body: '' });

const message = z.object({
  id: z.string().min(1),
  from: optional,
  from_user_id: optional,
  timestamp: text,
  type: z.string(),
  group_id: optional,
  text: body.optional(),
  button: z.object({ text }).optional().catch(undefined),
  interactive: z.object({ type: text, button_reply: reply.optional(), list_reply: reply.optional() }).optional().catch(undefined),
  image: caption.optional(),
  video: caption.optional(),
  document: caption.optional(),
  edit: z
    .object({ message: z.object({ type: text, text: body.optional() }) })
    .optional()
    .catch(undefined),
});

type Message = z.infer<typeof message>;

const change = z.object({
  field: z.literal('messages'),
  value: z.object({
    metadata: z.object({ phone_number_id: z.string() }),
    messages: z.array(z.unknown()).optional(),
    statuses: list,
    errors: list,
  }),
});

/** Signs of a user id: a country and a dot before it. Numbers have digits only. */
const USER_ID = /^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/u;
const NUMBER = /^\d{5,20}$/u;
/** Kinds that say something about an earlier message, or about the line, and ask for nothing. */
const SILENT: ReadonlySet<string> = new Set(['reaction', 'revoke', 'system', 'ephemeral']);
/** What Meta says of a message that it has sent. */
const SENT: ReadonlySet<string> = new Set(['sent', 'delivered', 'read']);
/** Seconds up to the year 2286; what is larger was meant in milliseconds. */
const MOST_SECONDS = 9_999_999_999;

/** Reads a delivery to one phone number. Whatever it holds, nothing is thrown: what does not fit is put aside. */
export function readDelivery(delivery: unknown, phoneNumberId: string): Delivery {
  const messages: IncomingMessage[] = [];
  const aside: string[] = [];
  const confirmed: string[] = [];
  for (const one of changesOf(delivery)) {
    const parsed = change.safeParse(one);
    if (!parsed.success) {
      aside.push(isOtherField(one) ? 'other-field' : 'malformed');
      continue;
    }
    const { metadata, messages: own = [], statuses, errors } = parsed.data.value;
    if (metadata.phone_number_id !== phoneNumberId) {
      aside.push('other-number');
      continue;
    }
    confirmed.push(...statuses.flatMap(callbackIn));
    aside.push(...statuses.map(statusName), ...errors.map((error) => `error-${codeOf(error)}`));
    for (const raw of own) {
      const read = readMessage(raw);
      if (typeof read === 'string') aside.push(read);
      else messages.push(read);
    }
  }
  return { messages: inOrder(messages), confirmed, aside };
}

function changesOf(delivery: unknown): unknown[] {
  const whole = z.object({ object: z.literal('whatsapp_business_account'), entry: list }).safeParse(delivery);
  if (!whole.success) return [];
  return whole.data.entry.flatMap((entry) => z.object({ changes: list }).catch({ changes: [] }).parse(entry).changes);
}

function isOtherField(one: unknown): boolean {
  return z.object({ field: z.string().refine((field) => field !== 'messages') }).safeParse(one).success;
}

/** The message, or the name under which it is put aside. */
function readMessage(raw: unknown): IncomingMessage | string {
  const parsed = message.safeParse(raw);
  if (!parsed.success) return 'malformed';
  const { data } = parsed;
  if (SILENT.has(data.type)) return data.type;
  if (data.group_id) return 'group';
  const number = [data.from].find((id) => id !== undefined && NUMBER.test(id));
  const userId = [data.from_user_id, data.from].find((id) => id !== undefined && USER_ID.test(id));
  const person = userId ?? number;
  if (!person) return 'malformed';
  const tapped = tappedIn(data);
  const sentAt = sentAtOf(data.timestamp);
  return {
    id: data.id,
    person,
    address: number ? { to: number } : { recipient: person },
    text: textOf(data).trim(),
    ...(tapped !== undefined && { tapped }),
    ...(sentAt !== undefined && { sentAt }),
  };
}

function textOf({ type, text: plain, button, interactive, edit, ...media }: Message): string {
  if (type === 'text') return plain?.body ?? '';
  if (type === 'button') return button?.text ?? '';
  if (type === 'interactive') return (interactive?.button_reply ?? interactive?.list_reply)?.title ?? '';
  if (type === 'edit') return edit?.message.text?.body ?? '';
  if (type === 'image' || type === 'video' || type === 'document') return media[type]?.caption ?? '';
  return '';
}

function tappedIn({ interactive }: Message): string | undefined {
  return (interactive?.button_reply ?? interactive?.list_reply)?.id;
}

function sentAtOf(timestamp: string): number | undefined {
  if (!/^\d{1,16}$/u.test(timestamp)) return undefined;
  const value = Number(timestamp);
  return value > MOST_SECONDS ? value : value * 1000;
}

/** As they were sent, as far as the timestamps tell; messages of one second stay as they came. */
function inOrder(messages: readonly IncomingMessage[]): IncomingMessage[] {
  return messages.toSorted((a, b) => (a.sentAt === undefined || b.sentAt === undefined ? 0 : a.sentAt - b.sentAt));
}

/** What came back with the news that a message was sent; of one that failed, nothing. */
function callbackIn(raw: unknown): string[] {
  const { status, biz_opaque_callback_data: callback } = z
    .object({ status: text, biz_opaque_callback_data: optional })
    .catch({ status: '', biz_opaque_callback_data: undefined })
    .parse(raw);
  return SENT.has(status) && callback !== undefined ? [callback] : [];
}

function statusName(raw: unknown): string {
  const { status, errors } = z.object({ status: text, errors: list }).catch({ status: '', errors: [] }).parse(raw);
  if (status === 'failed') return `status-failed-${codeOf(errors[0])}`;
  return SENT.has(status) ? `status-${status}` : 'status-other';
}

function codeOf(error: unknown): number | 'unknown' {
  const parsed = z.object({ code: z.number().int() }).safeParse(error);
  return parsed.success ? parsed.data.code : 'unknown';
}
