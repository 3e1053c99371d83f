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
}

/** Begins a conversation at a time, in a language of the channel. */
export function talk(now = '2023-06-10T12:00', locale: Language = 'en'): Talk {
  const storage = new MemoryStorage();
  const forgotten: string[] = [];
  const bot = new Bot({
    knowledge: knowledge(),
    storage,
    now: () => instantFrom(now, 'Europe/Amsterdam'),
    links: createLinks('https://bot.example.org/'),
    forgetConversation: async (context) => {
      forgotten.push(context.activity.conversation.id);
    },
  });
  const adapter = new TestAdapter(bot.run, { channelId: 'test', locale });
  let last: Partial<Activity>[] = [];
  return {
    forgotten,
    async say(text, more = {}) {
      adapter.activeQueue.length = 0;
      await adapter.receiveActivity({ type: ActivityTypes.Message, text, locale, ...more });
      last = [...adapter.activeQueue];
      return last.map(({ text: said = '' }) => said).join('\n---\n');
    },
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
