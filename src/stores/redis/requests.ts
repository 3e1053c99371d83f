import type { Activity } from 'botbuilder';
import type { NewJob } from '../store.ts';
import { groupOf, KEYS_OF_QUEUE, queueKeys } from './keys.ts';
import type { Message } from './newswire.ts';

/** How many digits a place has, so that places stand in order as texts do. */
const PLACE_DIGITS = 16;

/** A job as the scripts take it; the record is what comes back when it is taken. `keys` says where the keys of its queue begin. */
export function jobRequest({ queue, id, lane, place, body, once = false, trace }: NewJob, keys: number) {
  if (!Number.isSafeInteger(place) || place < 0) throw new TypeError('a place is a whole number from 0 on');
  return {
    keys,
    id,
    lane,
    place: String(place).padStart(PLACE_DIGITS, '0'),
    record: JSON.stringify({ queue, id, lane, place, body, once, trace }),
  };
}

/** Jobs of one lane as a script takes them, with the keys of their queues, which begin in its KEYS at `from`. */
export function jobRequests(jobs: readonly NewJob[], lane: string, from: number) {
  if (jobs.some((job) => job.lane !== lane)) throw new TypeError('jobs of one step are in one lane');
  const queues = [...new Set(jobs.map(({ queue }) => queue))];
  return {
    queues,
    keys: queues.flatMap((queue) => queueKeys(queue, groupOf(lane))),
    jobs: jobs.map((job) => jobRequest(job, from + queues.indexOf(job.queue) * KEYS_OF_QUEUE)),
  };
}

/** An activity as it stands in a feed: its id comes from its number there. */
export function feedEntry({ id: _, ...activity }: Partial<Activity>): string {
  return JSON.stringify(activity);
}

export function wired(messages: readonly Message[]): string[] {
  return messages.map((message) => JSON.stringify(message));
}
