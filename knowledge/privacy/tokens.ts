import { asciiDigits } from '../matching/digits.ts';

/** A piece of a text: digits in a row, letters in a row, white space, or one other sign. */
export interface Token {
  readonly kind: 'digits' | 'word' | 'space' | 'sign';
  /** As it is written; digits of any script as ASCII ones. */
  readonly text: string;
  /** Its characters from `from` up to `to`, which is not of it. */
  readonly from: number;
  readonly to: number;
}

/** A text and its tokens. What cannot be seen, as a joiner or a mark of direction, is no token: it separates nothing. */
export interface Reading {
  readonly text: string;
  readonly tokens: readonly Token[];
}

const PIECE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]+|(\p{Nd}+)|([\p{L}\p{M}]+)|(\s+)|(.)/gsu;

export function read(text: string): Reading {
  const tokens: Token[] = [];
  for (const match of text.matchAll(PIECE)) {
    const [whole, digits, word, space, sign] = match;
    const kind = digits ? 'digits' : word ? 'word' : space ? 'space' : sign ? 'sign' : undefined;
    if (kind) tokens.push({ kind, text: digits ? asciiDigits(digits) : whole, from: match.index, to: match.index + whole.length });
  }
  return { text, tokens };
}

/** What a rule has made of the tokens from one on: how far it has read, and what of that is personal. */
export interface Passed {
  readonly end: number;
  readonly found: readonly PersonalData[];
}

export type PersonalDataKind = 'email' | 'iban' | 'birth-date' | 'v-number' | 'bsn' | 'phone' | 'document-number' | 'digits';

/** A part of a text that may tell who a person is: the characters from `from` up to `to`, which is not of it. */
export interface PersonalData {
  readonly kind: PersonalDataKind;
  readonly from: number;
  readonly to: number;
}
