import type { CalendarDay } from '../../knowledge/calendar/day.ts';
import type { PlaceId } from '../../knowledge/timeline/places.ts';
import type { Language } from '../../locales/languages.ts';

/** Where the picture of the procedure is on this server: of today, or of a day with the place of a person in it. */
export function timelinePath(language: Language, format: 'svg' | 'png', of?: { readonly on: CalendarDay; readonly at: PlaceId }): string {
  return `/timeline/${language}.${format}${of ? `?${new URLSearchParams(of)}` : ''}`;
}
