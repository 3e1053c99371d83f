import Fuse from 'fuse.js';
import { asciiDigits } from '../knowledge/matching/digits.ts';
import { wordsOf } from '../knowledge/matching/normalise.ts';
import { LANGUAGE_CODES, type Language } from '../locales/languages.ts';
import { type TextKey, type Texts, textsOf } from '../locales/texts.ts';

/** Words that mean the same thing at any time, in every language at once: a person may fall back on another one. */
export type Command = 'back' | 'stop' | 'start-again' | 'unknown' | 'why-ask' | 'why' | 'yes' | 'no' | 'help' | 'today' | FollowUp;

/** Questions that only make sense after an answer. */
export type FollowUp = 'follow-after' | 'follow-when' | 'follow-where' | 'follow-who';

/** How unlike a typed text may be to the label that is meant (0 is equal): one or two typos in a short label. */
const TYPO_TOLERANCE = 0.25;
const LONGEST_LABEL = 60;
/** Fuse looks at a longer text in pieces, of which one may be enough. */
const LONGEST_WHOLE = 32;

/** A text as it is compared: only its words. */
export function plain(text: string): string {
  return wordsOf(text).join(' ');
}

/** Is the whole message this command? */
export function isCommand(text: string, command: Command): boolean {
  return commandWords(command).has(plain(text));
}

const commandCache = new Map<Command, ReadonlySet<string>>();

function commandWords(command: Command): ReadonlySet<string> {
  const cached = commandCache.get(command);
  if (cached) return cached;
  const button = `chat:button.${command}`;
  const words = LANGUAGE_CODES.flatMap((language) => {
    const texts = textsOf(language);
    return [...texts.list(`chat:command.${command}` as TextKey), ...[texts.find(button) ?? []].flat()];
  });
  const set = new Set(words.map(plain));
  commandCache.set(command, set);
  return set;
}

const buttons = new Map<string, string>();

/** Is the whole message what a button says in this language? */
export function isButton(text: string, key: TextKey, { language, say }: Texts): boolean {
  const name = `${language} ${key}`;
  const words = buttons.get(name) ?? plain(say(key));
  buttons.set(name, words);
  return plain(text) === words;
}

/** Something that can be chosen, with the labels under which a person may name it. */
export interface Choice<Value> {
  readonly value: Value;
  readonly labels: readonly string[];
}

/** The choice that a message means: by its number, its label, or its label with a typo. */
export function chosenFrom<Value>(text: string, choices: readonly Choice<Value>[]): Value | undefined {
  const words = plain(text);
  if (words === '' || text.length > LONGEST_LABEL) return undefined;
  const number = /^\d{1,2}$/u.exec(asciiDigits(text).trim().replace(/[.)]$/u, ''));
  if (number) return choices[Number(number[0]) - 1]?.value;
  const all = labelled(choices);
  const exact = all.find(({ label }) => label === words);
  if (exact) return exact.value;
  const alike = all.filter((one) => mayMean(words, one));
  if (alike.length === 0) return undefined;
  const found = new Fuse(alike, { keys: ['label'], threshold: TYPO_TOLERANCE, ignoreLocation: true, includeScore: true }).search(words);
  const [best, second] = found;
  const ambiguous = best && second && second.item.value !== best.item.value && (second.score ?? 1) - (best.score ?? 0) < 0.05;
  return ambiguous ? undefined : best?.item.value;
}

/** A label as it is compared, with its letters and what it stands for. */
interface Labelled<Value> {
  readonly value: Value;
  readonly label: string;
  readonly letters: ReadonlySet<string>;
}

/** Can a typed text be this label with a few typos? Only those are looked at closely, which takes a hundred times as long. */
function mayMean(words: string, { label, letters }: Labelled<unknown>): boolean {
  // A short text is found inside every longer label: only labels of about its own length are meant by it.
  if (Math.abs(label.length - words.length) > 2 + words.length / 5) return false;
  if (words.length > LONGEST_WHOLE) return true;
  // Each letter that the label does not have is a typo of its own.
  let strange = 0;
  for (let at = 0; at < words.length; at += 1) if (!letters.has(words[at] ?? '')) strange += 1;
  return strange <= words.length * TYPO_TOLERANCE;
}

const knownLabels = new WeakMap<readonly Choice<unknown>[], readonly Labelled<unknown>[]>();

function labelled<Value>(choices: readonly Choice<Value>[]): readonly Labelled<Value>[] {
  const found = knownLabels.get(choices) ?? choices.flatMap(({ value, labels }) => labels.map((label) => labelOf(value, plain(label))));
  knownLabels.set(choices, found);
  return found as readonly Labelled<Value>[];
}

function labelOf<Value>(value: Value, label: string): Labelled<Value> {
  // Typos are counted in UTF-16 units, so the letters are too.
  return { value, label, letters: new Set(label.split('')) };
}

let choices: Choice<Language>[] | undefined;

/** The names under which a person may know a language: its own, and the one in every language of the bot. */
export function languageChoices(): Choice<Language>[] {
  choices ??= LANGUAGE_CODES.map((value) => {
    const names = LANGUAGE_CODES.map((inLanguage) => languageName(value, inLanguage));
    return { value, labels: [...new Set([value, textsOf(value).say('common:language-name'), ...names])] };
  });
  return choices;
}

/** The same without the codes: "fa" or "tr" in a sentence is no name of a language. */
function namedChoices(): Choice<Language>[] {
  named ??= languageChoices().map((choice) => ({ ...choice, labels: choice.labels.filter((label) => label.length > 2) }));
  return named;
}
let named: Choice<Language>[] | undefined;

/** The language that a message asks for: its name alone, or in a sentence as "can you speak Arabic?". */
export function languageAskedFor(text: string): Language | undefined {
  const words = plain(text);
  if (words === '' || text.length > LONGEST_LABEL) return undefined;
  const whole = chosenFrom(text, namedChoices());
  if (whole && !/^\p{Nd}+$/u.test(text.trim())) return whole;
  for (const { before, after } of askSentences()) {
    if (!words.startsWith(before) || !words.endsWith(after) || words.length < before.length + after.length) continue;
    const middle = words.slice(before.length, words.length - after.length);
    const named = labelled(namedChoices()).find(({ label }) => isName(middle, label));
    if (named) return named.value;
  }
  return undefined;
}

/** A sentence that asks for a language, cut at its name. */
interface Ask {
  readonly before: string;
  readonly after: string;
}

let knownAsks: readonly Ask[] | undefined;

function askSentences(): readonly Ask[] {
  knownAsks ??= LANGUAGE_CODES.flatMap((inLanguage) =>
    textsOf(inLanguage)
      .list('chat:command.language')
      .map((sentence): Ask => {
        const [before = '', after = ''] = sentence.split('{{language}}').map(plain);
        return { before: before && `${before} `, after: after && ` ${after}` };
      }),
  );
  return knownAsks;
}

/** Russian, Ukrainian and Turkish change the end of a name: на русском, Türkçeye. So much of it has to stay. */
const LONGEST_ENDING = 3;
const SHORTEST_STEM = 4;

function isName(word: string, name: string): boolean {
  if (word === name) return true;
  const stem = name.slice(0, Math.max(SHORTEST_STEM, name.length - LONGEST_ENDING));
  return !word.includes(' ') && name.length > SHORTEST_STEM && word.startsWith(stem) && word.length <= name.length + LONGEST_ENDING;
}

/** The language named anywhere in a message that is known to ask for another language. */
export function languageNamedIn(text: string): Language | undefined {
  const names = namedChoices();
  const words = plain(text).split(' ');
  for (const word of words) {
    const forms = [word, word.replace(/^(?:ب?ال|ب|ل)(?=\p{Script=Arabic}{3})/u, ''), word.replace(/^بال|^ب/u, 'ال')];
    const found = labelled(names).find(({ label }) => forms.includes(label));
    if (found) return found.value;
  }
  return words.map((word) => (word.length > 4 ? chosenFrom(word, names) : undefined)).find((found) => found !== undefined);
}

function languageName(language: Language, inLanguage: Language): string {
  return new Intl.DisplayNames(inLanguage, { type: 'language' }).of(language) ?? language;
}
