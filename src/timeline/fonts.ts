import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Language } from '../../locales/languages.ts';

/** A font with its two weights, as files of a package. Each covers every letter of its languages, so no text mixes two. */
export interface FontFamily {
  readonly name: string;
  readonly regular: Buffer;
  readonly bold: Buffer;
  /** From one line to the next, in sizes of the font: Arabic letters reach further up and down. */
  readonly lineHeight: number;
}

const FILES = {
  'Noto Sans': { folder: '@expo-google-fonts/noto-sans', file: 'NotoSans', lineHeight: 1.4 },
  Vazirmatn: { folder: '@expo-google-fonts/vazirmatn', file: 'Vazirmatn', lineHeight: 1.6 },
} as const;

const families = new Map<string, FontFamily>();

/** The font of a language, read at the first call. */
export function fontOf(language: Language): FontFamily {
  const name = language === 'ar' || language === 'fa' ? 'Vazirmatn' : 'Noto Sans';
  const { folder, file, lineHeight } = FILES[name];
  const read = (weight: string) => readFileSync(createRequire(import.meta.url).resolve(`${folder}/${weight}/${file}_${weight}.ttf`));
  const family = families.get(name) ?? { name, lineHeight, regular: read('400Regular'), bold: read('700Bold') };
  families.set(name, family);
  return family;
}
