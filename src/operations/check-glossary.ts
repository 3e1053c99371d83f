import { type Glossary, holdsOneOf } from '../../knowledge/glossary/glossary.ts';
import type { Language } from '../../locales/languages.ts';
import type { FlatTexts } from './locale-files.ts';

/** Terms whose English words also have an everyday meaning ("to return a form", "to close"): only the words to avoid are looked for. */
const EVERYDAY: ReadonlySet<string> = new Set(['help-returning', 'closed', 'advice', 'application', 'decision']);

/** Texts in which a language uses a word that its glossary avoids, or leaves out a term that the English text has. */
export function checkGlossary(language: Language, texts: FlatTexts, english: FlatTexts, own: Glossary, source: Glossary): string[] {
  const problems: string[] = [];
  for (const [key, text] of texts) {
    // A list holds what people type, and people may use any word.
    if (typeof text !== 'string') continue;
    for (const [id, { use, stems, avoid }] of own) {
      const bad = avoid.find((word) => holdsOneOf([word], text));
      if (bad) problems.push(`${language} ${key}: says "${bad}", the glossary has "${use}"`);
      const from = english.get(key);
      if (typeof from !== 'string' || EVERYDAY.has(id)) continue;
      if (holdsOneOf(source.get(id)?.stems ?? [], from) && !holdsOneOf(stems, text))
        problems.push(`${language} ${key}: lacks "${use}", English has "${source.get(id)?.use}"`);
    }
  }
  return problems;
}
