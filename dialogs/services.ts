import type { StatePropertyAccessor, TurnContext } from 'botbuilder';
import type { CalendarDay } from '../knowledge/calendar/day.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { PlaceId } from '../knowledge/timeline/places.ts';
import type { Language } from '../locales/languages.ts';
import type { Memory } from './memory.ts';

/** An image that a channel can open. */
export interface ImageLink {
  readonly address: string;
  readonly contentType: 'image/svg+xml' | 'image/png';
}

/** Where a channel finds what the service serves; undefined where it can open none. */
export interface Links {
  /** The picture of the procedure on a day, with the place of the person. */
  timeline(channelId: string, language: Language, on: CalendarDay, at: PlaceId): ImageLink | undefined;
}

/** What the dialogs need of the world. */
export interface DialogServices {
  readonly knowledge: Knowledge;
  /** The time it is, by the clock of the service. */
  readonly now: () => Date;
  readonly links: Links;
  readonly memory: StatePropertyAccessor<Memory>;
  /** Deletes everything that is kept of the conversation of this turn. */
  readonly forget: (context: TurnContext) => Promise<void>;
}

/** The memory of the conversation of this turn, empty at first. */
export function memoryOf(context: TurnContext, services: DialogServices): Promise<Memory> {
  return services.memory.get(context, {});
}
