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

/** Work that outlives a restart. `body` is sealed by whoever adds it: the store cannot read it. */
export interface NewJob {
  readonly queue: string;
  /** Known for days: a job whose id was there before is not added again. */
  readonly id: string;
  /** Jobs of one lane are done one after another, by their place and then in the order in which they were added. */
  readonly lane: string;
  readonly place: number;
  readonly body: string;
}

/** A job that this process has taken: nobody else takes it, or another one of its lane, until the lease ends. */
export interface TakenJob extends NewJob {
  /** How often it was taken, this time included. */
  readonly attempts: number;
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
  /** The value of a key, or undefined. */
  readState(key: string): Promise<Versioned | undefined>;
  /** Writes a value. `version` is the one that was read, `*` to win in any case. Throws a VersionConflict. */
  writeState(key: string, value: string, version: string): Promise<void>;
  deleteState(key: string): Promise<void>;

  /** Opens a conversation; true where it is new. Also keeps a known one alive. */
  openConversation(id: string): Promise<boolean>;
  hasConversation(id: string): Promise<boolean>;
  /**
   * Adds an activity to the feed of an open conversation and gives it its id. With a `clientId` that this
   * conversation has seen before, nothing is added and the earlier id comes back: a repeated sending counts once.
   */
  append(conversation: string, activity: Partial<Activity>, clientId?: string): Promise<Appended>;
  /** The feed after a watermark. An unreadable watermark reads from the start. */
  readFeed(conversation: string, watermark: string): Promise<FeedPart>;
  /** Deletes what was said in a conversation and what is remembered of it. Its numbers go on, so that no client loses its place. */
  forget(conversation: string): Promise<void>;

  /** Adds jobs and, in the same step, ends the one that they came from. Returns how many of them are new. */
  addJobs(jobs: readonly NewJob[], done?: { readonly queue: string; readonly id: string }): Promise<number>;
  /** Takes the next job of a queue that is due, if any, for `leaseMs` milliseconds. */
  takeJob(queue: string, leaseMs: number): Promise<TakenJob | undefined>;
  /** Ends a job. Its id stays known, its body goes. */
  endJob(queue: string, id: string): Promise<void>;
  /** Gives a job back, to be taken again after `delayMs` milliseconds. */
  postponeJob(queue: string, id: string, delayMs: number): Promise<void>;

  /** Adds to the counts of today (UTC). They go after 400 days. */
  count(counts: readonly Count[]): Promise<void>;
  /** The sums of all days, in the order of names and labels. */
  counts(): Promise<Count[]>;

  /** Keeps a question for so many days, and gives it an id that says nothing. */
  keepQuestion(question: Pick<KeptQuestion, 'language' | 'topic' | 'text'>, days: number): Promise<string>;
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
