import { cutOut, findPersonalData as find, type PersonalData } from './finder.ts';
import { loadPrivacyWords } from './load-words.ts';
import type { PrivacyWords } from './words.ts';

export type { PersonalData, PersonalDataKind } from './finder.ts';

let loaded: PrivacyWords | undefined;

/** Finds what may tell who a person is, by the words of all languages. */
export function findPersonalData(text: string): PersonalData[] {
  loaded ??= loadPrivacyWords();
  return find(text, loaded);
}

/** The text without what may tell who a person is; "…" stands in its place. */
export function withoutPersonalData(text: string): string {
  return cutOut(text, findPersonalData(text));
}
