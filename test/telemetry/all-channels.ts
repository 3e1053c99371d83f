/** A scripted conversation in every channel of one service, full of what must not get out of it. */
import type { Logger } from '../../src/operations/log.ts';
import { newPerson } from '../service/person.ts';
import { type Running, running, until } from '../service/running.ts';
import { activity, type Microsoft, microsoft, post, TEAMS } from '../teams/microsoft.ts';
import { meta, sign, textDelivery, WHATSAPP } from '../whatsapp/line.ts';

/** What people write and are in the script: none of it may stand in a log, a metric or a trace. */
export const PRIVATE = [
  'Amina',
  'Okafor',
  'amina@example.org',
  '16505551234',
  '2871234567',
  'my name is',
  'until when may i work',
  'vaccinations',
  'tot wanneer mag ik werken',
  '29:staff',
  'a:desk',
  'Jan de Vries',
  'wamid.',
  // Tokens are three parts in base64url, and Direct Line's ids are 32 signs.
  'eyJ',
  'access-token',
  'not-a-real-password',
];

export interface Script {
  readonly bot: Running;
  /** What Microsoft and Meta got from the bot. */
  readonly internet: Microsoft;
  readonly to: ReturnType<typeof meta>;
  /** Says everything in every channel, and waits until all of it is answered. Returns the id of the Direct Line conversation. */
  talk(): Promise<{ conversation: string }>;
  stop(): Promise<void>;
}

/** Starts a service with every channel; Meta and Microsoft are played by nock. */
export async function allChannels(log: Logger, environment: Record<string, string> = {}): Promise<Script> {
  const internet = await microsoft();
  const to = meta();
  const bot = await running({ ...TEAMS, ...WHATSAPP, ADMIN_PORT: '0', ...environment }, log);
  return {
    bot,
    internet,
    to,
    async talk() {
      const conversation = await onThePage(bot);
      await inWhatsApp(bot, to);
      await inTeams(bot, internet);
      return { conversation };
    },
    async stop() {
      await bot.stop();
      internet.leave();
    },
  };
}

async function onThePage(bot: Running): Promise<string> {
  const person = await newPerson(bot);
  await person.ask('Hello, my name is Amina Okafor, V-number 2871234567, amina@example.org');
  await person.ask('Until when may I work?');
  await person.ask('Which vaccinations does my dog Amina need?');
  await person.ask('My next step');
  await person.ask('stop');
  await person.ask('delete my data');
  await person.post({ type: 'message', text: 'Yes, delete it' });
  return person.conversation;
}

async function inWhatsApp(bot: Running, to: ReturnType<typeof meta>): Promise<void> {
  const texts = ['my name is Amina Okafor. Until when may I work?', 'Which vaccinations does my dog Amina need?'];
  for (const [index, text] of texts.entries()) {
    await deliver(bot, textDelivery(text));
    await until(() => to.sent.length > index, 'the answer in WhatsApp');
  }
}

/** Posts a delivery to the service as Meta does. */
export async function deliver(bot: Running, body: string): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': sign(body) };
  await fetch(`${bot.url}/webhooks/whatsapp`, { method: 'POST', headers, body });
}

async function inTeams(bot: Running, internet: Microsoft): Promise<void> {
  const conversation = { id: 'a:desk', conversationType: 'personal', tenantId: TEAMS.MICROSOFT_APP_TENANT_ID };
  internet.clear();
  for (const text of ['Tot wanneer mag ik werken, vraagt Amina Okafor?', 'Welche vaccinations, Jan de Vries?']) {
    await post(bot, activity({ conversation, text }));
  }
  await post(bot, activity({ type: 'invoke', name: 'adaptiveCard/action', value: { Amina: 'Okafor' }, conversation }));
  if (internet.messages().length < 2) throw new Error('Teams got no answers');
}
