/**
 * All figures in one run, with the machine beside them: writes `bench/results.md` and the pictures in it.
 * `--quick` makes everything smaller, to see that it runs; what it prints is no figure to quote.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LANGUAGE_CODES } from '../locales/languages.ts';
import { hasRedis, startRedis } from '../test/service/redis-server.ts';
import { bars, lines } from './charts.ts';
import { directLineSection } from './directline.ts';
import { growthSection } from './growth.ts';
import { matchingSection } from './matching.ts';
import { circumstances, median, print, quantile, table, withSpread } from './measure.ts';
import { questions } from './questions.ts';
import { startSection } from './start.ts';
import { turnsSection } from './turns.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, help: { type: 'boolean' } } });

const FULL = {
  turns: { rounds: 7, turns: 1_000 },
  directLine: { rates: [100, 200, 400, 600, 800, 1_200], seconds: 4, warm: 2, processes: [1, 2] },
  matching: { languages: LANGUAGE_CODES },
  start: { starts: 5, turns: 100_000, rate: 250, rest: 5_000 },
  growth: { conversations: [1_000, 10_000, 100_000], rate: 1_200, seconds: 5, rounds: 5, replicas: [1, 2, 3] },
};
const QUICK = {
  turns: { rounds: 1, turns: 100 },
  directLine: { rates: [20], seconds: 0.5, warm: 0.2, processes: [2] },
  matching: { languages: ['fa'], most: 3 },
  start: { starts: 1, turns: 50, rate: 50, rest: 200 },
  growth: { conversations: [100], rate: 50, seconds: 1, rounds: 1, replicas: [2] },
} satisfies Record<keyof typeof FULL, object>;

async function main(): Promise<void> {
  const size = values.quick ? QUICK : FULL;
  const folder = values.quick ? join(import.meta.dirname, '..', 'build', 'bench') : import.meta.dirname;
  mkdirSync(join(folder, 'pictures'), { recursive: true });
  const texts = questions();
  const redis = hasRedis() ? await startRedis() : undefined;
  if (!redis) print('There is no redis-server on this machine: everything about Redis is left out.');
  print('1 of 5: whole turns …');
  const turns = await turnsSection(redis?.url, size.turns);
  print('2 of 5: Direct Line …');
  const directLine = await directLineSection(redis?.url, { texts, ...size.directLine });
  print('3 of 5: matching …');
  const matching = await matchingSection(size.matching);
  print('4 of 5: start and memory …');
  const start = await startSection({ texts, ...size.start });
  print('5 of 5: how cost grows …');
  const growth = await growthSection(redis?.url, { texts, ...size.growth });
  await redis?.remove();

  const latency = await lines(
    folder,
    'latency',
    'The 99th percentile of the time to an answer, by rate, for both bots',
    directLine.rows
      .filter(({ way, processes, store }) => way === 'socket' && processes === 1 && store === 'SQLite')
      .map(({ who, rate, result }) => ({ who, x: rate, y: quantile(result.milliseconds, 0.99) })),
    { x: 'messages a second', y: 'p99, ms' },
  );
  const matchers = [...matching.times].map(([who, times]) => ({ who, value: median(times) }));
  const speed = await bars(folder, 'matching', 'Microseconds for one question, by matcher', matchers, 'µs a question');
  const goals = [
    ...Object.entries(turns.ratios).map(([engine, ratio]) => [
      `a whole turn with ${engine}, times the echo bot`,
      ratio.toFixed(2),
      'at most 1.5',
      ratio <= 1.5,
    ]),
    ['matching, µs a question', withSpread(matching.alone, 0), 'under 100', median(matching.alone) < 100],
    ['process start to first answer, ms', withSpread(start.firstAnswers, 0), 'under 1000', median(start.firstAnswers) < 1000],
    ['memory at rest, MB', withSpread(start.rests, 0), 'under 150', median(start.rests) < 150],
  ] as const;
  const reached = goals.map(([what, figure, target, met]) => [String(what), String(figure), String(target), met ? 'yes' : '**no**']);
  const report = [
    '# Results of `npm run bench`',
    circumstances(),
    'Figures with a bracket are the middle of several rounds, with the least and the greatest one: the noise of the machine.',
    '## Targets',
    table(['what', 'figure', 'target', 'reached'], reached),
    '## A whole turn',
    'An activity is accepted, taken, answered, and all of it is written down, through the same adapter, queue and store for both bots. The echo bot is the one of the first sample of the SDK. Questions of all eight languages in turn.',
    turns.text,
    '## Direct Line',
    'Messages at a fixed rate, whether the earlier ones are answered or not, until a rate is not kept up. Sender and services share the machine.',
    directLine.text,
    latency,
    '## Matching',
    matching.text,
    speed,
    '## Start and memory',
    start.text,
    '## How cost grows',
    growth.text,
  ];
  writeFileSync(join(folder, 'results.md'), `${report.join('\n\n')}\n`);
  print(report.join('\n\n'));
}

if (values.help) print('npm run bench [-- --quick]');
else await main();
process.exit(0);
