import { type LoadResult, load, type Way } from './load.ts';
import { quantile, table } from './measure.ts';
import { startProcess } from './service.ts';

const PEOPLE = 40;
/** So much of a rate has to be reached, and so little may be left unanswered, for the next rate to be tried. */
const KEPT_UP = 0.9;

interface Row {
  readonly who: string;
  readonly way: Way;
  readonly processes: number;
  readonly store: 'SQLite' | 'Redis';
  readonly rate: number;
  readonly result: LoadResult;
}

/** What is said, at which rates (messages a second), and for how many seconds at each of them and before the first one. */
interface Size {
  readonly texts: readonly string[];
  readonly rates: readonly number[];
  readonly seconds: number;
  readonly warm: number;
  /** How many processes on one Redis. */
  readonly processes: readonly number[];
}

/** Raises the rate of messages step by step until a service does not keep up. */
async function untilSaturated(
  who: 'echo' | 'own',
  way: Way,
  { processes, store, texts, rates, seconds, warm }: { processes: number; store: string } & Omit<Size, 'processes'>,
): Promise<Row[]> {
  const services = await Promise.all(Array.from({ length: processes }, () => startProcess({ STORE: store }, who)));
  const urls = services.map(({ url }) => url);
  const rows: Row[] = [];
  await load(urls, { way, rate: 50, seconds: warm, people: 10, texts });
  for (const rate of rates) {
    const result = await load(urls, { way, rate, seconds, people: PEOPLE, texts });
    rows.push({
      who: who === 'echo' ? 'echo bot' : 'this bot',
      way,
      processes,
      store: store.startsWith('redis') ? 'Redis' : 'SQLite',
      rate,
      result,
    });
    if (result.perSecond < KEPT_UP * rate || result.unanswered > 0) break;
  }
  for (const service of services) await service.stop();
  return rows;
}

/** The section about Direct Line over HTTP and WebSocket, one process and two. */
export async function directLineSection(redis: string | undefined, size: Size) {
  const rows: Row[] = [];
  for (const way of ['socket', 'poll'] as const) {
    for (const who of ['echo', 'own'] as const)
      rows.push(...(await untilSaturated(who, way, { ...size, processes: 1, store: 'sqlite::memory:' })));
  }
  if (redis) {
    for (const processes of size.processes) {
      for (const who of ['echo', 'own'] as const) {
        rows.push(...(await untilSaturated(who, 'socket', { ...size, processes, store: redis })));
      }
    }
  }
  const cells = rows.map(({ who, way, processes, store, rate, result }) => {
    const [p50, p99] = [0.5, 0.99].map((share) => quantile(result.milliseconds, share).toFixed(1)) as [string, string];
    return [who, way, store, processes, rate, result.perSecond.toFixed(0), p50, p99, result.unanswered];
  });
  const head = ['bot', 'over', 'store', 'processes', 'asked for a second', 'answered a second', 'p50 ms', 'p99 ms', 'unanswered'];
  const text = table(head, cells);
  return { text, rows };
}
