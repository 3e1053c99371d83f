import type { StatePropertyAccessor, TurnContext } from 'botbuilder';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Language } from '../locales/languages.ts';
import type { Memory } from './memory.ts';
import type { Presenter } from './presenter.ts';

/** What the dialogs need of the world. */
export interface DialogServices {
  readonly knowledge: Knowledge;
  /** The time it is, by the clock of the service. */
  readonly now: () => Date;
  readonly memory: StatePropertyAccessor<Memory>;
  /** How the channel of this turn shows what the bot says. */
  readonly presenterOf: (context: TurnContext) => Presenter;
  /** Deletes everything that is kept of the conversation of this turn. */
  readonly forget: (context: TurnContext) => Promise<void>;
  /** Where the calendar file in a language is, for the channel of this turn; undefined where it cannot be reached from there. */
  readonly calendarAddress?: ((context: TurnContext, language: Language) => string | undefined) | undefined;
}

/** The memory of the conversation of this turn, empty at first. */
export function memoryOf(context: TurnContext, services: DialogServices): Promise<Memory> {
  return services.memory.get(context, {});
}
