import { randomUUID } from 'node:crypto';
import type { Activity, TurnContext } from 'botbuilder';
import { ENDED, type JobResult } from '../../jobs/worker.ts';
import type { Logger } from '../../operations/log.ts';
import { LeaseLost, type NewJob, type Store, StoreUnavailable, type TakenJob, VersionConflict } from '../../stores/store.ts';
import { gathering, TurnChanges } from '../../stores/turn-changes.ts';
import type { DirectLineAdapter } from './adapter.ts';

export const TURNS = 'directline-turn';
/** A turn that so often ended with its process, or could not be written down, is told to the person as failed. */
const MOST_TRIES = 5;
/** Turns are done in the order in which they were accepted. */
const AS_ADDED = 0;

export interface TurnParts {
  readonly store: Store;
  readonly adapter: DirectLineAdapter;
  readonly log: Logger;
  readonly run: (context: TurnContext) => Promise<void>;
  /** What the bot says where a turn failed: never silence. */
  readonly apologise: (context: TurnContext) => Promise<void>;
}

/** The work of answering an activity. */
export function turnJob(activity: Partial<Activity>): NewJob {
  return { queue: TURNS, id: randomUUID(), lane: activity.conversation?.id ?? '', place: AS_ADDED, body: JSON.stringify(activity) };
}

/** Runs the turn of a job. Its answers, the state and the end of the job are written down in one step: all of it or nothing. */
export function createTurns({ store, adapter, log, run, apologise }: TurnParts): (job: TakenJob) => Promise<JobResult> {
  async function changesOf(activity: Activity, logic: (context: TurnContext) => Promise<void>): Promise<TurnChanges> {
    const changes = new TurnChanges(activity.conversation.id);
    await gathering(changes, () => adapter.process(activity, logic));
    return changes;
  }

  return async (job) => {
    // Web Chat holds an answer back for seconds while what it replies to is not in the feed: a signal gets no reply mark.
    const activity = { ...(JSON.parse(job.body) as Activity), ...(job.activityId !== undefined && { id: job.activityId }) };
    const logic = job.attempts > MOST_TRIES ? apologise : run;
    const changes = await changesOf(activity, logic).catch((error: Error) => {
      if (mayPass(error)) throw error;
      log.error({ error: error.name, stack: error.stack }, 'a turn failed');
      return changesOf(activity, apologise);
    });
    await store.endJob(job, changes.outcome());
    changes.settle();
    return ENDED;
  };
}

/** Is it the store that failed, and not the turn? Then the turn is done again. */
function mayPass(error: Error): boolean {
  return error instanceof StoreUnavailable || error instanceof VersionConflict || error instanceof LeaseLost;
}
