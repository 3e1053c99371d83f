/** Real requests to every route, to be changed: what a client, Meta or Teams sends. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAYLOADS = join('test', 'whatsapp', 'payloads');

/** What a body is before it is sent. */
export type SeedBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'upload'; readonly value: unknown }
  | { readonly kind: 'delivery'; readonly value: unknown };

export interface Seed {
  readonly method: string;
  /** `ID` stands for the id of a conversation, `FILE` for a file of the page. */
  readonly path: string;
  readonly body?: SeedBody;
}

const get = (path: string): Seed => ({ method: 'GET', path });
const post = (path: string, value?: unknown): Seed => ({
  method: 'POST',
  path,
  ...(value !== undefined && { body: { kind: 'json', value } }),
});
const person = { id: 'somebody', name: 'Somebody', role: 'user' };

const MESSAGES: readonly object[] = [
  {
    type: 'message',
    text: 'MARK Until when may I work?',
    from: person,
    locale: 'en',
    channelData: { clientActivityID: 'c1' },
    textFormat: 'plain',
  },
  { type: 'message', text: 'MARK متى تنتهي الحماية؟', from: person, locale: 'ar' },
  { type: 'message', text: 'delete my data', from: person, locale: 'en' },
  { type: 'message', text: 'my next step', from: person, locale: 'en' },
  { type: 'message', text: 'MARK', value: { say: 'x' }, from: person, attachments: [{ contentType: 'image/png', contentUrl: 'data:,' }] },
  { type: 'event', name: 'language', value: { language: 'tr' }, from: person },
  { type: 'event', name: 'webchat:activity-status/feedback', value: {}, entities: [{ '@id': 'work/en/1/up', type: 'x' }], from: person },
  { type: 'typing', from: person },
  { type: 'conversationUpdate', membersAdded: [person], from: person },
  { type: 'invoke', name: 'x', value: {}, from: person },
  { type: 'endOfConversation', from: person },
];

export const DIRECT_LINE: readonly Seed[] = [
  post('/v3/directline/tokens/generate', { user: { id: 'somebody' }, trustedOrigins: [] }),
  post('/v3/directline/tokens/refresh'),
  post('/v3/directline/conversations', { user: { id: 'somebody' }, locale: 'uk' }),
  get('/v3/directline/conversations/ID?watermark=0'),
  ...['', '', '', '1', '2'].map((watermark) => get(`/v3/directline/conversations/ID/activities?watermark=${watermark}`)),
  get('/v3/directline/conversations/ID/stream?watermark=&t=x'),
  get('/v3/directline/session/getsessionid'),
  ...MESSAGES.map((value) => post('/v3/directline/conversations/ID/activities', value)),
  ...MESSAGES.slice(0, 5).map(
    (value): Seed => ({ method: 'POST', path: '/v3/directline/conversations/ID/upload?userId=somebody', body: { kind: 'upload', value } }),
  ),
];

export const PAGES: readonly Seed[] = [
  get('/'),
  get('/?lang=fa'),
  get('/faq'),
  get('/faq/nl'),
  get('/faq/ar?x=1'),
  get('/calendar/en.ics'),
  get('/timeline/nl.svg'),
  get('/timeline/ar.svg?on=2023-07-31&at=second-letter'),
  get('/timeline/en.txt?on=2023-07-31'),
  get('/sitemap.xml'),
  get('/robots.txt'),
  get('/texts/en-00000000.json'),
  get('/assets/FILE'),
  get('/service-worker.js'),
  get('/healthz'),
  get('/readyz'),
  get('/summary/next-step/x?day=2023-06-10&given=letter.yes~when.2023-06-10&in=nl~ar'),
  post('/api/directline/token', { fresh: true }),
  post('/api/directline/token', {}),
];

export const WHATSAPP: readonly Seed[] = [
  get('/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=x&hub.challenge=1'),
  ...readdirSync(PAYLOADS).map((name): Seed => {
    const value: unknown = JSON.parse(readFileSync(join(PAYLOADS, name), 'utf8'));
    return { method: 'POST', path: '/webhooks/whatsapp', body: { kind: 'delivery', value } };
  }),
];

const TEAMS_BASE = {
  id: 'activity-1',
  timestamp: '2023-06-10T10:00:00.000Z',
  channelId: 'msteams',
  from: { id: '29:staff', name: 'Jan', aadObjectId: '00000000-0000-4000-8000-0000000000aa' },
  recipient: { id: '28:bot', name: 'bot' },
  conversation: { id: 'a:personal', conversationType: 'personal', tenantId: '00000000-0000-4000-8000-00000000000a' },
  channelData: { tenant: { id: '00000000-0000-4000-8000-00000000000a' } },
  entities: [{ type: 'clientInfo', locale: 'nl-NL', platform: 'Web' }],
  locale: 'nl-NL',
};
const SHOWN = { about: { topic: 'work', days: { first: '2023-06-10', last: '2023-06-10' } }, languages: ['nl', 'ar'] };

export const TEAMS: readonly Seed[] = [
  { type: 'message', text: 'Tot wanneer mag ik werken?', textFormat: 'plain' },
  {
    type: 'message',
    text: '<at>bot</at> help',
    entities: [{ type: 'mention', text: '<at>bot</at>', mentioned: { id: '28:bot', name: 'bot' } }],
  },
  { type: 'message', value: { say: 'Stop' } },
  { type: 'messageReaction', reactionsAdded: [{ type: 'like' }], replyToId: '1' },
  { type: 'conversationUpdate', membersAdded: [{ id: '29:staff' }] },
  { type: 'installationUpdate', action: 'add' },
  {
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb: 'language', data: { shown: SHOWN, language: 'ar' } } },
  },
  {
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb: 'say', data: { say: 'help' } } },
    replyToId: '1',
  },
  {
    type: 'invoke',
    name: 'composeExtension/query',
    value: { commandId: 'answers', parameters: [{ name: 'question', value: 'werken' }], queryOptions: { skip: 0, count: 5 } },
  },
  { type: 'invoke', name: 'composeExtension/selectItem', value: { shown: SHOWN } },
  { type: 'invoke', name: 'message/submitAction', value: { actionName: 'feedback', actionValue: { reaction: 'like', feedback: '{}' } } },
  { type: 'message', text: 'hello', channelId: 'emulator' },
].map((more) => post('/api/messages', { ...TEAMS_BASE, ...more }));
