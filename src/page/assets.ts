import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type AssetName = 'chat' | 'style' | 'icon';

/** Where the built files of the page stand, and the list of their names. */
export const ASSETS_FOLDER = join(import.meta.dirname, '..', '..', 'build', 'page');
export const ASSETS_LIST = join(ASSETS_FOLDER, 'assets.json');

/** The service worker: it has one address for good, and says by itself what it keeps. */
export const WORKER_FILE = 'service-worker.js';

/** The address of each built file. Throws where the page was not built. */
export function readAssets(): Record<AssetName, string> {
  try {
    const names = JSON.parse(readFileSync(ASSETS_LIST, 'utf8')) as Record<AssetName, string>;
    return Object.fromEntries(Object.entries(names).map(([name, file]) => [name, `/assets/${file}`])) as Record<AssetName, string>;
  } catch {
    throw new Error('the page is not built: run "npm run build"');
  }
}
