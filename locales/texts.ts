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

const known = new Map<Language, Texts>();

/** The texts of a language, read from `locales/<language>/*.json` at the first call. */
export function textsOf(language: Language): Texts {
  const texts = known.get(language) ?? readTexts(language);
  known.set(language, texts);
  return texts;
}

function readTexts(language: Language): Texts {
  readLanguage(language);
  const translate = shared.getFixedT(language) as TFunction;
  const untyped = translate as unknown as (key: string, values: Record<string, unknown>) => unknown;
  const plural = new Intl.PluralRules(language);
  const templates = new Map<string, Template | typeof NO_TEXT>();

  function read(key: string, count: Record<string, number>): Template | undefined {
    if (!shared.exists(key, { lng: language, ...count })) return undefined;
    const text = untyped(key, { ...count, skipInterpolation: true });
    return typeof text === 'string' ? templateOf(text) : undefined;
  }

  /** The template of a key, in the plural form of a count. Each is looked up once: a turn needs dozens of them. */
  function template(key: string, count: string | number | undefined): Template | undefined {
    const form = typeof count === 'number' ? `${key} ${plural.select(count)}` : key;
    const known = templates.get(form) ?? read(key, typeof count === 'number' ? { count } : {}) ?? NO_TEXT;
    templates.set(form, known);
    return known === NO_TEXT ? undefined : known;
  }

  function find(key: string, values: Values = {}): string | undefined {
    const found = template(key, values['count']);
    if (!found) return undefined;
    let text = found.opening;
    for (const { name, after } of found.rest) text += shown(values[name]) + after;
    return text;
  }

  /** Numbers are shown in the digits of this language. */
  function shown(value: string | number | undefined): string {
    return typeof value === 'number' ? formatNumber(value, language) : (value ?? '');
  }

  return {
    language,
    find,
    say(key, values) {
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

/** Stands for a key that was looked up and has no text. */
const NO_TEXT = 'no text';

/** A text, cut at its placeholders. */
interface Template {
  readonly opening: string;
  readonly rest: readonly { readonly name: string; readonly after: string }[];
}

const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/u;

function templateOf(text: string): Template {
  // Splitting at a group gives texts and names in turn.
  const [opening = '', ...parts] = text.split(PLACEHOLDER);
  const rest = parts.flatMap((name, index) => (index % 2 === 0 ? [{ name, after: parts[index + 1] ?? '' }] : []));
  return { opening, rest };
}

function readLanguage(language: Language): void {
  for (const name of NAMESPACES) {
    const file = join(import.meta.dirname, language, `${name}.json`);
    shared.addResourceBundle(language, name, JSON.parse(readFileSync(file, 'utf8')));
  }
}
