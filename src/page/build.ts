import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { ASSETS_FOLDER, ASSETS_LIST, type AssetName } from './assets.ts';

/**
 * Builds what the page loads: each file named by its content, so that a browser may keep it for good, with its
 * compressed forms beside it.
 */
export async function buildPage(): Promise<void> {
  const folder = import.meta.dirname;
  const webChat = join(dirname(createRequire(import.meta.url).resolve('botframework-webchat')), '..', 'dist', 'webchat-minimal.js');
  const script = await bundle(join(folder, 'page.ts'));
  const style = await bundle(join(folder, 'style.css'));
  const files: Record<AssetName, { extension: string; content: Buffer }> = {
    webchat: { extension: 'js', content: readFileSync(webChat) },
    page: { extension: 'js', content: script },
    style: { extension: 'css', content: style },
    icon: { extension: 'svg', content: readFileSync(join(folder, 'icon.svg')) },
  };
  rmSync(ASSETS_FOLDER, { recursive: true, force: true });
  mkdirSync(ASSETS_FOLDER, { recursive: true });
  const names: Partial<Record<AssetName, string>> = {};
  for (const [name, { extension, content }] of Object.entries(files) as [AssetName, { extension: string; content: Buffer }][]) {
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
    const file = `${name}-${hash}.${extension}`;
    names[name] = file;
    writeFileSync(join(ASSETS_FOLDER, file), content);
    writeFileSync(join(ASSETS_FOLDER, `${file}.gz`), gzipSync(content, { level: 9 }));
    writeFileSync(join(ASSETS_FOLDER, `${file}.br`), brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  }
  writeFileSync(ASSETS_LIST, JSON.stringify(names));
}

async function bundle(entry: string): Promise<Buffer> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    legalComments: 'none',
  });
  return Buffer.from(result.outputFiles[0]?.contents ?? []);
}
