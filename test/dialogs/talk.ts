import { type Activity, ActivityTypes, MemoryStorage, TestAdapter } from 'botbuilder';
import { instantFrom } from '../../knowledge/calendar/day.ts';
import { type Knowledge, loadKnowledge } from '../../knowledge/knowledge.ts';
import type { Language } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { Bot } from '../../src/bot/bot.ts';
import { createLinks } from '../../src/links.ts';

let loaded: Knowledge | undefined;

/** The real knowledge, loaded once for all tests of a file. */
export function knowledge(): Knowledge {
  loaded ??= loadKnowledge();
  return loaded;
}

/** A conversation with the real bot, without a channel. */
export interface Talk {
  /** Says something and gives back what the bot answered: the texts of its messages, with a line for the buttons. */
  say(text: string, more?: Partial<Activity>): Promise<string>;
  /** The buttons of the last message. */
  buttons(): string[];
  /** The last messages as they were sent. */
  last(): Partial<Activity>[];
  /** What is stored of the conversation. */
  stored(): string;
  readonly forgotten: string[];
  /** What was counted, as `name label label`. */
  readonly counted: string[];
  /** The questions that the person let the bot keep, by their ids. */
  readonly kept: Map<string, { readonly text: string; readonly topic: string; readonly language: string }>;
  /** Clicks on the thumb of the last answer that has one. */
  judge(thumb: 'up' | 'down'): Promise<string>;
}

/** Begins a conversation at a time, in a language of the channel, on a channel. */
export function talk(
  now = '2023-06-10T12:00',
  locale: Language = 'en',
  channelId = 'test',
  publicUrl: string | null = 'https://bot.example.org',
): Talk {
  const storage = new MemoryStorage();
  const forgotten: string[] = [];
  const counted: string[] = [];
  const kept: Talk['kept'] = new Map();
  const said = new Map<string, string>();
  const thumbs = { up: '', down: '' };
  const bot = new Bot({
    knowledge: knowledge(),
    storage,
    now: () => instantFrom(now, 'Europe/Amsterdam'),
    links: createLinks(publicUrl ?? undefined),
    observe: {
      answered: (topic, language) => counted.push(`answered ${topic} ${language}`),
      notUnderstood: (kind, language) => counted.push(`not-understood ${kind} ${language}`),
      judged: (topic, language, up) => counted.push(`judged ${topic} ${language} ${up ? 'up' : 'down'}`),
      inDialog: () => undefined,
    },
    questions: {
      recall: async (_context, message) => said.get(message),
      keep: async ({ id, ...question }) => void kept.set(id, question),
      drop: async (id) => void kept.delete(id),
    },
    forgetConversation: async (context) => {
      forgotten.push(context.activity.conversation.id);
    },
  });
  const adapter = new TestAdapter(bot.run, { channelId, locale });
  let last: Partial<Activity>[] = [];
  async function send(activity: Partial<Activity>): Promise<string> {
    adapter.activeQueue.length = 0;
    await adapter.receiveActivity(activity);
    last = [...adapter.activeQueue];
    for (const { entities = [] } of last) {
      const actions = (entities[0] as { potentialAction?: { '@id': string }[] } | undefined)?.potentialAction;
      if (actions) Object.assign(thumbs, { up: actions[0]?.['@id'], down: actions[1]?.['@id'] });
    }
    return last.map(({ text = '' }) => text).join('\n---\n');
  }
  return {
    forgotten,
    counted,
    kept,
    async say(text, more = {}) {
      const id = `talk|${String(said.size + 1).padStart(7, '0')}`;
      said.set(id, text);
      return send({ type: ActivityTypes.Message, text, locale, id, ...more });
    },
    judge: (thumb) =>
      send({
        type: ActivityTypes.Event,
        name: 'webchat:activity-status/feedback',
        entities: [{ type: 'x', '@id': thumbs[thumb] }],
      }),
    buttons: () => (last.at(-1)?.suggestedActions?.actions ?? []).map(({ title }) => title),
    last: () => last,
    stored: () => JSON.stringify((storage as unknown as { memory: object }).memory),
  };
}

/** The words on a button of a dialog's question. */
export function option(flow: string, question: string, id: string, language: Language = 'en'): string {
  const text = textsOf(language).find(`flows:${flow}.questions.${question}.options.${id}`, {});
  if (!text) throw new Error(`no option ${flow}.${question}.${id}`);
  return text;
}
