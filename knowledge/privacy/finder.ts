import { passCode } from './codes.ts';
import { passNamedDate } from './dates.ts';
import { findEmails } from './emails.ts';
import { passNumber } from './numbers.ts';
import { type PersonalData, type Reading, read } from './tokens.ts';
import type { PrivacyWords } from './words.ts';

export type { PersonalData, PersonalDataKind } from './tokens.ts';

/** What stands in the place of what was taken out. It is no word: the matching does not see it. */
const TAKEN_OUT = '…';

/**
 * Finds what may tell who a person is: addresses of e-mail, numbers of telephones, accounts, files and documents, dates
 * that somebody is said to be born on, long runs of digits in any script. Other dates, years, times, sums of money,
 * numbers of articles and of organisations are none. It reads forms, not meanings: a name or a street is not found. In
 * the order of the text; no two overlap. The time it takes grows with the length of the text and no faster.
 */
export function findPersonalData(text: string, words: PrivacyWords): PersonalData[] {
  return findIn(read(text), words);
}

export function findIn(reading: Reading, words: PrivacyWords): PersonalData[] {
  const found = findEmails(reading, words);
  const rest = { text: reading.text, tokens: withoutTokensOf(reading, found) };
  for (let at = 0; at < rest.tokens.length; ) {
    const passed = passFrom(rest, at, words);
    found.push(...(passed?.found ?? []));
    at = passed?.end ?? at + 1;
  }
  return found.sort((one, other) => one.from - other.from);
}

/** The text without what may tell who a person is; "…" stands in its place. */
export function cutOut(text: string, found: readonly PersonalData[]): string {
  let rest = '';
  let copied = 0;
  for (const { from, to } of found) {
    rest += text.slice(copied, from) + TAKEN_OUT;
    copied = to;
  }
  return rest + text.slice(copied);
}

function passFrom(reading: Reading, at: number, words: PrivacyWords) {
  const kind = reading.tokens[at]?.kind;
  if (kind !== 'word' && kind !== 'digits') return undefined;
  const passed = passNamedDate(reading, at, words) ?? passCode(reading, at, words);
  return passed ?? (kind === 'digits' ? passNumber(reading, at, words) : undefined);
}

/** What was found already is one sign to the rules that come after. */
function withoutTokensOf({ tokens }: Reading, found: readonly PersonalData[]) {
  let next = 0;
  return tokens.flatMap((token) => {
    while (found[next] && token.from >= (found[next]?.to ?? 0)) next += 1;
    const taken = found[next];
    if (!taken || token.from < taken.from) return [token];
    return token.from === taken.from ? [{ ...token, kind: 'sign' as const, text: TAKEN_OUT }] : [];
  });
}
