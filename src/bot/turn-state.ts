import { ConversationState, type StoreItem, type TurnContext } from 'botbuilder';

/** The state as it was read in this turn, and the text of what is stored. */
interface Loaded {
  readonly state: StoreItem;
  readonly stored: string;
}

/**
 * The SDK's state of a conversation, read once a turn and written once where it has changed. A change is noticed by
 * the text of the state: the SDK hashes it three times a turn, which took a tenth of the turn.
 */
export class TurnState extends ConversationState {
  readonly #loaded = Symbol('loaded');

  override async load(context: TurnContext, force = false): Promise<StoreItem> {
    const loaded = this.#of(context);
    if (loaded && !force) return loaded.state;
    const key = await this.storageKey(context);
    const state = ((await this.storage.read([key]))[key] ?? {}) as StoreItem;
    context.turnState.set(this.#loaded, { state, stored: textOf(state) });
    return state;
  }

  override async saveChanges(context: TurnContext, force = false): Promise<void> {
    const loaded = this.#of(context);
    if (!loaded && !force) return;
    const state = loaded?.state ?? {};
    const text = textOf(state);
    if (!force && text === loaded?.stored) return;
    await this.storage.write({ [await this.storageKey(context)]: { ...state, eTag: '*' } });
    context.turnState.set(this.#loaded, { state, stored: text });
  }

  override async clear(context: TurnContext): Promise<void> {
    // Nothing that can be stored has an empty text: the empty state counts as changed.
    context.turnState.set(this.#loaded, { state: {}, stored: '' });
  }

  override async delete(context: TurnContext): Promise<void> {
    context.turnState.delete(this.#loaded);
    await this.storage.delete([await this.storageKey(context)]);
  }

  override get(context: TurnContext): StoreItem | undefined {
    return this.#of(context)?.state;
  }

  #of(context: TurnContext): Loaded | undefined {
    return context.turnState.get<Loaded>(this.#loaded);
  }
}

function textOf({ eTag: _version, ...state }: StoreItem): string {
  return JSON.stringify(state);
}
