/** Words of all languages, normalised; with a "*" at its end a word counts from its beginning on. Plain data, so that the page can have it too. */
export interface PrivacyWords {
  readonly birth: readonly string[];
  readonly number: readonly string[];
  readonly document: readonly string[];
  readonly money: readonly string[];
  readonly law: readonly string[];
  readonly at: readonly string[];
  readonly dot: readonly string[];
  /** What leads to an organisation and not to a person. */
  readonly domains: readonly string[];
  readonly phones: readonly string[];
  readonly mailServices: readonly string[];
}

/** Letters that one word is written with in several ways. */
const FOLDED: Readonly<Record<string, string>> = { ı: 'i', ى: 'ي', ی: 'ي', ک: 'ك', ة: 'ه' };

/**
 * The words of a text in the form in which they are compared: lower case, without accents and marks. The page has it
 * too, also on old phones: no regular expression here looks back.
 */
export function plainWords(text: string): string {
  const bare = text
    .replace(/İ/g, 'i')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '');
  return (bare.replace(/[ıىیکة]/g, (letter) => FOLDED[letter] ?? letter).match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}

/** Does one of these words stand in the text? */
export function holds(text: string, words: readonly string[]): boolean {
  const plain = ` ${plainWords(text)} `;
  return words.some((word) => plain.includes(word.endsWith('*') ? ` ${word.slice(0, -1)}` : ` ${word} `));
}

/** The end of a sentence. A short word with a dot is an abbreviation and ends none. */
const SENTENCE_END = /[!?؟\n]|\p{L}{4}\.\s/gu;

/** Up to so many characters before a place, from the beginning of its sentence on. */
export function textBefore(text: string, place: number, most: number): string {
  const before = text.slice(Math.max(0, place - most), place);
  let start = 0;
  for (const match of before.matchAll(SENTENCE_END)) start = match.index + match[0].length;
  return before.slice(start);
}

/** Up to so many characters after a place, to the end of its sentence. */
export function textAfter(text: string, place: number, most: number): string {
  const after = text.slice(place, place + most);
  const [end] = after.matchAll(SENTENCE_END);
  return end ? after.slice(0, end.index + end[0].length) : after;
}
