import { ActivityTypes, type TurnContext } from 'botbuilder';
import { sayInstead } from '../../../dialogs/activities.ts';
import { type Bot, forgetAfterTurn } from '../../bot/bot.ts';
import type { Logger } from '../../operations/log.ts';
import { note } from '../../telemetry/turn-notes.ts';
import { localeOf, wordsFor } from './incoming.ts';
import { answerInvoke, failedInvoke, type InvokeParts } from './invokes.ts';

/** What a mention alone asks for. */
const ONLY_MENTIONED = 'help';

/** One turn in Teams: a message, a button, a search, or that the app came or went. */
export function teamsTurn(bot: Bot, parts: InvokeParts, log: Logger) {
  async function message(context: TurnContext): Promise<void> {
    const words = wordsFor(context.activity);
    if (words === undefined) return;
    sayInstead(context, words === '' && !context.activity.attachments?.length ? ONLY_MENTIONED : words);
    await context.sendActivity({ type: ActivityTypes.Typing });
    await bot.turn(context, (conversation) => conversation.message(context));
  }

  async function invoke(context: TurnContext): Promise<void> {
    let value = failedInvoke(context.activity.name);
    try {
      await bot.turn(context, async (conversation, memory) => {
        value = await answerInvoke(context, conversation, memory, parts);
      });
    } catch (error) {
      log.error({ channel: 'teams', error: (error as Error).name }, 'an invoke failed');
      note({ failed: true });
      value = failedInvoke(context.activity.name);
    }
    await context.sendActivity({ type: ActivityTypes.InvokeResponse, value });
  }

  async function installation(context: TurnContext): Promise<void> {
    const { action } = context.activity;
    // A new version of the app is no reason to greet again.
    if (action === 'add') await bot.turn(context, (conversation) => conversation.welcome(context));
    if (action === 'remove') await bot.turn(context, async () => forgetAfterTurn(context));
  }

  return async (context: TurnContext): Promise<void> => {
    const locale = localeOf(context.activity);
    if (locale !== undefined) context.activity.locale = locale;
    if (context.activity.type === ActivityTypes.Message) await message(context);
    else if (context.activity.type === ActivityTypes.Invoke) await invoke(context);
    else if (context.activity.type === ActivityTypes.InstallationUpdate) await installation(context);
  };
}
