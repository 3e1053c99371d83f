import { type DestinationStream, pino } from 'pino';

/** What a line of the log may hold. A field that is not here is dropped, so that a slip of the pen cannot log a text. */
const FIELDS = [
  'aside',
  'channel',
  'clock',
  'code',
  'conversation',
  'dialog',
  'edition',
  'error',
  'language',
  'limit',
  'ms',
  'outcome',
  'reason',
  'signal',
  'stack',
  'state',
  'topic',
  'url',
  'verdict',
] as const;

/** The fields of a line: ids, names, codes and numbers. `error` is the name of an error, never its message, which may quote a text. */
export type LogFields = { readonly [field in (typeof FIELDS)[number]]?: string | number | boolean | undefined };
type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug';
type Write = { (fields: LogFields, message: string): void; (message: string): void };

/** The log of the service. A message is a sentence that stands in code. */
export interface Logger extends Readonly<Record<Level, Write>> {
  /** Does a line of this level come out at all? */
  isLevelEnabled(level: Level): boolean;
}

const KNOWN: ReadonlySet<string> = new Set(FIELDS);
/** No id, name or code is longer; a text may be. */
const LONGEST = 200;
/** A frame of a stack: it ends with a place in code. */
const FRAME = /^ {4}at .*(?::\d+:\d+|<anonymous>|native)\)?$/u;

/** The log of the service: JSON lines on standard output, or elsewhere. It never gets a text of a person, nor a token or an address. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { log: onlyKnown },
    hooks: { logMethod: withoutErrors },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** The fields that a line may hold, in the form that it may hold them in. */
function onlyKnown(fields: Record<string, unknown>): Record<string, unknown> {
  const known: Record<string, unknown> = {};
  let dropped = 0;
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (field === 'stack') known[field] = framesOf(value);
    else if (!KNOWN.has(field) || (typeof value === 'object' && value !== null)) dropped += 1;
    else known[field] = typeof value === 'string' ? value.slice(0, LONGEST) : value;
  }
  if (dropped > 0) known['dropped'] = dropped;
  return known;
}

/** A stack begins with the message of its error, which may quote what somebody wrote: only the places in code stay. */
function framesOf(stack: unknown): string {
  return String(stack)
    .split('\n')
    .filter((line) => FRAME.test(line))
    .join('\n');
}

/** Where a line has no message, that of its error would become it. */
function withoutErrors(this: unknown, given: unknown[], write: (...given: never[]) => void): void {
  const [first, ...rest] = given;
  const fields = first instanceof Error ? { error: first.name, stack: first.stack } : first;
  write.apply(this, (typeof first === 'object' && rest.length === 0 ? [fields, 'an error'] : [fields, ...rest]) as never[]);
}
