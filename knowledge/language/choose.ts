import { wordsOf } from '../matching/normalise.ts';
import type { DetectedLanguage } from './detect.ts';

/** What is known of the language of a conversation before a message is read. */
export interface LanguageSituation {
  /** The person chose this one; nothing that is detected overrides it. */
  readonly chosen?: string | undefined;
  /** The language of the last answer. */
  readonly current?: string | undefined;
  /** What the channel says of the person, as `nl-NL`. */
  readonly channel?: string | undefined;
  readonly supported: readonly string[];
}

const DEFAULT_LANGUAGE = 'en';

/** A first message is followed easily; a conversation under way changes its language only for a clear, longer message. */
const SURE_AT_FIRST = 0.6;
const SURE_LATER = 0.9;
const WORDS_TO_CHANGE = 3;
const LATIN = /\p{Script=Latin}/u;

/**
 * The language to answer in. An explicit choice wins; then what the text shows, unless it is too short or too
 * mixed to leave the language of the conversation; then the language of the channel; then English.
 */
export function chooseLanguage(detected: DetectedLanguage | undefined, text: string, situation: LanguageSituation): string {
  const { chosen, current, supported } = situation;
  if (chosen) return chosen;
  const channel = supportedLanguage(situation.channel, supported);
  const before = current ?? channel;
  if (!detected) return before ?? DEFAULT_LANGUAGE;
  // A word in another script is no borrowed term: nobody writes Arabic letters by accident, which language they are or not.
  if (before === undefined || !canBeWrittenIn(before, text)) return detected.language;
  const enoughWords = wordsOf(text).length >= WORDS_TO_CHANGE || !LATIN.test(text);
  return detected.probability >= (current ? SURE_LATER : SURE_AT_FIRST) && enoughWords ? detected.language : before;
}

/** Does a text hold letters of the script that a language is written in? Other languages are also typed in Latin letters. */
function canBeWrittenIn(language: string, text: string): boolean {
  return LATIN.test(text) || scriptOf(language).test(text) || !/\p{L}/u.test(text);
}

const scripts = new Map<string, RegExp>();

function scriptOf(language: string): RegExp {
  const script = scripts.get(language) ?? new RegExp(`\\p{Script=${new Intl.Locale(language).maximize().script ?? 'Latn'}}`, 'u');
  scripts.set(language, script);
  return script;
}

/** The supported language that a locale such as `ar-EG` means, if any. */
export function supportedLanguage<L extends string>(locale: string | undefined, supported: readonly L[]): L | undefined {
  const language = locale?.toLowerCase().split(/[-_]/u)[0];
  return supported.find((one) => one === language);
}
