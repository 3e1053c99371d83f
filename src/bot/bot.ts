import { ActivityTypes, type StatePropertyAccessor, type Storage, type TurnContext } from 'botbuilder';
import { Conversation } from '../../dialogs/conversation.ts';
import type { Memory } from '../../dialogs/memory.ts';
import { messagePresenter, type Presenter } from '../../dialogs/presenter.ts';
import type { Links, Observer, QuestionKeeper } from '../../dialogs/services.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { note, type TurnNotes } from '../telemetry/turn-notes.ts';
import { TurnState } from './turn-state.ts';

const FORGOTTEN = 'forgotten';
/** The event that Web Chat sends for a click on a thumb. */
const JUDGED = 'webchat:activity-status/feedback';

export interface BotParts {
  readonly knowledge: Knowledge;
  readonly storage: Storage;
  /** The time it is, by the clock of the service. */
  readonly now: () => Date;
  readonly links: Links;
  readonly observe: Observer;
  readonly questions: QuestionKeeper;
  /** How each channel shows what the bot says; messages with suggested actions where it is missing. */
  readonly presenterOf?: ((context: TurnContext) => Presenter) | undefined;
  /** Deletes what the channel keeps of a conversation: its feed. */
  readonly forgetConversation: (context: TurnContext) => Promise<void>;
}

/** What a turn does with a conversation. */
export type Turn = (conversation: Conversation, memory: Memory) => Promise<void>;

/** Forgets a conversation in this turn: nothing of it is written back. */
export function forgetAfterTurn(context: TurnContext): void {
  context.turnState.set(FORGOTTEN, true);
}

/** The bot: the same for every channel. Loads the state of the conversation, runs the turn, saves the state. */
export class Bot {
  readonly #state: TurnState;
  readonly #memory: StatePropertyAccessor<Memory>;
  readonly #conversation: Conversation;

  constructor({ storage, presenterOf = () => messagePresenter, forgetConversation, ...services }: BotParts) {
    this.#state = new TurnState(storage);
    this.#memory = this.#state.createProperty('memory');
    this.#conversation = new Conversation(this.#state, {
      ...services,
      memory: this.#memory,
      presenterOf,
      forget: async (context) => {
        forgetAfterTurn(context);
        await forgetConversation(context);
      },
    });
  }

  /** Runs one turn. */
  run = (context: TurnContext): Promise<void> => this.turn(context, () => this.#dispatch(context));

  /** Runs the work of a channel as a turn: with the conversation and its memory, which are saved afterwards. */
  turn = async (context: TurnContext, work: Turn): Promise<void> => {
    const memory = await this.#memory.get(context, {});
    await work(this.#conversation, memory);
    note({ kind: kindOf(context), language: memory.language });
    // After "delete my data" nothing of this turn may be written back.
    if (wasForgotten(context)) {
      note({ forgotten: true });
      await this.#state.delete(context);
    } else await this.#state.saveChanges(context);
  };

  async #dispatch(context: TurnContext): Promise<void> {
    const { activity } = context;
    if (activity.type === ActivityTypes.Message) return this.#conversation.message(context);
    if (activity.type === ActivityTypes.ConversationUpdate && personJoined(context)) return this.#conversation.welcome(context);
    if (activity.type === ActivityTypes.Event && activity.name === JUDGED) return this.#conversation.judge(context);
    if (activity.type === ActivityTypes.Event && activity.name === 'language') {
      return this.#conversation.chooseLanguage(context, (activity.value as { language?: string } | undefined)?.language);
    }
  }
}

/** Did the person have everything deleted in this turn? */
function wasForgotten(context: TurnContext): boolean {
  return context.turnState.get(FORGOTTEN) === true;
}

/** What a turn is where nothing more is known of it. An invoke is answered later, whatever it was. */
function kindOf({ activity, responded }: TurnContext): TurnNotes['kind'] {
  const { type } = activity;
  if (!responded && type !== ActivityTypes.Invoke) return 'nothing';
  return type === ActivityTypes.ConversationUpdate || type === ActivityTypes.InstallationUpdate ? 'welcome' : 'command';
}

function personJoined({ activity }: TurnContext): boolean {
  return (activity.membersAdded ?? []).some((member) => member.id !== activity.recipient?.id);
}
