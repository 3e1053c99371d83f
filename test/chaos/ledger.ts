import { TROUBLES, type Trouble } from './trouble.ts';

export const CHANNELS = ['Direct Line, socket', 'Direct Line, REST', 'WhatsApp'] as const;

export type Channel = (typeof CHANNELS)[number];

/** What became of the messages of one channel. */
export interface Entry {
  /** Accepted by the service. */
  sent: number;
  /** Answered as without trouble: with the same words, once. */
  answered: number;
  /** With more messages than belong to the answer. */
  answeredTwice: number;
  /** Not answered, or not whole. */
  lost: number;
  /** Answered once, but not as without trouble: with "something went wrong", or as if something before had not been said. */
  otherwise: number;
  /** Not accepted, however often it was tried. */
  refused: number;
  /** Messages that came to a person again, with the id that they had before. */
  repeats: number;
}

export interface Ledger {
  readonly entries: Readonly<Record<Channel, Entry>>;
  /** Repeats in WhatsApp for which there was no kill and no trouble with Redis at the time. */
  readonly unexplained: number;
  readonly happened: Trouble['happened'];
  readonly seconds: number;
}

export function emptyEntries(): Record<Channel, Entry> {
  const entry = (): Entry => ({ sent: 0, answered: 0, answeredTwice: 0, lost: 0, otherwise: 0, refused: 0, repeats: 0 });
  return Object.fromEntries(CHANNELS.map((channel) => [channel, entry()])) as Record<Channel, Entry>;
}

/** Judges the answer to one message by what it is without trouble. */
export function judge(entry: Entry, expected: readonly string[], answers: readonly string[]): void {
  if (answers.length > expected.length) entry.answeredTwice += 1;
  else if (answers.length < expected.length) entry.lost += 1;
  else if (answers.every((text, index) => text === expected[index])) entry.answered += 1;
  else entry.otherwise += 1;
}

/** Has the service kept its promise? A repeat in WhatsApp that a kill explains does not break it. */
export function isClean({ entries, unexplained }: Ledger): boolean {
  const all = Object.values(entries);
  const directLine = all.slice(0, 2).reduce((sum, { repeats }) => sum + repeats, 0);
  return unexplained + directLine + all.reduce((sum, one) => sum + one.answeredTwice + one.lost + one.otherwise + one.refused, 0) === 0;
}

const COLUMNS = [
  ['refused', 'refused'],
  ['sent', 'sent'],
  ['answered', 'answered'],
  ['answered otherwise', 'otherwise'],
  ['shown again', 'repeats'],
  ['answered twice', 'answeredTwice'],
  ['lost', 'lost'],
] as const satisfies readonly (readonly [string, keyof Entry])[];

/** The ledger as a table, and what it stands for. */
export function ledgerText({ entries, unexplained, happened, seconds }: Ledger): string {
  const names = [...CHANNELS, 'all'];
  const sums = emptyEntries().WhatsApp;
  for (const entry of Object.values(entries)) for (const [, key] of COLUMNS) sums[key] += entry[key];
  const row = (name: string, cells: readonly string[]) => `| ${[name.padEnd(20), ...cells].join(' | ')} |`;
  const rows = names.map((name) => {
    const entry = name === 'all' ? sums : entries[name as Channel];
    return row(
      name,
      COLUMNS.map(([title, key]) => String(entry[key]).padStart(title.length)),
    );
  });
  const head = row(
    '',
    COLUMNS.map(([title]) => title),
  );
  const trouble = TROUBLES.map((kind) => `${kind}: ${happened.get(kind) ?? 0}`).join('; ');
  return [
    head,
    row(
      '-'.repeat(20),
      COLUMNS.map(([title]) => `${'-'.repeat(title.length - 1)}:`),
    ),
    ...rows,
    '',
    `In ${Math.round(seconds)} seconds. ${trouble}.`,
    `Messages that came to Meta once more, with the same id: ${entries.WhatsApp.repeats}` +
      ` (between Meta's yes and the note of it a process was killed or Redis was away; without such a reason: ${unexplained}).`,
  ].join('\n');
}
