import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** The log of the service: JSON lines on standard output. It never gets a text of a person, nor a token or an address. */
export function createLog(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}
