import { asciiDigits } from './digits.ts';

const ARABIC_MARKS = /[\u064B-\u065F\u0670\u06D6-\u06ED\u0640]/gu;
const LATIN_MARKS = /(\p{Script=Latin})\p{M}+/gu;
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;
const APOSTROPHES = /[’‘ʼʻ`´']/gu;
/** French writes a short word onto the next one (l'avocat, j'ai), Turkish an ending onto a name (IND'den): two words each. */
const ELISION = /(?<!\p{L})(l|d|j|n|m|t|s|c|qu|jusqu|lorsqu|puisqu|quelqu)'(?=\p{Script=Latin})/gu;
const ENDING = /(\p{Script=Latin}{2})'(?!(?:t|s|re|ve|ll|d|m)(?!\p{L}))(?=\p{Script=Latin})/gu;
const ENDING_OF_NUMBER = /(\d)'(?=\p{Script=Latin})/gu;
const LONG_REPEATS = /(\p{L})\1{2,}/gu;
const DT_AND_V = /\bdt\s*(?:&|en|and|\/|-)?\s*v\b/gu;
const BEYOND_ASCII = /\P{ASCII}/u;

/** Letters that one word is written with in several ways, folded into one of them. */
const FOLDED: Readonly<Record<string, string>> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ئ: 'ي',
  ؤ: 'و',
  ة: 'ه',
  ک: 'ك',
  ھ: 'ه',
  ۀ: 'ه',
  ё: 'е',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ə: 'e',
};
const FOLDED_LETTERS = new RegExp(`[${Object.keys(FOLDED).join('')}]`, 'gu');

/**
 * Brings a text into the one form in which it is compared: lower case, without diacritics, with one spelling
 * for letters that vary, ASCII digits, and no letter more than twice in a row ("pleaaase").
 */
export function normalise(text: string): string {
  // Most steps change nothing in a text of plain letters.
  const plain = !BEYOND_ASCII.test(text);
  let form = plain ? text.toLowerCase() : lowerCase(text);
  form = form.replace(APOSTROPHES, "'");
  if (!plain) form = form.replace(ARABIC_MARKS, '').normalize('NFD').replace(LATIN_MARKS, '$1');
  if (form.includes("'")) {
    form = form.replace(ELISION, '$1 ').replace(ENDING, '$1 ').replace(ENDING_OF_NUMBER, '$1 ').replaceAll("'", '');
  }
  if (!plain) form = foldLetters(form);
  return form.replace(DT_AND_V, 'dtv').replace(LONG_REPEATS, '$1');
}

function lowerCase(text: string): string {
  return asciiDigits(text).normalize('NFKC').replace(/İ/gu, 'i').toLowerCase().replace(INVISIBLE, '');
}

function foldLetters(text: string): string {
  return (
    text
      .normalize('NFC')
      .replace(FOLDED_LETTERS, (letter) => FOLDED[letter] ?? letter)
      // Persian writes the sign of the present onto the verb or beside it: می خواهم, میخواهم.
      .replace(/(?<!\p{L})(ن?مي) (?=\p{Script=Arabic}{2})/gu, '$1')
  );
}

/** The words of a normalised text: runs of letters and digits. */
export function tokens(normalised: string): string[] {
  return normalised.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** The words of a text in the form in which they are compared. The last ones are kept: a turn asks for them again and again. */
export function wordsOf(text: string): readonly string[] {
  if (text !== lastWords.text) lastWords = { text, words: tokens(normalise(text)) };
  return lastWords.words;
}

let lastWords: { text: string; words: readonly string[] } = { text: '', words: [] };
