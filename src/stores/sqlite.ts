import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Activity } from 'botbuilder';
import { activityId } from './activity-id.ts';
import { CONVERSATION_KEPT, COUNTS_KEPT, DAY, dayOf, GOODBYE_KEPT, JOBS_KNOWN, MOST_AT_ONCE } from './kept.ts';
import { createNews } from './news.ts';
import { tellingFailures } from './sqlite-failures.ts';
import {
  type FeedPart,
  type KeptQuestion,
  LeaseLost,
  type NewJob,
  type StateChange,
  type Store,
  type TakenJob,
  VersionConflict,
} from './store.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS state (
    key TEXT PRIMARY KEY, value TEXT NOT NULL, version INTEGER NOT NULL, used INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS conversation (id TEXT PRIMARY KEY, last INTEGER NOT NULL, used INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS activity (
    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    number INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (conversation, number)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS remembered (
    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    client_id TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (conversation, client_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS job (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL, id TEXT NOT NULL, lane TEXT NOT NULL, place INTEGER NOT NULL, body TEXT,
    once INTEGER NOT NULL, activity_id TEXT, trace TEXT,
    due INTEGER NOT NULL, leased INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, added INTEGER NOT NULL,
    UNIQUE (queue, id)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS job_next ON job (queue, place, number) WHERE body IS NOT NULL;
  CREATE INDEX IF NOT EXISTS job_waiting ON job (queue, lane, place, number) WHERE body IS NOT NULL;
  CREATE TABLE IF NOT EXISTS lane_lock (lane TEXT PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS count (
    day TEXT NOT NULL, name TEXT NOT NULL, labels TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (day, name, labels)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS kept_question (
    id TEXT PRIMARY KEY, language TEXT NOT NULL, topic TEXT NOT NULL, text TEXT NOT NULL, goes TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS checked (one INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS secret (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
`;

/** What a file of an earlier version lacks. Its jobs were all of the kind whose ids stay known. */
function upgrade(database: DatabaseSync): void {
  const columns = database.prepare('PRAGMA table_info(job)').all() as { name: string }[];
  const lacks = (column: string) => !columns.some(({ name }) => name === column);
  if (lacks('once')) database.exec('ALTER TABLE job ADD COLUMN once INTEGER NOT NULL DEFAULT 1');
  for (const column of ['activity_id', 'trace']) if (lacks(column)) database.exec(`ALTER TABLE job ADD COLUMN ${column} TEXT`);
}

/** Opens a store in one SQLite file, or in memory (`:memory:`). `now` gives the time that expiry is counted from. */
export function openSqliteStore(file: string, now: () => number = Date.now): Store {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  // secure_delete overwrites what is deleted: "forget" means gone from the file too. The write-ahead log is put into the
  // file at every 4000th page (16 MB): it stops everybody for some milliseconds, and pages that changed often are written once.
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA busy_timeout = 2000; PRAGMA wal_autocheckpoint = 4000;',
  );
  database.exec(SCHEMA);
  upgrade(database);
  const statements = prepare(database);
  const news = createNews();

  const dayAfter = (milliseconds: number) => dayOf(now() + milliseconds);

  function transaction<T>(work: () => T): T {
    statements.begin.run();
    try {
      const result = work();
      statements.commit.run();
      return result;
    } catch (error) {
      // Where the disk is full SQLite has taken it back itself.
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  /** The write-ahead log still holds what was deleted until it is written back. */
  function emptyLog(): void {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  function writeState({ key, value, version }: StateChange): void {
    const row = version === '*' ? undefined : (statements.readState.get(key) as { version: number } | undefined);
    if (row && String(row.version) !== version) throw new VersionConflict(key);
    if (value === undefined) statements.deleteState.run(key);
    else statements.writeState.run(key, value, now());
  }

  /** Adds to a feed; undefined where the conversation has none. */
  function say(conversation: string, activity: Partial<Activity>): string | undefined {
    const row = statements.nextNumber.get(now(), conversation) as { last: number } | undefined;
    if (!row) return undefined;
    const id = activityId(conversation, row.last);
    statements.append.run(conversation, row.last, JSON.stringify({ ...activity, id }));
    return id;
  }

  function addJob({ queue, id, lane, place, body, once, trace }: NewJob, activity?: string): boolean {
    return statements.addJob.run(queue, id, lane, place, body, once ? 1 : 0, activity ?? null, trace ?? null, now()).changes > 0;
  }

  function forget(conversation: string): void {
    statements.forgetActivities.run(conversation);
    statements.forgetRemembered.run(conversation);
  }

  /** It goes with the others that nobody has used for long. */
  function letGo(conversation: string): void {
    statements.touch.run(now() - CONVERSATION_KEPT + GOODBYE_KEPT, conversation);
  }

  return tellingFailures({
    async readState(_conversation, key) {
      const row = statements.readState.get(key) as { value: string; version: number } | undefined;
      return row && { value: row.value, version: String(row.version) };
    },
    async changeState(_conversation, change) {
      transaction(() => writeState(change));
    },
    async openConversation(id, first) {
      const isNew = transaction(() => {
        if (!statements.openConversation.get(id, now())) {
          statements.touch.run(now(), id);
          return false;
        }
        if (first) addJob(first);
        return true;
      });
      if (isNew && first) news.tell({ kind: 'jobs', queue: first.queue });
      return isNew;
    },
    async hasConversation(id) {
      return statements.hasConversation.get(id) !== undefined;
    },
    async append(conversation, activity, { clientId, job } = {}) {
      const appended = transaction(() => {
        const before =
          clientId === undefined ? undefined : (statements.remembered.get(conversation, clientId) as { value: string } | undefined);
        if (before) return { id: before.value, repeated: true };
        const id = say(conversation, activity);
        if (id === undefined) throw new Error('no such conversation');
        if (clientId !== undefined) statements.remember.run(conversation, clientId, id);
        if (job) addJob(job, id);
        return { id, repeated: false };
      });
      if (!appended.repeated) {
        news.tell({ kind: 'feed', conversation });
        if (job) news.tell({ kind: 'jobs', queue: job.queue });
      }
      return appended;
    },
    async readFeed(conversation, watermark): Promise<FeedPart> {
      const after = /^\d{1,12}$/u.test(watermark) ? Number(watermark) : 0;
      const rows = statements.readFeed.all(conversation, after, MOST_AT_ONCE) as { number: number; body: string }[];
      return { activities: rows.map(({ body }) => JSON.parse(body) as Activity), watermark: String(rows.at(-1)?.number ?? after) };
    },
    async forget(conversation) {
      transaction(() => {
        forget(conversation);
        letGo(conversation);
      });
      emptyLog();
    },
    async addJobs(jobs) {
      const added = transaction(() => jobs.filter((job) => addJob(job)));
      for (const queue of new Set(added.map((job) => job.queue))) news.tell({ kind: 'jobs', queue });
      return added.length;
    },
    async takeJob(queue, leaseMs) {
      const row = transaction(() => {
        const next = statements.nextJob.get(queue, now(), now());
        if (!next) return undefined;
        statements.endOtherLeases.run(queue, next['lane'] as string, next['id'] as string);
        return { ...statements.takeJob.get(now() + leaseMs, next['number'] as number), lapsed: next['leased'] !== 0 };
      });
      if (!row) return undefined;
      const { once, activity_id: activityId, trace, lapsed, ...job } = row as unknown as Row;
      return {
        ...job,
        once: once === 1,
        ...(activityId !== null && { activityId }),
        ...(trace !== null && { trace }),
        ...(lapsed && { lapsed }),
      };
    },
    async endJob(job, outcome) {
      transaction(() => {
        const { changes } = statements[job.once ? 'endKnownJob' : 'endJob'].run(job.queue, job.id, job.attempts);
        if (changes === 0) throw new LeaseLost(job.id);
        if (!outcome) return;
        if (outcome.forget) forget(outcome.conversation);
        outcome.states.forEach(writeState);
        for (const activity of outcome.said) say(outcome.conversation, activity);
        for (const next of outcome.jobs) addJob(next);
        if (outcome.forget) letGo(outcome.conversation);
      });
      if (!outcome) return;
      if (outcome.forget) emptyLog();
      if (outcome.said.length > 0) news.tell({ kind: 'feed', conversation: outcome.conversation });
      for (const queue of new Set(outcome.jobs.map((next) => next.queue))) news.tell({ kind: 'jobs', queue });
    },
    async dropJob({ queue, lane, id }) {
      transaction(() => {
        statements.dropKnownJob.run(queue, id, lane);
        statements.dropJob.run(queue, id, lane);
      });
    },
    async postponeJob(job, delayMs) {
      statements.postponeJob.run(now() + delayMs, job.queue, job.id, job.attempts);
    },
    async waiting() {
      const rows = statements.waiting.all() as { queue: string; waiting: number; added: number }[];
      return rows.map(({ added, ...queue }) => ({ ...queue, oldestMs: Math.max(0, now() - added) }));
    },
    async lock(lane, holder, forMs) {
      return statements.lock.get(lane, holder, now() + forMs, now(), holder) !== undefined;
    },
    async unlock(lane, holder) {
      statements.unlock.run(lane, holder);
    },
    watch: news.watch,
    async count(counts) {
      transaction(() => {
        for (const { name, labels, number } of counts) statements.count.run(dayAfter(0), name, JSON.stringify(labels), number);
      });
    },
    async counts() {
      const rows = statements.counts.all() as { name: string; labels: string; number: number }[];
      return rows.map(({ name, labels, number }) => ({ name, labels: JSON.parse(labels) as string[], number }));
    },
    async keepQuestion({ id, language, topic, text }, days) {
      statements.keepQuestion.run(id, language, topic, text, dayAfter(days * DAY));
    },
    async keptQuestions() {
      return (statements.keptQuestions.all() as unknown as KeptQuestion[]).map((row) => ({ ...row }));
    },
    async dropQuestion(id) {
      statements.dropQuestion.run(id);
      emptyLog();
    },
    async secret(name, make) {
      statements.makeSecret.run(name, make());
      return (statements.secret.get(name) as { value: string }).value;
    },
    async expire(before) {
      const gone = transaction(() => {
        statements.expireState.run(before.getTime());
        statements.expireJobs.run(now() - JOBS_KNOWN);
        statements.expireLocks.run(now());
        statements.expireCounts.run(dayAfter(-COUNTS_KEPT));
        statements.expireQuestions.run(dayAfter(0));
        return Number(statements.expireConversations.run(before.getTime()).changes);
      });
      emptyLog();
      return gone;
    },
    async check() {
      // A disk that is full can still be read: only a write shows that the file can be used.
      statements.check.run(now());
    },
    async close() {
      if (database.isOpen) database.close();
    },
  });
}

/** A job as it comes out of the file. */
type Row = Omit<TakenJob, 'once' | 'trace' | 'lapsed'> & {
  once: number;
  activity_id: string | null;
  trace: string | null;
  lapsed: boolean;
};

/** The job that was taken, as long as it was not taken again, or another one of its lane. */
const HELD = 'queue = ? AND id = ? AND attempts = ? AND body IS NOT NULL AND leased <> 0';

function prepare(database: DatabaseSync) {
  const sql = (text: string) => database.prepare(text);
  return {
    begin: sql('BEGIN IMMEDIATE'),
    commit: sql('COMMIT'),
    readState: sql('SELECT value, version FROM state WHERE key = ?'),
    writeState: sql(
      'INSERT INTO state VALUES (?, ?, 1, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = version + 1, used = excluded.used',
    ),
    deleteState: sql('DELETE FROM state WHERE key = ?'),
    openConversation: sql('INSERT INTO conversation VALUES (?, 0, ?) ON CONFLICT DO NOTHING RETURNING id'),
    touch: sql('UPDATE conversation SET used = ? WHERE id = ?'),
    hasConversation: sql('SELECT 1 FROM conversation WHERE id = ?'),
    nextNumber: sql('UPDATE conversation SET last = last + 1, used = ? WHERE id = ? RETURNING last'),
    append: sql('INSERT INTO activity VALUES (?, ?, ?)'),
    readFeed: sql('SELECT number, body FROM activity WHERE conversation = ? AND number > ? ORDER BY number LIMIT ?'),
    remember: sql('INSERT INTO remembered VALUES (?, ?, ?)'),
    remembered: sql('SELECT value FROM remembered WHERE conversation = ? AND client_id = ?'),
    forgetActivities: sql('DELETE FROM activity WHERE conversation = ?'),
    forgetRemembered: sql('DELETE FROM remembered WHERE conversation = ?'),
    addJob: sql(
      'INSERT INTO job (queue, id, lane, place, body, once, activity_id, trace, due, added) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?) ON CONFLICT (queue, id) DO NOTHING',
    ),
    // The first job of a lane holds up the others of it while it waits, and a job that is held all of them.
    nextJob: sql(`
      SELECT one.number, one.id, one.lane, one.leased FROM job AS one
      WHERE one.queue = ? AND one.body IS NOT NULL AND one.due <= ? AND NOT EXISTS (
        SELECT 1 FROM job AS other
        WHERE other.queue = one.queue AND other.lane = one.lane AND other.body IS NOT NULL
          AND ((other.place, other.number) < (one.place, one.number) OR other.leased > ?))
      ORDER BY one.place, one.number LIMIT 1`),
    takeJob: sql(`
      UPDATE job SET leased = ?, attempts = attempts + 1 WHERE number = ?
      RETURNING queue, id, lane, place, body, once, activity_id, trace, attempts`),
    // Who held a job of the lane before, and was too slow, holds it no more.
    endOtherLeases: sql('UPDATE job SET leased = 0 WHERE queue = ? AND lane = ? AND id <> ? AND body IS NOT NULL AND leased <> 0'),
    endJob: sql(`DELETE FROM job WHERE ${HELD}`),
    endKnownJob: sql(`UPDATE job SET body = NULL, lane = '', leased = 0 WHERE ${HELD}`),
    dropJob: sql('DELETE FROM job WHERE queue = ? AND id = ? AND lane = ? AND body IS NOT NULL'),
    dropKnownJob: sql(
      "UPDATE job SET body = NULL, lane = '', leased = 0 WHERE queue = ? AND id = ? AND lane = ? AND body IS NOT NULL AND once",
    ),
    postponeJob: sql(`UPDATE job SET due = ?, leased = 0 WHERE ${HELD}`),
    // Numbers rise with time: the smallest is the oldest, and the index holds it.
    waiting: sql(`
      SELECT one.queue, many.waiting, one.added FROM job AS one JOIN (
        SELECT MIN(number) AS first, COUNT(*) AS waiting FROM job WHERE body IS NOT NULL GROUP BY queue
      ) AS many ON one.number = many.first ORDER BY one.queue`),
    // A lock of somebody else counts as long as its time is not over.
    lock: sql(`
      INSERT INTO lane_lock VALUES (?, ?, ?)
      ON CONFLICT (lane) DO UPDATE SET holder = excluded.holder, until = excluded.until WHERE until <= ? OR holder = ?
      RETURNING lane`),
    unlock: sql('DELETE FROM lane_lock WHERE lane = ? AND holder = ?'),
    expireLocks: sql('DELETE FROM lane_lock WHERE until <= ?'),
    expireJobs: sql('DELETE FROM job WHERE added < ?'),
    count: sql('INSERT INTO count VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET number = number + excluded.number'),
    counts: sql('SELECT name, labels, SUM(number) AS number FROM count GROUP BY name, labels ORDER BY name, labels'),
    expireCounts: sql('DELETE FROM count WHERE day < ?'),
    keepQuestion: sql('INSERT INTO kept_question VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING'),
    keptQuestions: sql('SELECT id, language, topic, text, goes FROM kept_question ORDER BY goes, id'),
    dropQuestion: sql('DELETE FROM kept_question WHERE id = ?'),
    expireQuestions: sql('DELETE FROM kept_question WHERE goes <= ?'),
    makeSecret: sql('INSERT INTO secret VALUES (?, ?) ON CONFLICT DO NOTHING'),
    secret: sql('SELECT value FROM secret WHERE name = ?'),
    expireState: sql('DELETE FROM state WHERE used < ?'),
    expireConversations: sql('DELETE FROM conversation WHERE used < ?'),
    check: sql('INSERT INTO checked VALUES (1, ?) ON CONFLICT DO UPDATE SET at = excluded.at'),
  };
}
