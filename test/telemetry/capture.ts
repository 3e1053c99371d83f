import { createLog } from '../../src/operations/log.ts';

/** A line of the log. */
export interface Line {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** A log that is read by a test. */
export function capture(level = 'debug') {
  let text = '';
  const write = (line: string) => {
    text += line;
  };
  const log = createLog(level, { write });
  const lines = () =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line);
  return { log, text: () => text, lines, turns: () => lines().filter(({ msg }) => msg === 'turn') };
}
