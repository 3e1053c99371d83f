import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { FontFamily } from './fonts.ts';

/** Two pixels of the image for one of the picture: sharp on a telephone. */
export const SCALE = 2;

let ready: Promise<void> | undefined;

/** An SVG picture as PNG, in its own font. */
export async function renderPng(svg: string, family: FontFamily): Promise<Uint8Array> {
  ready ??= initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));
  await ready;
  const renderer = new Resvg(svg, {
    font: { fontBuffers: [family.regular, family.bold], defaultFontFamily: family.name, sansSerifFamily: family.name },
    fitTo: { mode: 'zoom', value: SCALE },
  });
  const image = renderer.render();
  const png = image.asPng();
  image.free();
  renderer.free();
  return png;
}
