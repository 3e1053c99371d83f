import { join } from 'node:path';

/** The service as it is built for `npm start`. */
export const SERVICE_FILE = join(import.meta.dirname, '..', '..', 'build', 'service', 'start.js');

/** The flags of Node that `npm start` and the container run it with; what V8 compiles for a start is kept for starts with the same ones. */
export const SERVICE_FLAGS = [
  '--disable-warning=DEP0040',
  '--max-semi-space-size=2',
  '--heap-growing-percent=100',
  '--v8-pool-size=1',
] as const;
