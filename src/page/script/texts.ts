import { useEffect, useState } from 'preact/hooks';

/** The words of the page in one language, as the server gives them. */
export interface PageTexts {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly texts: Readonly<Record<string, string>>;
  /** The words of Web Chat itself, by its own names. */
  readonly chat: Readonly<Record<string, string>>;
}

/** What stands in the page for its script. */
interface PageData {
  readonly own: PageTexts;
  /** Where the texts of each language can be fetched. */
  readonly addresses: Readonly<Record<string, string>>;
}

const { own, addresses } = JSON.parse(document.getElementById('texts')?.textContent ?? '{}') as PageData;
const known = new Map<string, PageTexts>([[own.language, own]]);
const listeners = new Set<() => void>();
let current = own;

/** The texts that the page shows now. */
export const texts = (): PageTexts => current;

/** One text of the page; empty where there is none. */
export const say = (key: string): string => current.texts[key] ?? '';

/** Fetches the texts of a language, once, and makes them the current ones. False where they cannot be had. */
export async function changeLanguage(language: string): Promise<boolean> {
  const address = addresses[language];
  if (!address) return false;
  try {
    const found = known.get(language) ?? ((await (await fetch(address)).json()) as PageTexts);
    known.set(language, found);
    current = found;
  } catch {
    return false;
  }
  for (const listener of [...listeners]) listener();
  return true;
}

/** Draws a component again when the language changes. */
export function useTexts(): PageTexts {
  const [shown, show] = useState(current);
  useEffect(() => {
    const listener = () => show(current);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return shown;
}
