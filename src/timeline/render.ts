import { svgToPng } from '../svg-to-png.ts';
import type { FontFamily } from './fonts.ts';

/** Two pixels of the image for one of the picture: sharp on a telephone. */
export const SCALE = 2;

/** An SVG picture as PNG, in its own font. */
export function renderPng(svg: string, family: FontFamily): Promise<Uint8Array> {
  return svgToPng(svg, {
    font: { fontBuffers: [family.regular, family.bold], defaultFontFamily: family.name, sansSerifFamily: family.name },
    fitTo: { mode: 'zoom', value: SCALE },
  });
}
