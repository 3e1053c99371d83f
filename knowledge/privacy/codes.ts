import { isBsn, isIban } from './checks.ts';
import type { Passed, PersonalDataKind, Reading, Token } from './tokens.ts';
import { holds, type PrivacyWords, textBefore } from './words.ts';

const LONGEST_IBAN = 34;
const FEWEST_DIGITS_OF_IBAN = 10;
const SHORTEST_IBAN = 15;
/** A Dutch account shows by its form, also where a digit of it is wrong. */
const DUTCH_ACCOUNT = /^NL\d{2}[A-Z]{4}\d{10}$/;
/** Letters and digits of one word: so many characters has the number of a passport or a card. */
const SHORTEST_CODE = 7;
const LONGEST_CODE = 14;
const SHORTEST_NAMED_CODE = 5;
const NEAR = 24;

/** Reads an account or the number of a document, which hold letters, from their first token on. */
export function passCode(reading: Reading, at: number, words: PrivacyWords): Passed | undefined {
  const { text, tokens } = reading;
  if (at > 0 && isPart(tokens[at - 1])) return undefined;
  const account = endOfAccount(tokens, at);
  if (account) return passed('iban', tokens, at, account);
  const code = endOfCode(tokens, at, words, () => holds(textBefore(text, tokens[at]?.from ?? 0, NEAR), words.document));
  if (code) return passed('document-number', tokens, at, code);
  const apart = endOfPassport(tokens, at, words);
  return apart ? passed('document-number', tokens, at, apart) : undefined;
}

function passed(kind: PersonalDataKind, tokens: readonly Token[], at: number, end: number): Passed {
  return { end, found: [{ kind, from: tokens[at]?.from ?? 0, to: tokens[end - 1]?.to ?? 0 }] };
}

function isPart(token: Token | undefined): boolean {
  return token?.kind === 'word' || token?.kind === 'digits';
}

/** The end of the longest account number from a token on. */
function endOfAccount(tokens: readonly Token[], at: number): number | undefined {
  if (!/^[A-Z]{2}$/i.test(tokens[at]?.text ?? '')) return undefined;
  // "is 31 July …" passes the check once in a hundred times: only the Dutch form may begin with a space.
  const whole = tokens[at + 1]?.kind === 'digits';
  let plain = '';
  let end: number | undefined;
  for (let index = at; plain.length < LONGEST_IBAN; index += 1) {
    const token = tokens[index];
    if (isPart(token)) {
      plain += token?.text.toUpperCase();
      if (
        plain.length >= SHORTEST_IBAN &&
        ((whole && isIban(plain) && plain.replace(/\D/g, '').length >= FEWEST_DIGITS_OF_IBAN) || DUTCH_ACCOUNT.test(plain))
      )
        end = index + 1;
    } else if (!/^[\s.-]$/u.test(token?.text ?? '') || !isPart(tokens[index + 1])) break;
    if (plain.length > 4 && !/^[A-Z]{2}\d{2}/.test(plain)) break;
  }
  return end;
}

/** The end of the number of a document in one word of letters and digits; where a document was named, also of several with hyphens between them. */
function endOfCode(tokens: readonly Token[], at: number, words: PrivacyWords, isNamed: () => boolean): number | undefined {
  let end = at;
  let hyphens = false;
  while (end < at + LONGEST_CODE && isPart(tokens[end])) {
    end += 1;
    if (tokens[end]?.text !== '-' || !isPart(tokens[end + 1])) continue;
    hyphens = true;
    end += 1;
  }
  const parts = tokens.slice(at, end);
  if (isPart(tokens[end]) || !parts.some(({ kind }) => kind === 'digits') || !parts.some(({ kind }) => kind === 'word')) return undefined;
  const named = isNamed();
  return (named || !hyphens) && isDocument(parts, named, words) ? end : undefined;
}

function isDocument(parts: readonly Token[], named: boolean, words: PrivacyWords): boolean {
  const code = parts.map((token) => token.text).join('');
  const digits = code.replace(/\D/g, '').length;
  // The digits of a V-number are judged as a number.
  if (code.length > LONGEST_CODE || /^[VВ][\d-]+$/iu.test(code)) return false;
  if (parts.some((token) => token.kind === 'word' && holds(token.text, words.money))) return false;
  if (named) return code.length >= SHORTEST_NAMED_CODE && digits >= 3;
  const wordWithYear = /^(?:\p{L}+(?:19|20)\d\d|(?:19|20)\d\d\p{L}+)$/u.test(code);
  // As 32001L0055: a law of the European Union.
  const law = /^3\d{4}[A-Z]\d{4}$/.test(code);
  if (wordWithYear || law) return false;
  return /^\p{Lu}{1,3}\d{5,9}\p{Lu}?$/u.test(code) || (code.length >= SHORTEST_CODE && digits >= 4);
}

/** The end of a passport as "AB 123456" or "A-1234567": one to three capitals, one sign, six to nine digits, perhaps a capital. */
function endOfPassport(tokens: readonly Token[], at: number, words: PrivacyWords): number | undefined {
  const [letters, gap, digits, last, more] = tokens.slice(at, at + 5);
  if (!letters || !/^\p{Lu}{1,3}$/u.test(letters.text) || holds(letters.text, words.money) || !/^[ \u00A0-]$/u.test(gap?.text ?? ''))
    return undefined;
  if (digits?.kind !== 'digits' || !/^\d{6,9}$/.test(digits.text) || holds(letters.text, words.number) || isBsn(digits.text))
    return undefined;
  if (last?.kind === 'space' && more?.kind === 'word' && holds(more.text, words.money)) return undefined;
  return last?.kind === 'word' && /^\p{Lu}$/u.test(last.text) ? at + 4 : at + 3;
}
