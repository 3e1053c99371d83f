/** Reads the metrics of a running service, as Prometheus does. */
import type { Running } from '../service/running.ts';

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? (\S+)$/iu;

export async function scrape({ adminPort }: Pick<Running, 'adminPort'>): Promise<{ text: string; samples: Sample[] }> {
  const text = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return { text, samples: lines.map(sampleOf) };
}

function sampleOf(line: string): Sample {
  const [, name = '', labels = '', value] = LINE.exec(line) ?? [];
  if (name === '') throw new Error(`no sample: ${line}`);
  const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/gu)].map(([, label = '', of = '']) => [label, of]);
  return { name, labels: Object.fromEntries(pairs), value: Number(value) };
}

/** The value of the one sample with this name and these labels; undefined where there is none. */
export async function value(
  bot: Pick<Running, 'adminPort'>,
  name: string,
  labels: Record<string, string> = {},
): Promise<number | undefined> {
  const { samples } = await scrape(bot);
  const fits = (sample: Sample) => sample.name === name && Object.entries(labels).every(([label, of]) => sample.labels[label] === of);
  return samples.find(fits)?.value;
}
