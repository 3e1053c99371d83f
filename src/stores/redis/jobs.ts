import { activityId } from '../activity-id.ts';
import { LeaseLost, type NewJob, type Outcome, type Store, type TakenJob, VersionConflict, type Waiting } from '../store.ts';
import type { Connection } from './connection.ts';
import type { Work } from './due-groups.ts';
import { ALL_GROUPS, conversationKeys, groupOf, KEYS_OF_CONVERSATION, KEYS_OF_QUEUE, lanesKey, lockKey, queueKeys } from './keys.ts';
import type { Newswire } from './newswire.ts';
import { feedEntry, jobRequests, wired } from './requests.ts';
import { SCRIPTS } from './scripts.ts';

export interface JobParts {
  readonly connection: Connection;
  readonly news: Newswire;
  readonly work: Work;
  readonly sweepEveryMs: number;
}

type Jobs = Pick<Store, 'addJobs' | 'takeJob' | 'endJob' | 'dropJob' | 'postponeJob' | 'waiting' | 'lock' | 'unlock'>;

/** Jobs in lanes, and the locks of lanes. */
export function createJobs({ connection, news, work, sweepEveryMs }: JobParts): Jobs {
  const sweeps = new Map<string, { readonly at: number; readonly done: Promise<void> }>();

  /** Finds the groups in which a lane is due. */
  async function sweep(queue: string): Promise<void> {
    const [now, ...first] = await Promise.all([
      connection.now(),
      ...ALL_GROUPS.map((group) => connection.run((client) => client.zRangeWithScores(lanesKey(queue, group), 0, 0))),
    ]);
    for (const group of ALL_GROUPS) if ((first[group]?.[0]?.score ?? Infinity) <= now) work.of(queue).add(group);
  }

  function sweepInTime(queue: string): Promise<void> {
    const last = sweeps.get(queue);
    if (last && performance.now() - last.at < sweepEveryMs) return last.done;
    const done = sweep(queue);
    sweeps.set(queue, { at: performance.now(), done });
    return done;
  }

  async function addToLane(own: readonly NewJob[], lane: string): Promise<number> {
    const { queues, keys, jobs } = jobRequests(own, lane, 1);
    const told = queues.map((queue) => news.jobs(queue, lane));
    const added = await connection.script<number>(SCRIPTS.addJobs, keys, { jobs, news: wired(told) });
    if (added > 0) news.tell(told);
    return added;
  }

  async function takeFrom(queue: string, group: number, leaseMs: number): Promise<TakenJob | undefined> {
    const taken = await connection.script<[string, number, number, number] | null>(SCRIPTS.takeJob, queueKeys(queue, group), { leaseMs });
    if (!taken) return undefined;
    const [record, attempts, activity, lapsed] = taken;
    const job = JSON.parse(record) as NewJob;
    return { ...job, attempts, ...(activity > 0 && { activityId: activityId(job.lane, activity) }), ...(lapsed === 1 && { lapsed: true }) };
  }

  async function waitingIn(queue: string): Promise<Waiting> {
    const found = await Promise.all(
      ALL_GROUPS.map((group) => connection.script<[number, number]>(SCRIPTS.waiting, queueKeys(queue, group), {})),
    );
    const waiting = found.reduce((sum, [number]) => sum + number, 0);
    return { queue, waiting, oldestMs: Math.max(...found.map(([, age]) => age)) };
  }

  /** What the script that ends a job needs to write down its outcome, and whom to tell of it. */
  function outcomeRequest(job: TakenJob, { conversation, states, said, jobs, forget }: Outcome) {
    if (conversation !== job.lane) throw new TypeError('the outcome of a job belongs to its lane');
    const next = jobRequests(jobs, job.lane, 1 + KEYS_OF_QUEUE + KEYS_OF_CONVERSATION);
    return {
      keys: [...conversationKeys(conversation), ...next.keys],
      outcome: { conversation, states, said: said.map(feedEntry), jobs: next.jobs, forget },
      told: [...(said.length > 0 ? [news.feed(conversation)] : []), ...next.queues.map((queue) => news.jobs(queue, job.lane))],
    };
  }

  return {
    async addJobs(jobs) {
      const lanes = Map.groupBy(jobs, ({ lane }) => lane);
      const added = await Promise.all([...lanes].map(([lane, own]) => addToLane(own, lane)));
      return added.reduce((sum, number) => sum + number, 0);
    },
    async takeJob(queue, leaseMs) {
      await sweepInTime(queue);
      const groups = work.of(queue);
      for (let next = groups.next(); next; next = groups.next()) {
        const taken = await takeFrom(queue, next.group, leaseMs);
        if (taken) return taken;
        next.empty();
      }
      return undefined;
    },
    async endJob(job, outcome) {
      const { queue, id, lane, attempts, once } = job;
      const { keys, told, ...written } = outcome ? outcomeRequest(job, outcome) : { keys: [], told: [] };
      const next = news.jobs(queue, lane);
      const request = { job: { id, lane, attempts, once }, next: JSON.stringify(next), news: wired(told), ...written };
      const ended = await connection.script<string>(SCRIPTS.endJob, [...queueKeys(queue, groupOf(lane)), ...keys], request);
      if (ended === 'lost') throw new LeaseLost(id);
      if (ended === 'conflict') throw new VersionConflict(lane);
      news.tell(ended === 'more' ? [...told, next] : told);
    },
    async dropJob({ queue, lane, id }) {
      const told = [news.jobs(queue, lane)];
      const request = { job: { id, lane }, news: wired(told) };
      const more = await connection.script<number>(SCRIPTS.dropJob, queueKeys(queue, groupOf(lane)), request);
      if (more === 1) news.tell(told);
    },
    async postponeJob({ queue, id, lane, attempts }, delayMs) {
      await connection.script(SCRIPTS.postponeJob, queueKeys(queue, groupOf(lane)), { job: { id, lane, attempts }, delayMs });
    },
    async waiting() {
      return (await Promise.all(work.queues.map(waitingIn))).filter(({ waiting }) => waiting > 0);
    },
    async lock(lane, holder, forMs) {
      return (await connection.script<number>(SCRIPTS.lock, [lockKey(lane)], { holder, forMs })) === 1;
    },
    async unlock(lane, holder) {
      await connection.script(SCRIPTS.unlock, [lockKey(lane)], { holder });
    },
  };
}
