import { setTimeout } from 'node:timers/promises';
import type { RedisServer } from '../service/redis-server.ts';
import type { Replica } from '../service/replica.ts';

/** What happens to the service while people talk with it. */
export const TROUBLES = [
  'a process is killed',
  'all processes are killed',
  'Redis crashes',
  'Redis is gone',
  'Redis stands still',
] as const;

export type TroubleKind = (typeof TROUBLES)[number];

export interface Trouble {
  /** How often each kind has happened. */
  readonly happened: ReadonlyMap<TroubleKind, number>;
  /** Resolves when so many of all kinds have happened. */
  reached(count: number): Promise<void>;
  /** Was there trouble at this moment, or within a second after it? */
  at(moment: number): boolean;
  /** Ends it, and resolves when everything runs again. */
  stop(): Promise<void>;
}

/** One process is killed far more often than anything else. */
const ROUND: readonly TroubleKind[] = [
  'a process is killed',
  'Redis crashes',
  'a process is killed',
  'a process is killed',
  'Redis stands still',
  'a process is killed',
  'all processes are killed',
  'a process is killed',
  'Redis is gone',
  'a process is killed',
];

/** Starts trouble: one kind after another in a fixed round, at times and in places that chance decides. */
export function startTrouble(replicas: readonly Replica[], redis: RedisServer, random: () => number): Trouble {
  const happened = new Map<TroubleKind, number>();
  const times: { readonly from: number; readonly to: number }[] = [];
  const between = (least: number, most: number) => least + random() * (most - least);
  let stopped = false;

  const work: Record<TroubleKind, () => Promise<void>> = {
    async 'a process is killed'() {
      const replica = replicas[Math.floor(random() * replicas.length)] as Replica;
      await replica.kill();
      await setTimeout(between(0, 500));
      await replica.start();
    },
    async 'all processes are killed'() {
      await Promise.all(replicas.map((replica) => replica.kill()));
      await Promise.all(replicas.map((replica) => replica.start()));
    },
    async 'Redis crashes'() {
      await redis.kill();
      await redis.start();
    },
    async 'Redis is gone'() {
      await redis.kill();
      await setTimeout(between(3_000, 6_000));
      await redis.start();
    },
    // Sometimes for longer than a command may take.
    async 'Redis stands still'() {
      redis.pause();
      await setTimeout(between(1_000, 6_000));
      redis.resume();
    },
  };

  async function go(): Promise<void> {
    for (let index = 0; !stopped; index += 1) {
      await setTimeout(between(500, 3_000));
      if (stopped) return;
      const kind = ROUND[index % ROUND.length] as TroubleKind;
      const from = performance.now();
      await work[kind]();
      times.push({ from, to: performance.now() });
      happened.set(kind, (happened.get(kind) ?? 0) + 1);
    }
  }
  const gone = go();

  return {
    happened,
    async reached(count) {
      while (times.length < count) await setTimeout(50);
    },
    at: (moment) => times.some(({ from, to }) => moment <= to && moment + 1_000 >= from),
    async stop() {
      stopped = true;
      await gone;
    },
  };
}
