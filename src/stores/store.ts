import type { Activity } from 'botbuilder';

/** A value with its version; a write that names another version than the stored one is refused. */
export interface Versioned {
  readonly value: string;
  readonly version: string;
}

/** Thrown where a value was changed by somebody else since it was read. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
}

/** A part of a conversation's feed. `watermark` is the place after its last activity, to go on reading from. */
export interface FeedPart {
  readonly activities: readonly Activity[];
  readonly watermark: string;
}

/** What became of an activity that was added to a feed. */
export interface Appended {
  readonly id: string;
  /** True where a sending with the same id of the client was there before. */
  readonly repeated: boolean;
}

/** Work that outlives a restart. Whoever adds it seals what nobody else may read. */
export interface NewJob {
  readonly queue: string;
  readonly id: string;
  /** The conversation. Jobs of one lane are done one after another, by their place and then in the order in which they were added. */
  readonly lane: string;
  readonly place: number;
  readonly body: string;
  /** The span that it was added in, where traces are on: the work is shown below it. */
  readonly trace?: string | undefined;
  /** Its id stays known for days after its end, and a job with a known id is not added again. The ids of others are known as long as they wait. */
  readonly once?: boolean;
}

/** A job that this process has taken: nobody else takes it, or another one of its lane, until the lease ends. */
export interface TakenJob extends NewJob {
  /** How often it was taken, this time included. Who has taken it in an earlier time can end nothing any more. */
  readonly attempts: number;
  /** Who had taken it before neither ended it nor gave it back in time: it may be done, or still under way. */
  readonly lapsed?: true;
  /** The id of the activity that was added to the feed together with the job. */
  readonly activityId?: string | undefined;
}

/** A change of a value; without a `value` it is deleted. `version` is the one that was read, `*` to win in any case. */
export interface StateChange {
  readonly key: string;
  readonly value: string | undefined;
  readonly version: string;
}

/** What a turn leaves behind in its conversation. */
export interface Outcome {
  readonly conversation: string;
  readonly states: readonly StateChange[];
  /** Goes to the feed, where the conversation has one. */
  readonly said: readonly Partial<Activity>[];
  /** What has to be done next, in the same lane. */
  readonly jobs: readonly NewJob[];
  /** Deletes what was said before, and what is remembered of it. */
  readonly forget: boolean;
}

/** Thrown where a job was taken by somebody else in the meantime: what was done for it does not count. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** Thrown where the store cannot be reached now. The same may succeed later. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Something that came in by this process or another one; `anything` where it cannot be told what. */
export type News =
  | { readonly kind: 'feed'; readonly conversation: string }
  | { readonly kind: 'jobs'; readonly queue: string }
  | { readonly kind: 'anything' };

/** The jobs of a queue that are accepted and not done yet, and how many milliseconds ago the oldest of them was added. */
export interface Waiting {
  readonly queue: string;
  readonly waiting: number;
  readonly oldestMs: number;
}

/** How often something happened. `labels` say to what, in ids; never in a text of a person. */
export interface Count {
  readonly name: string;
  readonly labels: readonly string[];
  readonly number: number;
}

/** A question that somebody let the bot keep. Nothing in it leads to a conversation; the conversation knows its id, for "delete my data", as long as it lasts. */
export interface KeptQuestion {
  readonly id: string;
  readonly language: string;
  /** What it was taken to be about: a topic, or `none`. */
  readonly topic: string;
  readonly text: string;
  /** The day (UTC, `YYYY-MM-DD`) on which it goes by itself. */
  readonly goes: string;
}

/**
 * Everything that the service keeps. One port, several engines; all of it expires.
 *
 * A conversation has a feed: its activities in order, each with a rising number. A watermark is such a number as
 * text; the empty text stands before the first activity.
 */
export interface Store {
  /** The value of a key of a conversation, or undefined. No two conversations have the same key. */
  readState(conversation: string, key: string): Promise<Versioned | undefined>;
  /** Writes or deletes a value. Throws a VersionConflict. */
  changeState(conversation: string, change: StateChange): Promise<void>;

  /** Opens a conversation; true where it is new, and only then its first job is added. Also keeps a known one alive. */
  openConversation(id: string, first?: NewJob): Promise<boolean>;
  hasConversation(id: string): Promise<boolean>;
  /**
   * Adds an activity to the feed of an open conversation and gives it its id; in the same step the job that it is for.
   * With a `clientId` that this conversation has seen before, nothing is added and the earlier id comes back: a repeated
   * sending counts once.
   */
  append(
    conversation: string,
    activity: Partial<Activity>,
    more?: { readonly clientId?: string | undefined; readonly job?: NewJob },
  ): Promise<Appended>;
  /** The feed after a watermark. An unreadable watermark reads from the start. */
  readFeed(conversation: string, watermark: string): Promise<FeedPart>;
  /**
   * Deletes what was said in a conversation and what is remembered of it. Its numbers go on, so that no client loses its
   * place, and go soon themselves where nobody goes on in it.
   */
  forget(conversation: string): Promise<void>;

  /** Adds jobs, those of one lane in one step; an id belongs to one lane. Returns how many of them are new. */
  addJobs(jobs: readonly NewJob[]): Promise<number>;
  /** Takes the next job of a queue that is due, if any, for `leaseMs` milliseconds. */
  takeJob(queue: string, leaseMs: number): Promise<TakenJob | undefined>;
  /**
   * Ends a job and, in the same step, writes down what its turn leaves behind: all of it or nothing. Throws a LeaseLost
   * or a VersionConflict, and then nothing has happened.
   */
  endJob(job: TakenJob, outcome?: Outcome): Promise<void>;
  /** Gives a job back, to be taken again after `delayMs` milliseconds. */
  postponeJob(job: TakenJob, delayMs: number): Promise<void>;
  /** Ends a job that is known to be done, whoever holds it: its holder gets a LeaseLost. An unknown one is none. */
  dropJob(job: Pick<NewJob, 'queue' | 'lane' | 'id'>): Promise<void>;
  /** What waits in each queue that is not empty. */
  waiting(): Promise<Waiting[]>;
  /** Locks a lane for `forMs` milliseconds in the name of a holder; false while another one holds it. The holder may prolong its lock so. */
  lock(lane: string, holder: string, forMs: number): Promise<boolean>;
  unlock(lane: string, holder: string): Promise<void>;

  /** Calls the listener for what came in, until the returned function is called. News may come twice, or for nothing. */
  watch(listener: (news: News) => void): () => void;

  /** Adds to the counts of today (UTC). They go after 400 days. */
  count(counts: readonly Count[]): Promise<void>;
  /** The sums of all days, in the order of names and labels. */
  counts(): Promise<Count[]>;

  /** Keeps a question for so many days. Its id is made up by chance; the same id again changes nothing. */
  keepQuestion(question: Omit<KeptQuestion, 'goes'>, days: number): Promise<void>;
  /** Every question that is kept, those that go first at first. */
  keptQuestions(): Promise<KeptQuestion[]>;
  /** Deletes a kept question for good; an unknown id is none. */
  dropQuestion(id: string): Promise<void>;

  /** A secret made once and kept, for what has to stay valid over a restart. */
  secret(name: string, make: () => string): Promise<string>;
  /**
   * Deletes everything that nobody has used since `before`, and whatever has a last day of its own that is over;
   * returns how many conversations went.
   */
  expire(before: Date): Promise<number>;
  /** Throws where the store cannot be used now. */
  check(): Promise<void>;
  close(): Promise<void>;
}
