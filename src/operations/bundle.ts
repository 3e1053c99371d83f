import { readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { SERVICE_FILE } from './service-file.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/**
 * Packages that a service may never need, or not before its first minutes are over: they stay outside, and are loaded
 * when something of them is used. The SDK loads all of them at once.
 */
const WHEN_USED = [
  '@microsoft/recognizers-text-suite',
  '@microsoft/recognizers-text-date-time',
  '@microsoft/recognizers-text-number',
  '@microsoft/recognizers-text-choice',
  'axios',
  'cross-fetch',
  '@azure/identity',
  '@azure/msal-node',
];

/** Loaded by the process only where it is set up to trace. */
const OUTSIDE = ['@opentelemetry/*'];

/** What CommonJS packages expect around them, and where the files of the project are from here. */
const PREAMBLE = [
  "import { createRequire as makeRequire } from 'node:module';",
  "import { join as joinPath } from 'node:path';",
  "import { pathToFileURL as toUrl } from 'node:url';",
  'const require = makeRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;',
  "const projectPath = (path) => joinPath(import.meta.dirname, '..', '..', path), projectUrl = (path) => toUrl(projectPath(path)).href;",
].join('\n');

/**
 * Puts the service and its packages into a few files. A thousand modules less to find and no types to strip halve the
 * start and the memory; the sources stay what is read, run in tests, and shown in stack traces.
 */
export async function buildService(): Promise<void> {
  // Files of an earlier build have other names.
  await rm(dirname(SERVICE_FILE), { recursive: true, force: true });
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'src', 'start.ts')],
    outdir: dirname(SERVICE_FILE),
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    sourcemap: 'linked',
    sourcesContent: false,
    external: OUTSIDE,
    plugins: [ownPaths(), loadedWhenUsed(), tablesOutside(), oneOfEach()],
    banner: { js: PREAMBLE },
    logLevel: 'warning',
    write: false,
  });
  await mkdir(dirname(SERVICE_FILE), { recursive: true });
  for (const { path, text } of outputFiles) await writeFile(path, path.endsWith('.js') ? inAscii(text) : text);
}

/** One letter of another script would make a program take twice the memory. They stand in strings and regular expressions only. */
function inAscii(program: string): string {
  return program.replace(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Sources find their files beside themselves: in the bundle they are told where that is. */
function ownPaths(): Plugin {
  return {
    name: 'own paths',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (path.includes('node_modules')) return undefined;
        const [file, folder] = [relative(ROOT, path), relative(ROOT, dirname(path))].map((one) => JSON.stringify(one));
        const source = await readFile(path, 'utf8');
        const contents = source
          .replaceAll('import.meta.dirname', `projectPath(${folder})`)
          .replaceAll('import.meta.filename', `projectPath(${file})`)
          .replaceAll('import.meta.url', `projectUrl(${file})`);
        return { contents, loader: 'ts' };
      });
    },
  };
}

function loadedWhenUsed(): Plugin {
  const namespace = 'loaded-when-used';
  return {
    name: 'loaded when used',
    setup({ onResolve, onLoad }) {
      const names = new RegExp(`^(?:${WHEN_USED.join('|')})$`);
      onResolve({ filter: names }, ({ path, namespace: from, resolveDir }) =>
        from === namespace ? { path, external: true } : { path, namespace, pluginData: resolveDir },
      );
      onLoad({ filter: names, namespace }, ({ path, pluginData: resolveDir }) => {
        const exported = createRequire(join(resolveDir, 'x.js'))(path) as Record<string, unknown>;
        return { contents: deferring(path, exported), resolveDir, loader: 'js' };
      });
    },
  };
}

/** A module with the names of another one, which it loads when one of them is used. */
function deferring(path: string, exported: Readonly<Record<string, unknown>>): string {
  return `
    let loaded;
    const load = () => (loaded ??= require(${JSON.stringify(path)}));
    Object.defineProperty(exports, '__esModule', { value: true });
    for (const name of ${JSON.stringify(Object.keys(exported))}) {
      Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => load()[name] });
    }
    ${cultures(exported['Culture'])}`;
}

/** The prompts of the SDK read the names of cultures while they are loaded: those stand in the bundle, all else about cultures outside. */
function cultures(culture: unknown): string {
  if (typeof culture !== 'function') return '';
  const parts = Object.getOwnPropertyNames(culture).map((name) => {
    const value: unknown = Reflect.get(culture, name);
    return typeof value === 'string' ? `${name}: ${JSON.stringify(value)}` : `get ${name}() { return load().Culture.${name}; }`;
  });
  return `Object.defineProperty(exports, 'Culture', { value: { ${parts.join(', ')} } });`;
}

/** Tables for texts that are not in UTF-8, which nobody sends: they would be a fifth of the bundle. */
function tablesOutside(): Plugin {
  return {
    name: 'tables outside',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\/tables\/[\w-]+\.json$/ }, ({ path, importer }) =>
        importer.includes(join('node_modules', 'iconv-lite', 'encodings'))
          ? { path: `iconv-lite/encodings/${path.slice(2)}`, external: true }
          : undefined,
      );
    },
  };
}

/** Every package of the SDK brings the same zod along: one is enough. */
function oneOfEach(): Plugin {
  const first = new Map<string, string>();
  return {
    name: 'one of each',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^zod$/ }, async ({ path, importer, kind, resolveDir, pluginData }) => {
        if (pluginData === 'one of each') return undefined;
        const found = await resolve(path, { importer, kind, resolveDir, pluginData: 'one of each' });
        const key = found.path.replace(/^.*node_modules/, '') + versionOf(found.path);
        const own = first.get(key) ?? found.path;
        first.set(key, own);
        return { ...found, path: own };
      });
    },
  };
}

function versionOf(file: string): string {
  const folder = file.slice(0, file.lastIndexOf(`${join('node_modules', 'zod')}`) + join('node_modules', 'zod').length);
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}
