import { RETENTION_HOURS } from '../../knowledge/answers/compose.ts';

const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** What nobody uses for so long goes, in milliseconds. */
export const CONVERSATION_KEPT = RETENTION_HOURS * HOUR;

/**
 * A conversation that was forgotten goes so long after, in milliseconds, unless somebody goes on in it. Until then the
 * bot's last word can be read by whoever lost the connection.
 */
export const GOODBYE_KEPT = HOUR / 3;

/** Senders repeat a delivery for up to seven days: so long, and a day, the ids of jobs stay known. */
export const JOBS_KNOWN = 8 * DAY;

export const COUNTS_KEPT = 400 * DAY;

/** How many activities one read of a feed returns at the most. */
export const MOST_AT_ONCE = 500;

/** The day (UTC, `YYYY-MM-DD`) of a time in milliseconds. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
