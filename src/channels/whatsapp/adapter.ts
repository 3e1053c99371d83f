import { type Activity, ActivityTypes, BotAdapter, type ResourceResponse, TurnContext } from 'botbuilder';
import { asciiDigits } from '../../../knowledge/matching/digits.ts';
import { optionIn } from './messages.ts';

const SAID = Symbol('what the bot said in this turn');
const BOT = { id: 'bot', name: 'bot' };

/** What a turn works on: the conversation, the message's id and its text; no name and no number. */
export interface IncomingTurn {
  readonly conversation: string;
  readonly id: string;
  readonly text: string;
  /** The mark of the guard, where it has cut something out of the text. */
  readonly channelData?: object;
  /** The language to apologise in, where a turn fails before the bot could choose one. */
  readonly locale?: string | undefined;
}

/** The Bot Framework adapter of WhatsApp: a turn gathers what the bot says, and the caller sends it when the turn is done. */
export class WhatsAppAdapter extends BotAdapter {
  /** Runs one turn and returns the messages that the bot wants to send. Throws what the turn throws. */
  async process(
    { conversation, id, text, locale, channelData }: IncomingTurn,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<Partial<Activity>[]> {
    const context = new TurnContext(this, {
      type: ActivityTypes.Message,
      channelId: 'whatsapp',
      id,
      text,
      ...(locale !== undefined && { locale }),
      ...(channelData && { channelData }),
      from: { id: conversation, name: '', role: 'user' },
      recipient: BOT,
      conversation: { id: conversation, isGroup: false, conversationType: 'personal', name: '' },
      timestamp: new Date(),
    } as Partial<Activity>);
    const said: Partial<Activity>[] = [];
    // In the turn's state: middleware gets a proxy of the context, which is not the same object.
    context.turnState.set(SAID, said);
    await this.runMiddleware(context, logic);
    return said;
  }

  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    // Signals to the page, traces and delays have no place in WhatsApp.
    (context.turnState.get(SAID) as Partial<Activity>[]).push(...activities.filter(({ type }) => type === ActivityTypes.Message));
    return activities.map(() => ({ id: '' }));
  }

  override updateActivity(): Promise<ResourceResponse | undefined> {
    return Promise.reject(new Error('WhatsApp has no way to change a message that was sent'));
  }

  override deleteActivity(): Promise<void> {
    return Promise.reject(new Error('WhatsApp has no way to delete a message that was sent'));
  }

  override continueConversation(): Promise<void> {
    return Promise.reject(new Error('the bot writes on WhatsApp only when it was asked'));
  }
}

/**
 * What a person means: the option that was tapped, the option whose number was typed, or the text as it is. The id
 * decides over the title; an id that is not ours says nothing.
 */
export function meantText(text: string, tapped: string | undefined, options: readonly string[]): string {
  const option = tapped === undefined ? undefined : optionIn(tapped);
  if (option !== undefined) return option;
  const number = /^(\d{1,2})[.)]?$/u.exec(asciiDigits(text));
  return (number && options[Number(number[1]) - 1]) ?? text;
}
