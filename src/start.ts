import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// What was compiled once need not be compiled at the next start. Where the folder cannot be written, nothing is kept.
enableCompileCache(join(import.meta.dirname, '..', 'build', 'compiled'));
await import('./main.ts');
