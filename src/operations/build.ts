import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { loadModel } from '../../knowledge/matching/load-model.ts';
import { ASSETS_LIST } from '../page/assets.ts';
import { SERVICE_FILE } from './service-file.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Builds what `npm start` needs, the model, the files of the page and the service, where they are missing or older than their sources. */
async function main(): Promise<void> {
  const started = Date.now();
  loadModel(() => process.stderr.write('Fitting the model to the questions …\n'));
  if (isOld(ASSETS_LIST, ['src/page', 'knowledge/privacy', 'package-lock.json'])) {
    process.stderr.write('Building the page …\n');
    const { buildPage } = await import('../page/build.ts');
    await buildPage();
  }
  // The service holds programs; what is data is read when it starts.
  if (isOld(SERVICE_FILE, ['src', 'dialogs', 'knowledge', 'locales', 'package-lock.json'], PROGRAM)) {
    process.stderr.write('Building the service …\n');
    const { buildService } = await import('./bundle.ts');
    await buildService();
    const { warmUp } = await import('./warm-up.ts');
    await warmUp();
  }
  process.stderr.write(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.\n`);
}

/** A program, or the list of the packages. A folder is newer too where a file in it came or went. */
const PROGRAM = /\.ts$|package-lock\.json$|\/[^.]+$/u;

/** Is a built file missing, or older than one of those files in its sources that it is made of? */
function isOld(built: string, sources: readonly string[], madeOf = /./u): boolean {
  if (!existsSync(built)) return true;
  const { mtimeMs } = statSync(built);
  return sources.flatMap(filesOf).some((file) => madeOf.test(file) && statSync(file).mtimeMs > mtimeMs);
}

function filesOf(source: string): string[] {
  const path = join(ROOT, source);
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name));
}

main().catch((error: Error) => {
  process.stderr.write(`build: ${error.message}\n`);
  process.exitCode = 1;
});
