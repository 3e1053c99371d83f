import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Activity } from 'botbuilder';
import { loadKnowledge } from '../knowledge/knowledge.ts';
import { apologise } from '../src/bot/apology.ts';
import { DirectLineAdapter } from '../src/channels/directline/adapter.ts';
import { Feed } from '../src/channels/directline/feed.ts';
import { createTurns, TURNS, turnJob } from '../src/channels/directline/turns.ts';
import { createLog } from '../src/operations/log.ts';
import { openStore } from '../src/stores/open.ts';
import type { Store } from '../src/stores/store.ts';
import { echoBot, ownBot, type Run } from './bots.ts';
import { median, quantile, table, withSpread } from './measure.ts';
import { questions } from './questions.ts';

const LEASE = 20_000;
/** So many people ask at a time, so many things each; then another one comes. */
const AT_A_TIME = 50;
const QUESTIONS_EACH = 10;

/** Runs whole turns: an activity is accepted with its work, the work is taken, the bot answers, and all is written down. */
export async function turner(store: Store, run: Run): Promise<(text: string, at: number) => Promise<void>> {
  const work = createTurns({ store, adapter: new DirectLineAdapter(new Feed(store)), log: createLog('silent'), run, apologise });
  const conversations: { id: string; asked: number }[] = [];
  return async (text, at) => {
    const before = conversations[at % AT_A_TIME];
    const one = before && before.asked < QUESTIONS_EACH ? before : { id: randomUUID(), asked: 0 };
    if (one !== before) await store.openConversation(one.id);
    conversations[at % AT_A_TIME] = one;
    one.asked += 1;
    const { id } = one;
    const activity = { type: 'message', text, channelId: 'directline', from: { id: 'person' }, conversation: { id } } as Activity;
    await store.append(id, activity, { job: turnJob(activity) });
    const job = await store.takeJob(TURNS, LEASE);
    if (!job) throw new Error('the turn is not there');
    await work(job);
  };
}

interface Rounds {
  readonly perSecond: number[];
  readonly milliseconds: number[];
}

/** Both bots in turns, so that a slow moment of the machine hits both. */
export async function compareTurns(setting: string, { rounds, turns }: { rounds: number; turns: number }) {
  const store = await openStore(setting);
  const bots = { echo: await turner(store, echoBot()), own: await turner(store, ownBot(loadKnowledge(), store)) };
  const asked = questions();
  const results: Record<keyof typeof bots, Rounds> = {
    echo: { perSecond: [], milliseconds: [] },
    own: { perSecond: [], milliseconds: [] },
  };
  for (let round = -1; round < rounds; round += 1) {
    for (const name of ['echo', 'own'] as const) {
      const start = performance.now();
      for (let turn = 0; turn < turns; turn += 1) {
        const before = performance.now();
        await bots[name](asked[turn % asked.length] ?? '', turn);
        if (round >= 0) results[name].milliseconds.push(performance.now() - before);
      }
      // The first round only warms up.
      if (round >= 0) results[name].perSecond.push((1000 * turns) / (performance.now() - start));
    }
  }
  await store.close();
  const ratios = results.echo.perSecond.map((rate, round) => rate / (results.own.perSecond[round] ?? Number.NaN));
  return { ...results, ratios };
}

/** Bytes that a turn allocates, measured in a process whose young generation is so large that nothing is collected meanwhile. */
function allocationOf(bot: 'echo' | 'own', setting: string, turns: number): number {
  const flags = ['--expose-gc', '--max-semi-space-size=512', '--min-semi-space-size=512'];
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...flags, join(import.meta.dirname, 'allocation.ts'), bot, setting, String(turns)],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

/** The section of the report about whole turns, and the ratio to the echo bot with each engine. */
export async function turnsSection(redis: string | undefined, size: { rounds: number; turns: number }) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const engines = [['SQLite', `sqlite:${join(folder, 'bot.sqlite')}`], ...(redis ? [['Redis', redis]] : [])] as [string, string][];
  const rows: (string | number)[][] = [];
  const ratios: Record<string, number> = {};
  for (const [engine, setting] of engines) {
    const { echo, own, ratios: all } = await compareTurns(setting, size);
    ratios[engine] = median(all);
    for (const [name, bot, { perSecond, milliseconds }] of [
      ['echo bot', 'echo', echo],
      ['this bot', 'own', own],
    ] as const) {
      const [p50, p99] = [quantile(milliseconds, 0.5), quantile(milliseconds, 0.99)].map((one) => one.toFixed(2)) as [string, string];
      const kilobytes = (allocationOf(bot, setting, size.turns) / 1000).toFixed(0);
      rows.push([engine, name, withSpread(perSecond, 0), p50, p99, kilobytes, bot === 'own' ? withSpread(all) : '1']);
    }
  }
  rmSync(folder, { recursive: true });
  return { text: table(['store', 'bot', 'turns a second', 'p50 ms', 'p99 ms', 'kB allocated a turn', 'times the echo bot'], rows), ratios };
}
