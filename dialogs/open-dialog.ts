import type { StatePropertyAccessor, TurnContext } from 'botbuilder';
import type { DialogContext, DialogSet, DialogState } from 'botbuilder-dialogs';

/**
 * The dialog that is under way in a conversation, if one is. The SDK's dialog context is made only where a dialog has
 * something to do: most messages are questions outside of one, and making it takes longer than answering them.
 */
export class OpenDialog {
  readonly turn: TurnContext;
  readonly #dialogs: DialogSet;
  readonly #state: DialogState;
  #dc: Promise<DialogContext> | undefined;

  private constructor(turn: TurnContext, dialogs: DialogSet, state: DialogState) {
    this.turn = turn;
    this.#dialogs = dialogs;
    this.#state = state;
  }

  /** Reads from the state of the conversation what is under way. */
  static async of(turn: TurnContext, dialogs: DialogSet, state: StatePropertyAccessor<DialogState>): Promise<OpenDialog> {
    return new OpenDialog(turn, dialogs, await state.get(turn, { dialogStack: [] }));
  }

  /** The id of the dialog; undefined where none is under way. */
  get id(): string | undefined {
    return this.#state.dialogStack.at(-1)?.id;
  }

  /** The context in which the SDK runs dialogs. It works on the same state. */
  dc(): Promise<DialogContext> {
    this.#dc ??= this.#dialogs.createContext(this.turn);
    return this.#dc;
  }

  /** Ends what is under way. */
  async cancel(): Promise<void> {
    if (this.id !== undefined) await (await this.dc()).cancelAllDialogs();
  }
}
