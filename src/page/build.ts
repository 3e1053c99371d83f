import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { type BuildOptions, build } from 'esbuild';
import { loadPrivacyWords } from '../../knowledge/privacy/load-words.ts';
import { ASSETS_FOLDER, ASSETS_LIST, type AssetName, WORKER_FILE } from './assets.ts';
import { webChatOptions } from './web-chat.ts';

/**
 * Builds what the page loads: each file named by its content, so that a browser may keep it for good, with its
 * compressed forms beside it.
 */
export async function buildPage(): Promise<void> {
  const folder = import.meta.dirname;
  const files: Record<AssetName, { extension: string; content: Buffer }> = {
    chat: { extension: 'js', content: await bundle(join(folder, 'script', 'chat.ts'), chatOptions()) },
    style: { extension: 'css', content: await bundle(join(folder, 'style.css')) },
    icon: { extension: 'svg', content: readFileSync(join(folder, 'icon.svg')) },
  };
  rmSync(ASSETS_FOLDER, { recursive: true, force: true });
  mkdirSync(ASSETS_FOLDER, { recursive: true });
  const names: Partial<Record<AssetName, string>> = {};
  for (const [name, { extension, content }] of Object.entries(files) as [AssetName, { extension: string; content: Buffer }][]) {
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
    const file = `${name}-${hash}.${extension}`;
    names[name] = file;
    write(file, content);
  }
  const pageFiles = JSON.stringify(Object.values(names).map((file) => `/assets/${file}`));
  write(
    WORKER_FILE,
    await bundle(join(folder, 'script', 'service-worker.ts'), {
      define: { PAGE_FILES: pageFiles, 'process.env.NODE_ENV': '"production"' },
    }),
  );
  writeFileSync(ASSETS_LIST, JSON.stringify(names));
}

/** The chat is made of the parts of Web Chat that it uses, and has the words of the finder of personal data in it. */
function chatOptions(): BuildOptions {
  const options = webChatOptions();
  return { ...options, define: { ...options.define, PRIVACY_WORDS: JSON.stringify(loadPrivacyWords()) } };
}

function write(file: string, content: Buffer): void {
  writeFileSync(join(ASSETS_FOLDER, file), content);
  writeFileSync(join(ASSETS_FOLDER, `${file}.gz`), gzipSync(content, { level: 9 }));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  writeFileSync(join(ASSETS_FOLDER, `${file}.br`), brotliCompressSync(content, { params }));
}

async function bundle(entry: string, more: BuildOptions = {}): Promise<Buffer> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    legalComments: 'none',
    ...more,
  });
  return Buffer.from(result.outputFiles?.[0]?.contents ?? []);
}
