import type { PersonalData, Reading, Token } from './tokens.ts';
import { type PrivacyWords, plainWords } from './words.ts';

const MOST_TOKENS = 24;

/** Finds the addresses of e-mail, also those written as "amina (at) example.org" or "amina at gmail dot com". */
export function findEmails({ tokens }: Reading, words: PrivacyWords): PersonalData[] {
  const found: PersonalData[] = [];
  let free = 0;
  for (let at = 0; at < tokens.length; at += 1) {
    const sign = atSign(tokens, at, words);
    const start = sign && startOfName(tokens, at, Math.max(free, at - MOST_TOKENS), sign.close);
    const end = sign && start !== undefined ? endOfDomain(tokens, sign, words) : undefined;
    if (start === undefined || end === undefined || isOfOrganisation(tokens, start, at, sign?.end ?? 0, end, words)) continue;
    found.push({ kind: 'email', from: tokens[start]?.from ?? 0, to: tokens[end - 1]?.to ?? 0 });
    free = end;
    at = end - 1;
  }
  return found;
}

/** What stands for the sign "@": where it ends, and whether it stands close to what it joins or is a word between spaces. */
interface AtSign {
  readonly end: number;
  readonly close: boolean;
  readonly word: boolean;
}

function atSign(tokens: readonly Token[], at: number, words: PrivacyWords): AtSign | undefined {
  const text = tokens[at]?.text ?? '';
  if (text === '@') return { end: at + 1, close: true, word: false };
  const inner = bracketed(tokens, at);
  if (inner && (inner.text === '@' || words.at.includes(inner.text))) return { end: inner.end, close: false, word: false };
  const between = tokens[at - 1]?.kind === 'space' && tokens[at + 1]?.kind === 'space';
  return between && words.at.includes(plainWords(text)) ? { end: at + 1, close: false, word: true } : undefined;
}

/** One word or sign in brackets: "(at)", "[ dot ]". */
function bracketed(tokens: readonly Token[], at: number): { text: string; end: number } | undefined {
  if (!/^[([{]$/.test(tokens[at]?.text ?? '')) return undefined;
  const inside = tokens[at + 1]?.kind === 'space' ? at + 2 : at + 1;
  const close = tokens[inside + 1]?.kind === 'space' ? inside + 2 : inside + 1;
  if (!/^[)\]}]$/.test(tokens[close]?.text ?? '')) return undefined;
  const text = tokens[inside]?.text ?? '';
  return { text: plainWords(text) || text, end: close + 1 };
}

/** Where the name before the sign begins, not before `least`. */
function startOfName(tokens: readonly Token[], at: number, least: number, close: boolean): number | undefined {
  let start = at;
  if (tokens[at - 1]?.kind === 'space' && tokens[at - 1]?.text.length === 1) start -= 1;
  else if (!close && tokens[at - 1]?.kind === 'space') return undefined;
  const end = start;
  while (start > least && isNamePart(tokens[start - 1])) start -= 1;
  while (start < end && tokens[start]?.kind === 'sign') start += 1;
  return start < end ? start : undefined;
}

function isNamePart(token: Token | undefined): boolean {
  return token !== undefined && (token.kind === 'word' || token.kind === 'digits' || /^[._%+-]$/.test(token.text));
}

/** Where the domain behind the sign ends; undefined where none stands there. */
function endOfDomain(tokens: readonly Token[], { end, close, word }: AtSign, words: PrivacyWords): number | undefined {
  const attached = close && tokens[end]?.kind === 'word';
  let index = tokens[end]?.kind === 'space' ? end + 1 : end;
  const first = plainWords(tokens[index]?.text ?? '');
  let labels = 0;
  let spelt = false;
  let last = index;
  while (index < end + MOST_TOKENS) {
    const start = index;
    while (tokens[index] && (tokens[index]?.kind === 'word' || tokens[index]?.kind === 'digits' || tokens[index]?.text === '-')) index += 1;
    if (index === start) break;
    labels += 1;
    last = index;
    const dot = endOfDot(tokens, index, labels === 1, words);
    if (!dot) break;
    spelt ||= dot.spelt;
    index = dot.end;
  }
  if (word && !spelt && !words.mailServices.includes(first)) return undefined;
  return labels >= 2 || (attached && first.length >= 2) ? last : undefined;
}

/** The dot between two parts of a domain, or what stands for it. Only the first may have spaces around it: the next may end a sentence. */
function endOfDot(tokens: readonly Token[], at: number, spaces: boolean, words: PrivacyWords): { end: number; spelt: boolean } | undefined {
  const sign = tokens[at]?.kind === 'space' ? at + 1 : at;
  const inner = bracketed(tokens, sign);
  if (inner && (inner.text === '.' || words.dot.includes(inner.text))) return { end: afterSpace(tokens, inner.end), spelt: true };
  if (sign > at && words.dot.includes(plainWords(tokens[sign]?.text ?? ''))) return { end: afterSpace(tokens, sign + 1), spelt: true };
  if (tokens[sign]?.text !== '.' || (!spaces && (sign > at || tokens[sign + 1]?.kind === 'space'))) return undefined;
  return { end: afterSpace(tokens, sign + 1), spelt: false };
}

function afterSpace(tokens: readonly Token[], at: number): number {
  return tokens[at]?.kind === 'space' ? at + 1 : at;
}

/** An address of an organisation that is no name of somebody there. */
function isOfOrganisation(tokens: readonly Token[], start: number, at: number, domain: number, end: number, words: PrivacyWords): boolean {
  const write = (from: number, to: number) =>
    tokens
      .slice(from, to)
      .map(({ text }) => text)
      .join('')
      .trim();
  return /^[a-z-]+$/i.test(write(start, at)) && words.domains.includes(write(domain, end).toLowerCase());
}
