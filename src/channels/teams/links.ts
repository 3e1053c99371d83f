import type { About } from '../../../dialogs/memory.ts';
import type { Language } from '../../../locales/languages.ts';
import type { CardLinks } from './cards/parts.ts';
import type { Shown } from './cards/shown.ts';

/** The addresses that cards lead to, below the public address of the service (`https://bot.example.nl`). */
export function cardLinks(address: () => string): CardLinks {
  return {
    page: (about, language) =>
      'topic' in about ? `${address()}/faq/${language}#${about.topic}` : summaryAddress(address(), { about, languages: [language] }),
    summary: (what) => summaryAddress(address(), what),
  };
}

/** The address says all that the page shows, as ids: nothing of it is kept, and it names no person. */
function summaryAddress(base: string, { about, languages }: { about: About; languages: Shown['languages'] | readonly [Language] }): string {
  if ('topic' in about) return `${base}/faq/${languages[0]}#${about.topic}`;
  const { flow, outcome, day, answers } = about.result;
  const given = answers.map(({ question, option, day: named }) => `${question}.${named ?? option}`).join('~');
  return `${base}/summary/${flow}/${outcome}?${new URLSearchParams({ day, given, in: languages.join('~') })}`;
}
