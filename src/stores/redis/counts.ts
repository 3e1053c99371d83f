import { COUNTS_KEPT, DAY, dayOf } from '../kept.ts';
import type { Count, Store } from '../store.ts';
import type { Connection } from './connection.ts';
import { countsKey } from './keys.ts';

/** How often something happened: one hash a day. */
export function createCounts(connection: Connection): Pick<Store, 'count' | 'counts'> {
  return {
    async count(counts) {
      if (counts.length === 0) return;
      const day = dayOf(await connection.now());
      const goes = Date.parse(day) + COUNTS_KEPT + DAY;
      await connection.run((client) => {
        const step = client.multi();
        for (const { name, labels, number } of counts) step.hIncrBy(countsKey(day), JSON.stringify([name, ...labels]), number);
        return step.pExpireAt(countsKey(day), goes).exec();
      });
    },
    async counts() {
      const today = await connection.now();
      const days = Array.from({ length: COUNTS_KEPT / DAY + 1 }, (_, back) => dayOf(today - back * DAY));
      const kept = await connection.run((client) => Promise.all(days.map((day) => client.hGetAll(countsKey(day)))));
      const sums = new Map<string, number>();
      for (const [key, number] of kept.flatMap((counts) => Object.entries(counts))) sums.set(key, (sums.get(key) ?? 0) + Number(number));
      return [...sums].map(([key, number]) => countOf(key, number)).sort(inOrder);
    },
  };
}

function countOf(key: string, number: number): Count {
  const [name = '', ...labels] = JSON.parse(key) as string[];
  return { name, labels, number };
}

function inOrder(a: Count, b: Count): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return JSON.stringify(a.labels) < JSON.stringify(b.labels) ? -1 : 1;
}
