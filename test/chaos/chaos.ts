import { setTimeout } from 'node:timers/promises';
import { seededRandom } from '../../knowledge/matching/random.ts';
import { startRedis } from '../service/redis-server.ts';
import { Replica } from '../service/replica.ts';
import { UNLIMITED } from '../service/unlimited.ts';
import { WHATSAPP } from '../whatsapp/account.ts';
import { startBalancer } from './balancer.ts';
import { directLineTalk } from './direct-line.ts';
import { eventually } from './eventually.ts';
import { CHANNELS, type Channel, emptyEntries, judge, type Ledger } from './ledger.ts';
import { type Meta, startMeta } from './meta.ts';
import { SCRIPTS, type Script } from './script.ts';
import { PATIENCE, type Talk } from './talk.ts';
import { startTrouble } from './trouble.ts';

const REPLICAS = 3;
/** So many people talk at the same time. */
const AT_ONCE = 120;
/** After this, what a killed process held has been taken by another one: nothing comes late any more. */
const LATEST = 35_000;
/** People read an answer before they go on, for so many milliseconds at the most. */
const READING = 1_500;
/** An answer of several messages comes within this time. */
const QUIET = 700;

export interface ChaosOptions {
  readonly conversations: number;
  /** How many messages each person sends. */
  readonly turns: number;
  readonly seed: number;
  /** So much trouble there has to be before anybody sends their last message: a short run must not be over before it. */
  readonly leastTrouble?: number;
  /** Told how far it is. */
  readonly onProgress?: (done: number) => void;
}

/** Lets people talk with three processes on one Redis, while these are killed and Redis crashes, and says what became of it all. */
export async function runChaos({
  conversations,
  turns,
  seed,
  leastTrouble = 0,
  onProgress = () => undefined,
}: ChaosOptions): Promise<Ledger> {
  const random = seededRandom(seed);
  const redis = await startRedis();
  const meta = await startMeta(random);
  const environment = { ...UNLIMITED, ...WHATSAPP, WHATSAPP_GRAPH_URL: meta.graphUrl, STORE: redis.url, CLOCK: '2023-06-10T12:00' };
  const replicas = Array.from({ length: REPLICAS }, () => new Replica(environment));
  await Promise.all(replicas.map((replica) => replica.start()));
  const balancer = await startBalancer(() => replicas.flatMap(({ port }) => port ?? []));
  const talkIn = (channel: Channel, locale: string) => newTalk(channel, locale, balancer.url, meta);
  const linesOf = ({ lines }: Script) => Array.from({ length: turns }, (_, turn) => lines[turn % lines.length] as string);

  try {
    const expected = await rehearse(talkIn, linesOf);
    const began = performance.now();
    const trouble = startTrouble(replicas, redis, random);
    const entries = emptyEntries();
    let next = 0;
    let done = 0;

    async function converse(number: number): Promise<{ talk: Talk; channel: Channel; said: number; right: readonly string[][] }> {
      const channel = CHANNELS[number % CHANNELS.length] as Channel;
      const script = SCRIPTS[Math.floor(number / CHANNELS.length) % SCRIPTS.length] as Script;
      const right = expected.get(keyOf(channel, script)) as string[][];
      const talk = talkIn(channel, script.locale);
      let said = 0;
      try {
        await talk.begin();
        for (const line of linesOf(script)) {
          await setTimeout(random() * READING);
          if (said === turns - 1) await trouble.reached(leastTrouble);
          await talk.say(line);
          said += 1;
          const whole = await eventually(
            PATIENCE,
            () => talk.answers(said - 1).length >= (right[said - 1] as string[]).length || undefined,
          );
          if (!whole) break;
        }
      } catch {
        entries[channel].refused += 1;
      }
      done += 1;
      onProgress(done);
      return { talk, channel, said, right };
    }
    const talks: Awaited<ReturnType<typeof converse>>[] = [];
    const people = Array.from({ length: Math.min(AT_ONCE, conversations) }, async () => {
      while (next < conversations) talks.push(await converse(next++));
    });
    await Promise.all(people);
    await trouble.stop();
    await setTimeout(LATEST);

    for (const { talk, channel, said, right } of talks) {
      await talk.settle();
      const entry = entries[channel];
      entry.sent += said;
      entry.repeats += talk.repeats();
      for (let turn = 0; turn < said; turn += 1) judge(entry, right[turn] as string[], talk.answers(turn));
      talk.end();
    }
    const unexplained = meta.repeated().filter((moment) => !trouble.at(moment)).length;
    return { entries, unexplained, happened: trouble.happened, seconds: (performance.now() - began) / 1000 };
  } finally {
    await Promise.all(replicas.map((replica) => replica.kill()));
    balancer.close();
    await meta.stop();
    await redis.remove();
  }
}

function newTalk(channel: Channel, locale: string, url: string, meta: Meta): Talk {
  if (channel === 'WhatsApp') return meta.talk(url);
  return directLineTalk(url, locale, channel === 'Direct Line, socket');
}

const keyOf = (channel: Channel, { locale }: Script) => `${channel} ${locale}`;

/** Each script in each channel without trouble: what is answered to each line of it. */
async function rehearse(talkIn: (channel: Channel, locale: string) => Talk, linesOf: (script: Script) => string[]) {
  const expected = new Map<string, string[][]>();
  const all = CHANNELS.flatMap((channel) => SCRIPTS.map((script) => ({ channel, script })));
  await Promise.all(
    all.map(async ({ channel, script }) => {
      const talk = talkIn(channel, script.locale);
      await talk.begin();
      const answers: string[][] = [];
      for (const [turn, line] of linesOf(script).entries()) {
        await talk.say(line);
        await eventually(PATIENCE, () => talk.answers(turn).length > 0 || undefined);
        await setTimeout(QUIET);
        answers.push([...talk.answers(turn)]);
        if (talk.answers(turn).length === 0) throw new Error(`without trouble nothing was answered to line ${turn} in ${channel}`);
      }
      talk.end();
      expected.set(keyOf(channel, script), answers);
    }),
  );
  return expected;
}
