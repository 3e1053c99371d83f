import { join } from 'node:path';

/** The service as it is built for `npm start`. */
export const SERVICE_FILE = join(import.meta.dirname, '..', '..', 'build', 'service', 'start.js');
