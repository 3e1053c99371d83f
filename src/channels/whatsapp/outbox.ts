import { ENDED, type JobResult } from '../../jobs/worker.ts';
import type { Counts } from '../../operations/counts.ts';
import type { Logger } from '../../operations/log.ts';
import type { Store, TakenJob } from '../../stores/store.ts';
import { persisting } from '../../stores/while-away.ts';
import { callbackOf, confirmedJob } from './confirmation.ts';
import type { Graph, Outcome } from './graph.ts';
import type { Privacy } from './privacy.ts';

export const OUTBOX = 'whatsapp-out';

const HOUR = 3_600_000;
/** Meta lets a business answer for so long after a person's message. */
const WINDOW = 24 * HOUR;
/** With the pauses between them, these tries take about two hours. */
const MOST_TRIES = 30;
/** Each of these may show a person the same answer once more. */
const MOST_UNCERTAIN_TRIES = 4;
/** While the line is locked, or the token refused, one message tries again so often. */
const LOCKED_PAUSE = 15 * 60_000;
const UNAUTHORISED_PAUSE = 60_000;

/** Whoever had a message before may have sent it: so long it waits for them, or Meta, to say so. */
const LAPSED_PAUSE = 10_000;
/** What was sent is noted, also when the store comes back only later. */
const LONGEST_NOTING = 10 * 60_000;

/** A message as it waits in the queue, with the time when the question was accepted. */
export interface Outgoing {
  readonly message: object;
  readonly acceptedAt: number;
  /** The last message to a person who had everything deleted: with it the last trace goes. */
  readonly forget?: true;
}

/** Whether the channel can send: `locked` by Meta for policy or quality, `unauthorised` for a token that is refused. */
export type LineState = 'ready' | 'locked' | 'unauthorised';

export interface OutboxParts {
  readonly store: Store;
  readonly privacy: Privacy;
  readonly graph: Graph;
  readonly counts: Counts;
  readonly log: Logger;
  readonly delayOf: (attempts: number) => number;
  readonly now: () => number;
}

/** What waits to be sent: sends each message, and decides by Meta's answer what becomes of it. */
export function createOutbox({ store, privacy, graph, counts, log, delayOf, now }: OutboxParts) {
  let state: LineState = 'ready';
  let pausedUntil = 0;

  function change(next: LineState, code?: Outcome['code']): void {
    if (next !== state) log[next === 'ready' ? 'info' : 'error']({ channel: 'whatsapp', state: next, code }, 'the line changed its state');
    state = next;
  }

  async function drop(job: TakenJob, outcome: string, { forget }: Outgoing): Promise<JobResult> {
    counts.add('whatsapp_out', outcome);
    await store.endJob(job);
    if (forget) await store.forget(job.lane);
    return ENDED;
  }

  /** Notes that a message was sent, whoever has its job by now: what is not noted would be sent again. */
  async function noteSent(job: TakenJob, { forget }: Outgoing): Promise<JobResult> {
    counts.add('whatsapp_out', 'sent');
    await persisting(async () => {
      await store.dropJob(job);
      if (forget) await store.forget(job.lane);
    }, LONGEST_NOTING);
    return ENDED;
  }

  function hold(milliseconds: number): JobResult {
    pausedUntil = now() + milliseconds;
    return { kind: 'later', afterMs: milliseconds };
  }

  return {
    state: () => state,
    pausedUntil: () => pausedUntil,
    /** Takes out what Meta says was sent, whether this process knows it or not. */
    async confirm(callback: string): Promise<void> {
      const job = confirmedJob(callback);
      if (job) await store.dropJob({ queue: OUTBOX, ...job });
    },

    async work(job: TakenJob): Promise<JobResult> {
      const outgoing = privacy.open(job.body) as Outgoing;
      if (now() - outgoing.acceptedAt > WINDOW) return drop(job, 'too-late', outgoing);
      if (job.lapsed) {
        counts.add('whatsapp_out', 'uncertain');
        return { kind: 'later', afterMs: LAPSED_PAUSE };
      }
      const { verdict, code } = await graph.send({ ...outgoing.message, biz_opaque_callback_data: callbackOf(job) });
      if (verdict.kind !== 'sent') {
        counts.add('whatsapp_error', String(code ?? 'unknown'));
        log.warn({ channel: 'whatsapp', code, verdict: verdict.kind }, 'Meta did not take a message');
      }
      switch (verdict.kind) {
        case 'sent':
          change('ready');
          return noteSent(job, outgoing);
        case 'too-late':
        case 'final':
          return drop(job, verdict.kind, outgoing);
        case 'again':
          // It may have arrived although no answer came. An answer twice is better than none: it is sent again.
          if (code === 'no-answer') counts.add('whatsapp_out', 'uncertain');
          if (job.attempts >= (code === 'no-answer' ? MOST_UNCERTAIN_TRIES : MOST_TRIES)) return drop(job, 'given-up', outgoing);
          counts.add('whatsapp_out', 'again');
          return { kind: 'later', afterMs: delayOf(job.attempts) };
        case 'too-many': {
          counts.add('whatsapp_out', 'again');
          const wait = Math.max(verdict.afterMs ?? 0, delayOf(job.attempts));
          return verdict.who === 'everybody' ? hold(wait) : { kind: 'later', afterMs: wait };
        }
        case 'locked':
          change('locked', code);
          return hold(LOCKED_PAUSE);
        case 'unauthorised':
          change('unauthorised', code);
          return hold(UNAUTHORISED_PAUSE);
      }
    },
  };
}
