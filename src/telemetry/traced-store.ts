import type { NewJob, Store } from '../stores/store.ts';
import { inSpan, NO_TRACING, type Tracing } from './tracing.ts';

/** A store whose steps are spans where a turn or a request is under way, and whose jobs keep the span that they were added in. */
export function tracedStore(store: Store, tracing: Tracing): Store {
  if (tracing === NO_TRACING) return store;
  const step = <T>(operation: string, work: () => Promise<T>) => inSpan(tracing.step(`store ${operation}`, { operation }), work);
  // Before the step begins: what comes of a job is below what added it, not below the writing.
  const added = (job: NewJob): NewJob => {
    const trace = tracing.current();
    return trace === undefined ? job : { ...job, trace };
  };
  return Object.assign(Object.create(store) as Store, {
    readState: (conversation, key) => step('readState', () => store.readState(conversation, key)),
    changeState: (conversation, change) => step('changeState', () => store.changeState(conversation, change)),
    readFeed: (conversation, watermark) => step('readFeed', () => store.readFeed(conversation, watermark)),
    hasConversation: (id) => step('hasConversation', () => store.hasConversation(id)),
    openConversation(id, first) {
      const job = first && added(first);
      return step('openConversation', () => store.openConversation(id, job));
    },
    append(conversation, activity, more) {
      const whole = more?.job ? { ...more, job: added(more.job) } : more;
      return step('append', () => store.append(conversation, activity, whole));
    },
    addJobs(jobs) {
      const own = jobs.map(added);
      return step('addJobs', () => store.addJobs(own));
    },
    endJob(job, outcome) {
      const whole = outcome && { ...outcome, jobs: outcome.jobs.map(added) };
      return step('endJob', () => store.endJob(job, whole));
    },
  } satisfies Partial<Store>);
}
