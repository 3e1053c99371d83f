import type { TurnContext } from 'botbuilder';
import type { Language } from '../../locales/languages.ts';

/** Where the calendar file of a language is on this server. */
export function calendarPath(language: Language): string {
  return `/calendar/${language}.ics`;
}

/** The channel of the service's own page, which knows what an address without a host means. */
const OWN_CHANNEL = 'directline';

/**
 * Tells a conversation where the calendar file is. Without `PUBLIC_URL` only the service's own page can follow a link
 * to it: in any other app an address without a host leads nowhere.
 */
export function calendarAddress(publicUrl: string | undefined): (context: TurnContext, language: Language) => string | undefined {
  return ({ activity }, language) => {
    if (publicUrl !== undefined) return `${publicUrl}${calendarPath(language)}`;
    return activity.channelId === OWN_CHANNEL ? calendarPath(language) : undefined;
  };
}
