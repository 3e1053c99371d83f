import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg, type ResvgRenderOptions } from '@resvg/resvg-wasm';

let ready: Promise<void> | undefined;

/** An SVG picture as PNG. Texts need a font in the options: the renderer has none of its own. */
export async function svgToPng(svg: string, options: ResvgRenderOptions = {}): Promise<Uint8Array> {
  ready ??= initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));
  await ready;
  const renderer = new Resvg(svg, options);
  const image = renderer.render();
  const png = image.asPng();
  image.free();
  renderer.free();
  return png;
}
