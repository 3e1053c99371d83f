import fc from 'fast-check';
import { usedHeap } from '../leak/heap.ts';
import { type FuzzRequest, fuzzRequest } from './requests.ts';
import { type Answer, readerOf, send } from './send.ts';
import type { Target } from './target.ts';

/** Requests that are under way together. */
const AT_ONCE = 10;
/** After so many requests one person is replaced by a new one. */
const RENEWED_EVERY = 100;
const MARK = /mark-of-\d+-/u;
const MARKS = new RegExp(MARK, 'gu');

export interface FuzzOptions {
  readonly seed: number;
  readonly requests: number;
  /** Where to begin again, as it was printed with a find. */
  readonly path?: string | undefined;
  /** Called with the number of requests so far. */
  readonly onProgress?: (sent: number) => void;
}

/** What was found: what is wrong, and the request that shows it, or those that were under way when the log said so. */
export interface Find {
  readonly what: string;
  readonly requests: readonly FuzzRequest[];
  /** Where to begin, to send them again. */
  readonly seed: number;
  readonly path: string;
}

export interface FuzzReport {
  readonly sent: number;
  /** How often each status came; 0 stands for a connection that was closed. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Answers that held what the reader had written: without any, nothing would be shown by the absence of other marks. */
  readonly own: number;
  readonly find: Find | undefined;
  /** Bytes of the heap after a forced collection: when everything was warm, and at the end. */
  readonly heap: { readonly before: number; readonly after: number };
}

/** Shoots so many requests at a target and looks at each answer, at what leaves the service, and at its log. */
export async function fuzz(target: Target, { seed, requests, path, onProgress }: FuzzOptions): Promise<FuzzReport> {
  const statuses: Record<string, number> = {};
  let sent = 0;
  let own = 0;
  let before = 0;
  let shown: readonly FuzzRequest[] = [];
  let crash: Error | undefined;
  const onCrash = (error: Error) => {
    crash ??= error;
  };
  process.on('uncaughtException', onCrash);
  process.on('unhandledRejection', onCrash);

  async function shoot(batch: readonly FuzzRequest[]): Promise<void> {
    const answers = await Promise.all(batch.map(async (one) => ({ one, answer: await send(one, target) })));
    sent += batch.length;
    for (const { one, answer } of answers) {
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      const wrong = wrongWith(one, answer, target);
      if (wrong === undefined) {
        if (MARK.test(answer.body)) own += 1;
        continue;
      }
      shown = [one];
      throw new Error([wrong, ...target.take().errors].join('\n'));
    }
    shown = batch;
    const { sent: left, errors } = target.take();
    if (left.some((text) => MARK.test(text))) throw new Error('what one person wrote left the service');
    if (errors.length > 0) throw new Error(`the log calls it an error: ${errors[0]}`);
    if (crash) throw new Error(`the process would have ended: ${crash.stack}`);
    if (sent % RENEWED_EVERY < AT_ONCE) await target.renew();
    if (before === 0 && sent >= requests / 4) before = await usedHeap();
    onProgress?.(sent);
  }

  const property = fc.asyncProperty(fc.array(fuzzRequest, { minLength: 1, maxLength: AT_ONCE, size: 'max' }), shoot);
  let details: fc.RunDetails<[readonly FuzzRequest[]]>;
  let round = seed;
  do {
    const numRuns = Math.ceil((requests - sent) / AT_ONCE);
    // What a request does depends on those before it: a find is not made smaller by sending parts of it again.
    details = await fc.check(property, { seed: round, numRuns, endOnFailure: true, ...(path !== undefined && { path }) });
    round += 1;
  } while (!details.failed && sent < requests && path === undefined);
  process.off('uncaughtException', onCrash);
  process.off('unhandledRejection', onCrash);
  const what = (details.errorInstance as Error | undefined)?.message ?? 'unknown';
  const find = details.failed ? { what, requests: shown, seed: details.seed, path: details.counterexamplePath ?? '' } : undefined;
  return { sent, statuses, own, find, heap: { before, after: await usedHeap() } };
}

/** What is wrong with an answer; undefined where a service may give it. */
function wrongWith(one: FuzzRequest, { status, body }: Answer, { people }: Target): string | undefined {
  // An invoke of Teams that nobody knows is answered so, by its documentation.
  const unknownInvoke = status === 501 && one.seed.path === '/api/messages';
  if (status >= 500 && !unknownInvoke) return `status ${status}: ${body.slice(0, 300)}`;
  const reader = readerOf(one, people.length);
  const own = reader === undefined ? undefined : people[reader]?.mark;
  const strange = [...body.matchAll(MARKS)].find(([mark]) => mark !== own);
  return strange && `an answer to somebody else: ${strange[0]} for ${own ?? 'nobody'}`;
}
