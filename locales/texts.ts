import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next, { type i18n, type TFunction } from 'i18next';
import { formatNumber } from './dates.ts';
import { type Language, SOURCE_LANGUAGE } from './languages.ts';
import { NAMESPACES, type TextKey } from './namespaces.ts';

export type { TextKey } from './namespaces.ts';

/** What stands in the placeholders of a text. */
export type Values = Readonly<Record<string, string | number>>;

/** The sentences of one language. */
export interface Texts {
  readonly language: Language;
  /** The text of a key. Throws where the key does not exist: a person must never read a key. */
  say(key: TextKey, values?: Values): string;
  /** The text of a key that is put together from data; undefined where this key has none. */
  find(key: string, values?: Values): string | undefined;
  /** A list of texts, as the words for a command. */
  list(key: TextKey): readonly string[];
}

const shared: i18n = i18next.createInstance();
void shared.init({
  initAsync: false,
  lng: SOURCE_LANGUAGE,
  fallbackLng: false,
  ns: [...NAMESPACES],
  defaultNS: 'common',
  resources: {},
  // Texts go to several channels; each escapes what it shows in its own way.
  interpolation: { escapeValue: false },
});

/** The texts of a language, read from `locales/<language>/*.json` at the first call. */
export function textsOf(language: Language): Texts {
  if (!shared.hasResourceBundle(language, NAMESPACES[0])) readLanguage(language);
  const translate = shared.getFixedT(language) as TFunction;
  const untyped = translate as unknown as (key: string, values: Record<string, unknown>) => unknown;
  const find = (key: string, values: Values = {}) => {
    // The number chooses the plural form; what is shown are its digits in this language.
    const shown = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? formatNumber(value, language) : value]),
    );
    const text = shared.exists(key, { lng: language, ...values }) ? untyped(key, { ...values, replace: shown }) : undefined;
    return typeof text === 'string' ? text : undefined;
  };
  return {
    language,
    find,
    say(key, values = {}) {
      const text = find(key, values);
      if (text === undefined) throw new Error(`no text for ${key} in ${language}`);
      return text;
    },
    list(key) {
      const texts = untyped(key, { returnObjects: true });
      if (!Array.isArray(texts)) throw new Error(`no list for ${key} in ${language}`);
      return texts as string[];
    },
  };
}

function readLanguage(language: Language): void {
  for (const name of NAMESPACES) {
    const file = join(import.meta.dirname, language, `${name}.json`);
    shared.addResourceBundle(language, name, JSON.parse(readFileSync(file, 'utf8')));
  }
}
