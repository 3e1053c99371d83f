/** Tests run on the sources through swc; packages that are only ES modules are translated with them. */
const swc = ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'commonjs' } }];

/** Packages without a CommonJS form. */
const ES_MODULES =
  'jose|markdown-it|linkify-it|mdurl|uc\\.micro|entities|punycode\\.js|@sparticuz|nock|@mswjs|@open-draft|outvariant|strict-event-emitter|is-node-process|rettime|until-async|set-cookie-parser|headers-polyfill';
/** A package that loads parts of Node by `import()`, which jest cannot do in what it has not translated. */
const IMPORTS_LATE = '@opentelemetry/otlp-exporter-base';

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.(?:ts|mjs)$': swc,
    [`/node_modules/(?:${ES_MODULES})/.+\\.js$`]: swc,
    [`/node_modules/${IMPORTS_LATE}/.+\\.cjs$`]: swc,
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:${ES_MODULES}|${IMPORTS_LATE})/)`],
  // The form of this package that needs no translation.
  moduleNameMapper: { '^adaptivecards$': '<rootDir>/node_modules/adaptivecards/dist/adaptivecards.js' },
  testTimeout: 30_000,
  // A build, a real server and a real browser share two cores: more workers only slow each other down.
  maxWorkers: 2,
};
