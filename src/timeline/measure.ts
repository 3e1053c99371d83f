import * as harfbuzz from 'harfbuzzjs';
import type { FontFamily } from './fonts.ts';
import type { Measure } from './wrap.ts';

const ARABIC = /[\p{Script=Arabic}\u200C\u200D]+|[^\p{Script=Arabic}\u200C\u200D]+/gu;

/** Measures texts in a font as it is shaped: with its kerning and its joined letters. Throws where a letter is not in it. */
export function measureIn(family: FontFamily): Measure {
  const shapers = { regular: shaperOf(family.regular), bold: shaperOf(family.bold) };
  return (text, { size, bold = false }) => {
    const { font, unitsPerEm } = bold ? shapers.bold : shapers.regular;
    let advance = 0;
    // One direction and script at a time: the shaper takes no mixed text.
    for (const [run] of text.matchAll(ARABIC)) advance += advanceOf(run, font);
    return (advance / unitsPerEm) * size;
  };
}

function shaperOf(file: Buffer): { font: harfbuzz.Font; unitsPerEm: number } {
  const face = new harfbuzz.Face(new harfbuzz.Blob(new Uint8Array(file).buffer), 0);
  return { font: new harfbuzz.Font(face), unitsPerEm: face.upem };
}

function advanceOf(run: string, font: harfbuzz.Font): number {
  const buffer = new harfbuzz.Buffer();
  buffer.addText(run);
  buffer.guessSegmentProperties();
  harfbuzz.shape(font, buffer);
  const glyphs = buffer.getGlyphInfosAndPositions();
  const missing = glyphs.find(({ codepoint }) => codepoint === 0);
  if (missing) throw new Error(`the font has no letter for "${run.slice(missing.cluster, missing.cluster + 1)}"`);
  return glyphs.reduce((sum, { xAdvance = 0 }) => sum + xAdvance, 0);
}
