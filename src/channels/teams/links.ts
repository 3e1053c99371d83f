import { calendarPath } from '../../calendar/address.ts';
import { timelinePath } from '../../timeline/address.ts';
import type { CardLinks } from './cards/parts.ts';
import { summaryPath } from './summary.ts';

/** The addresses that cards lead to, below the public address of the service (`https://bot.example.nl`). */
export function cardLinks(address: () => string): CardLinks {
  return {
    page: (about, language) => address() + summaryPath({ about, languages: [language] }),
    summary: (what) => address() + summaryPath(what),
    calendar: (language) => address() + calendarPath(language),
    timeline: (language, on, at) => address() + timelinePath(language, 'png', { on, at }),
  };
}
