import type { Language } from '../../locales/languages.ts';

/** Where the calendar file of a language is on this server. */
export function calendarPath(language: Language): string {
  return `/calendar/${language}.ics`;
}
