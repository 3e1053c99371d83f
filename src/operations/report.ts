import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { COUNTED } from '../feedback/tally.ts';
import { readSettings } from '../settings.ts';
import { openStore, storeFile } from '../stores/open.ts';
import type { Count } from '../stores/store.ts';

const USAGE = `Usage:
  npm run -s report [-- --json]
Prints what people asked about, what was not understood, and how answers were judged, of all days that STORE holds.
`;

/** What the counts say, in the order of languages and of numbers. */
export interface Report {
  readonly asked: readonly { readonly topic: string; readonly language: string; readonly times: number }[];
  readonly notUnderstood: readonly { readonly kind: string; readonly language: string; readonly times: number }[];
  readonly judged: readonly {
    readonly topic: string;
    readonly language: string;
    readonly up: number;
    readonly down: number;
    /** The share of thumbs up, from 0 to 1. */
    readonly share: number;
  }[];
}

/** Makes the report of counts. */
export function reportOf(counts: readonly Count[]): Report {
  const named = (name: string) => counts.filter((count) => count.name === name);
  const judged = new Map<string, { topic: string; language: string; up: number; down: number }>();
  for (const { labels, number } of named(COUNTED.judged)) {
    const [topic = '', language = '', thumb = ''] = labels;
    const one = judged.get(`${language} ${topic}`) ?? { topic, language, up: 0, down: 0 };
    judged.set(`${language} ${topic}`, { ...one, ...(thumb === 'up' ? { up: one.up + number } : { down: one.down + number }) });
  }
  const most = (one: { language: string; times: number }, other: { language: string; times: number }) =>
    one.language.localeCompare(other.language) || other.times - one.times;
  return {
    asked: named(COUNTED.answered)
      .map(({ labels: [topic = '', language = ''], number }) => ({ topic, language, times: number }))
      .sort(most),
    notUnderstood: named(COUNTED.notUnderstood)
      .map(({ labels: [kind = '', language = ''], number }) => ({ kind, language, times: number }))
      .sort(most),
    judged: [...judged.values()]
      .map((one) => ({ ...one, share: Number((one.up / (one.up + one.down)).toFixed(3)) }))
      .sort((one, other) => one.language.localeCompare(other.language) || other.up + other.down - one.up - one.down),
  };
}

function asText({ asked, notUnderstood, judged }: Report): string {
  const table = (title: string, rows: string[]) =>
    `${title}\n${rows.length > 0 ? rows.map((row) => `  ${row}`).join('\n') : '  nothing yet'}\n`;
  const line = (language: string, what: string, number: string) => `${language}  ${what.padEnd(28)}${number.padStart(7)}`;
  return [
    table(
      'Asked about',
      asked.map(({ topic, language, times }) => line(language, topic, String(times))),
    ),
    table(
      'Not understood',
      notUnderstood.map(({ kind, language, times }) => line(language, kind, String(times))),
    ),
    table(
      'Thumbs up',
      judged.map(({ topic, language, up, down, share }) => line(language, topic, `${Math.round(share * 100)} % of ${up + down}`)),
    ),
  ].join('\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) return void process.stdout.write(USAGE);
  const { STORE } = readSettings(process.env);
  const file = storeFile(STORE);
  if (file !== undefined && !existsSync(file)) throw new Error(`there is no store ${file}`);
  const store = await openStore(STORE);
  const report = reportOf(await store.counts());
  await store.close();
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : asText(report));
}

if (process.argv[1] === import.meta.filename) {
  main().catch((error: Error) => {
    process.stderr.write(`report: ${error.message}\n`);
    process.exitCode = 2;
  });
}
