import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { loadModel } from '../../knowledge/matching/load-model.ts';
import { ASSETS_LIST } from '../page/assets.ts';

/** Builds what the service reads at start, the model and the files of the page, where they are missing or older than their sources. */
async function main(): Promise<void> {
  const started = Date.now();
  loadModel(() => process.stderr.write('Fitting the model to the questions …\n'));
  if (pageIsOld()) {
    process.stderr.write('Building the page …\n');
    const { buildPage } = await import('../page/build.ts');
    await buildPage();
  }
  process.stderr.write(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.\n`);
}

function pageIsOld(): boolean {
  if (!existsSync(ASSETS_LIST)) return true;
  const built = statSync(ASSETS_LIST).mtimeMs;
  const root = join(import.meta.dirname, '..', '..');
  const sources = [join('src', 'page'), join('knowledge', 'privacy')].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  return [...sources, 'package-lock.json'].some((name) => statSync(join(root, name)).mtimeMs > built);
}

main().catch((error: Error) => {
  process.stderr.write(`build: ${error.message}\n`);
  process.exitCode = 1;
});
