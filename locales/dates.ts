import type { Language } from './languages.ts';

/** How each language writes dates: Gregorian months, the digits that its readers in the Netherlands expect. */
const INTL_LOCALE: Readonly<Record<Language, string>> = {
  en: 'en-GB-u-ca-gregory',
  nl: 'nl-NL-u-ca-gregory',
  ar: 'ar-u-ca-gregory-nu-latn',
  fr: 'fr-FR-u-ca-gregory',
  ru: 'ru-RU-u-ca-gregory',
  uk: 'uk-UA-u-ca-gregory',
  tr: 'tr-TR-u-ca-gregory',
  fa: 'fa-u-ca-gregory-nu-arabext',
};

/** A calendar day (`YYYY-MM-DD`) in words: 4 September 2023. */
export function formatDay(day: string, language: Language): string {
  const last = lastDays.get(language);
  if (last?.day === day) return last.text;
  const text = format(`${day}T00:00:00Z`, language, { day: 'numeric', month: 'long', year: 'numeric' });
  lastDays.set(language, { day, text });
  return text;
}

/** The day that was shown last in each language: mostly today. */
const lastDays = new Map<Language, { readonly day: string; readonly text: string }>();

/** A time on the clock (`YYYY-MM-DDTHH:MM`), whatever zone it is of, with its weekday. */
export function formatMinute(minute: string, language: Language): string {
  const day = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  return format(`${minute}:00Z`, language, { ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

const numberFormatters = new Map<Language, Intl.NumberFormat>();

/** A number in the digits of this language. */
export function formatNumber(value: number, language: Language): string {
  const formatter = numberFormatters.get(language) ?? new Intl.NumberFormat(INTL_LOCALE[language]);
  numberFormatters.set(language, formatter);
  return formatter.format(value);
}

const listFormatters = new Map<Language, Intl.ListFormat>();

/** "a, b or c" in this language. */
export function formatChoice(parts: readonly string[], language: Language): string {
  const formatter = listFormatters.get(language) ?? new Intl.ListFormat(INTL_LOCALE[language], { type: 'disjunction' });
  listFormatters.set(language, formatter);
  return formatter.format(parts);
}

/** Russian and Ukrainian put "year", shortened, behind it: at the end of a sentence its point would stand twice. */
const YEAR_SIGN = /[\s\u00A0\u202F][гр]\./u;

/** To make a formatter takes longer than to use it a hundred times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** The text is formatted in UTC on purpose: it is already the time that is meant. */
function format(iso: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  const key = `${language} ${Object.entries(options).join(' ')}`;
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(INTL_LOCALE[language], { ...options, timeZone: 'UTC' });
  formatters.set(key, formatter);
  return formatter.format(new Date(iso)).replace(YEAR_SIGN, '');
}
