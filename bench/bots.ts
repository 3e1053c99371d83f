import { ActivityHandler, type TurnContext } from 'botbuilder';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { Bot } from '../src/bot/bot.ts';
import { createQuestionKeeper } from '../src/feedback/questions.ts';
import { createTally } from '../src/feedback/tally.ts';
import { createLinks } from '../src/links.ts';
import { createLog } from '../src/operations/log.ts';
import { botStorage } from '../src/stores/bot-storage.ts';
import type { Store } from '../src/stores/store.ts';
import { forgetFeed } from '../src/stores/turn-changes.ts';
import { noting } from '../src/telemetry/turn-notes.ts';

export type Run = (context: TurnContext) => Promise<void>;

/** The echo bot of the SDK's first sample: it says back what it hears, and remembers nothing. */
export function echoBot(): Run {
  const bot = new ActivityHandler();
  bot.onMessage(async (context, next) => {
    await context.sendActivity(`Echo: ${context.activity.text}`);
    await next();
  });
  return (context) => bot.run(context);
}

/** The bot of this project over a store. */
export function ownBot(knowledge: Knowledge, store: Store): Run {
  return new Bot({
    knowledge,
    storage: botStorage(store),
    now: () => new Date('2023-06-10T10:00:00Z'),
    links: createLinks(undefined),
    observe: noting(createTally(store, createLog('silent'))),
    questions: createQuestionKeeper(store),
    forgetConversation: (context) => forgetFeed(store, context.activity.conversation.id),
  }).run;
}
