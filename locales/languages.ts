/** The languages that every sentence exists in, with the direction they are written in. English is the one that others are made from. */
export const LANGUAGES = {
  en: { direction: 'ltr' },
  nl: { direction: 'ltr' },
  ar: { direction: 'rtl' },
  fr: { direction: 'ltr' },
  ru: { direction: 'ltr' },
  uk: { direction: 'ltr' },
  tr: { direction: 'ltr' },
  fa: { direction: 'rtl' },
} as const satisfies Record<string, { direction: 'ltr' | 'rtl' }>;

export type Language = keyof typeof LANGUAGES;
export const LANGUAGE_CODES = Object.keys(LANGUAGES) as Language[];
export const SOURCE_LANGUAGE: Language = 'en';

export function isLanguage(code: string | undefined): code is Language {
  return code !== undefined && Object.hasOwn(LANGUAGES, code);
}
