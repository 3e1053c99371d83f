import { type Activity, ActivityTypes, BotAdapter, type ConversationReference, type ResourceResponse, TurnContext } from 'botbuilder';
import { turnUnderWay } from '../../stores/turn-changes.ts';
import type { Feed } from './feed.ts';

const LONGEST_DELAY = 5_000;
const BOT = { id: 'bot', name: 'bot', role: 'bot' };

/**
 * The Bot Framework adapter of the self-hosted Direct Line: what the bot sends goes into the feed of the conversation,
 * in a turn whose changes are gathered together with its end.
 */
export class DirectLineAdapter extends BotAdapter {
  readonly #feed: Feed;

  constructor(feed: Feed) {
    super();
    this.#feed = feed;
  }

  /** Runs one turn for an activity that stands in the feed already, or that nobody has to see. */
  async process(activity: Activity, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    await this.runMiddleware(new TurnContext(this, { ...activity, recipient: BOT }), logic);
  }

  override async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const sent: ResourceResponse[] = [];
    for (const activity of activities) sent.push(await this.#send(activity));
    return sent;
  }

  async #send(activity: Partial<Activity>): Promise<ResourceResponse> {
    if (activity.type === 'delay') {
      await new Promise((done) => setTimeout(done, Math.min(Number(activity.value) || 0, LONGEST_DELAY)));
      return { id: '' };
    }
    // Traces are for emulators, invoke responses for callers that wait: neither belongs in a person's feed.
    if (activity.type === ActivityTypes.Trace || activity.type === ActivityTypes.InvokeResponse) return { id: '' };
    const conversation = activity.conversation?.id;
    if (!conversation) throw new Error('the activity names no conversation');
    const said = { ...activity, channelId: 'directline', from: BOT, timestamp: new Date().toISOString() as unknown as Date };
    const turn = turnUnderWay();
    if (!turn) return { id: (await this.#feed.append(conversation, said)).id };
    turn.said.push(said);
    // It gets its id with its place in the feed, at the end of the turn.
    return { id: '' };
  }

  override updateActivity(): Promise<ResourceResponse | undefined> {
    return Promise.reject(new Error('Direct Line has no way to change a message that was sent'));
  }

  override deleteActivity(): Promise<void> {
    return Promise.reject(new Error('Direct Line has no way to delete a message that was sent'));
  }

  override async continueConversation(
    reference: Partial<ConversationReference>,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    const activity = TurnContext.applyConversationReference({ type: ActivityTypes.Event, name: 'continueConversation' }, reference, true);
    await this.runMiddleware(new TurnContext(this, activity), logic);
  }
}
