import type { About } from '../../../../dialogs/memory.ts';
import type { CalendarDay } from '../../../../knowledge/calendar/day.ts';
import type { Knowledge } from '../../../../knowledge/knowledge.ts';
import type { PlaceId } from '../../../../knowledge/timeline/places.ts';
import type { Language } from '../../../../locales/languages.ts';
import type { Shown } from './shown.ts';

/** Addresses that a card leads to, whole: Teams opens no relative ones. */
export interface CardLinks {
  /** The same content as a page in one language. */
  page(about: About, language: Language): string;
  /** What a card shows, as a page that can be printed and forwarded. */
  summary(what: Shown): string;
  /** The days that lie ahead, as a calendar file. */
  calendar(language: Language): string;
  /** The picture of the procedure, with the place of a person in it. */
  timeline(language: Language, day: CalendarDay, place: PlaceId): string;
}

/** What cards are made from. */
export interface CardParts {
  readonly knowledge: Knowledge;
  /** The time it is, by the clock of the service. */
  readonly now: () => Date;
  readonly links: CardLinks;
}
