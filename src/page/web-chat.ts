import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';

const PACKAGES = join(import.meta.dirname, '..', '..', 'node_modules');
const STAND_INS = join(import.meta.dirname, 'stand-ins');

/** What the bundle takes from elsewhere, by the name that is imported. `as` says under which name Web Chat expects it. */
const REPLACED: readonly { readonly name: RegExp; readonly by: string; readonly as?: string }[] = [
  { name: /^core-js\//, by: 'empty' },
  { name: /^url-search-params-polyfill$/, by: 'empty' },
  { name: /^\.\/directLineStreaming$/, by: 'empty' },
  { name: /\/external\/PrecompiledGlobalize$/, by: 'globalize', as: 'globalize' },
  { name: /\/getAllLocalizedStrings$/, by: 'strings', as: 'strings' },
  {
    name: /\/(?:KeyboardHelp|BasicToaster|CarouselLayout|Dictation|BasicConnectivityStatus|MicrophoneButton|Timestamp|AbsoluteTime)$/,
    by: 'nothing',
    as: 'nothing',
  },
  { name: /\/(?:AudioContent|VideoContent|HTMLVideoContent|VimeoContent|YouTubeContent)$/, by: 'nothing', as: 'nothing' },
  { name: /\/StyleSet\/(?:SpinnerAnimation|TypingAnimation)$/, by: 'nothing', as: 'nothing' },
  { name: /^react-say$/, by: 'speech', as: 'Say' },
  { name: /^react-film$/, by: 'film', as: 'Film' },
  { name: /^\.\.\/SpineTo$/, by: 'jump', as: 'JumpTo' },
  { name: /^mime$/, by: 'mime', as: 'mime' },
  { name: /^mdast-util-from-markdown$/, by: 'definitions' },
  { name: /^linkify-it$/, by: 'linkify' },
  { name: /^entities$/, by: 'entities' },
  { name: /^uc\.micro$/, by: 'characters' },
  { name: /^punycode\.js$/, by: 'punycode', as: 'punycode' },
];

/** Packages that are taken from one place, whoever imports them: one React, one markdown-it, and Web Chat from its own sources. */
const FROM_ONE_PLACE: Readonly<Record<string, string>> = {
  'botframework-webchat-api/decorator': 'botframework-webchat-api/src/decorator/index.ts',
  'botframework-webchat-api/internal': 'botframework-webchat-api/src/internal.ts',
  'botframework-webchat-api': 'botframework-webchat-api/src/index.ts',
  'botframework-webchat-component': 'botframework-webchat-component/src/index.ts',
  'botframework-webchat-core': 'botframework-webchat-core/src/index.ts',
  'markdown-it': 'markdown-it/dist/markdown-it.mjs',
  react: 'preact/compat/dist/compat.mjs',
  'react-dom': 'preact/compat/dist/compat.mjs',
};

/** Composes Web Chat of the parts that this page uses: options for esbuild. */
export function webChatOptions(): BuildOptions {
  const alias = Object.fromEntries(Object.entries(FROM_ONE_PLACE).map(([name, path]) => [name, join(PACKAGES, path)]));
  const { version } = JSON.parse(readFileSync(join(PACKAGES, 'botframework-webchat', 'package.json'), 'utf8')) as { version: string };
  return {
    alias,
    plugins: [standIns],
    jsx: 'transform',
    loader: { '.js': 'jsx' },
    define: {
      global: 'globalThis',
      'process.env': '{}',
      'process.env.NODE_ENV': '"production"',
      'process.env.node_env': '"production"',
      'process.env.build_tool': '"esbuild"',
      'process.env.module_format': '"esmodules"',
      'process.env.npm_package_version': JSON.stringify(version),
    },
  };
}

/** Puts the stand-ins in the place of what packages import; our own code gets what it asks for. */
const standIns: Plugin = {
  name: 'stand-ins',
  setup(build) {
    const unused = new Set(REPLACED);
    for (const replaced of REPLACED) {
      const { name, by, as } = replaced;
      build.onResolve({ filter: name }, ({ path, importer }) => {
        if (!importer.startsWith(PACKAGES)) return undefined;
        unused.delete(replaced);
        return { path: `${by} for ${path}`, namespace: 'stand-in', pluginData: { by, as } };
      });
    }
    build.onResolve({ filter: /^@babel\/runtime-corejs3\/helpers\// }, ({ path }) => ({
      path: join(PACKAGES, path.replace('runtime-corejs3/helpers', 'runtime/helpers/esm').replace(/(?:\.js)?$/u, '.js')),
    }));
    build.onResolve({ filter: /^@babel\/runtime-corejs3\/core-js-stable\// }, ({ path }) => ({
      path: path.replace(/^.*core-js-stable\//u, ''),
      namespace: 'native',
    }));
    build.onLoad({ filter: /.*/, namespace: 'native' }, ({ path }) => ({ contents: `export default ${nativeOf(path)};` }));
    // A new version of Web Chat may call a file otherwise: then it would come back into the bundle unnoticed.
    build.onEnd(() => ({ errors: [...unused].map(({ name }) => ({ text: `nothing is called ${name} any more` })) }));
    build.onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ pluginData }) => {
      const { by, as } = pluginData as { by: string; as?: string };
      const from = JSON.stringify(join(STAND_INS, `${by}.ts`));
      return { contents: `export * from ${from};${as ? ` export { ${as} as default } from ${from};` : ''}`, resolveDir: STAND_INS };
    });
  },
};

/** What core-js wraps for old browsers, as browsers have it now: `object/keys` is `Object.keys`, `instance/index-of` the method of a value. */
function nativeOf(path: string): string {
  const [first = '', name] = path.split('/').map((part) => part.replace(/-(\w)/gu, (_, letter: string) => letter.toUpperCase()));
  if (name !== undefined && first === 'instance') return `(value) => value.${name}`;
  const owner = /^set(?:Timeout|Interval)$/u.test(first) ? first : `${first.charAt(0).toUpperCase()}${first.slice(1)}`;
  return name === undefined ? owner : `${owner}.${name}`;
}
