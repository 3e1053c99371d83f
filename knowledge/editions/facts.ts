import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type CalendarDay, instantFrom, isCalendarDay } from '../calendar/day.ts';
import { KnowledgeError } from '../files/knowledge-error.ts';
import { readYaml } from '../files/read-yaml.ts';

/** The edition that is used when no other is chosen. */
export const DEFAULT_EDITION = '2023-06-09';

const day = z
  .string()
  .refine(isCalendarDay, 'must be an existing day, as 2023-07-31')
  .transform((text) => text as CalendarDay);
const minute = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'must be a time, as 2023-06-09T20:00');
const zone = z.string().refine(isTimeZone, 'must be an IANA time zone, as Europe/Amsterdam');
const organisation = z.strictObject({ short: z.string().min(1), official: z.string().min(1) });
const period = z.strictObject({ first: day, last: day });

const schema = z.strictObject({
  edition: day,
  timeZone: zone,
  page: z.url(),
  sections: z.record(z.string(), z.string().min(1)),
  periods: z.strictObject({
    protection: z.strictObject({ last: day }),
    remigration: period,
    safeCountryLetters: period,
  }),
  maintenance: z.strictObject({ from: minute, until: minute }),
  firstGroups: z.array(z.enum(['safe-country', 'syria-yemen'])).min(1),
  organisations: z.strictObject({ ind: organisation, vwn: organisation, dtv: organisation, iom: organisation }),
});

/** Facts of one edition of the page. Days are calendar days in `timeZone`; the last day of a period still counts. */
export type Facts = z.infer<typeof schema>;

/** A period of whole days; `last` still belongs to it. */
export type Period = Facts['periods']['remigration'];

/**
 * Loads the facts of an edition from `folder/<edition>/facts.yaml`.
 * Throws a KnowledgeError with file, line and reason where something does not fit.
 */
export function loadFacts(folder: string, edition: string): Facts {
  const file = join(folder, edition, 'facts.yaml');
  if (!existsSync(file)) throw new KnowledgeError(file, 1, `there is no edition "${edition}"`);
  const yaml = readYaml(file, schema);
  const { data } = yaml;
  if (data.edition !== edition) {
    throw new KnowledgeError(file, yaml.lineOf(['edition']), `edition ${data.edition} stands in the folder ${edition}`);
  }
  for (const [name, value] of Object.entries(data.periods)) {
    if ('first' in value && value.last < value.first) {
      throw new KnowledgeError(file, yaml.lineOf(['periods', name]), `period ${name} ends before it starts`);
    }
  }
  if (instantFrom(data.maintenance.until, data.timeZone) <= instantFrom(data.maintenance.from, data.timeZone)) {
    throw new KnowledgeError(file, yaml.lineOf(['maintenance']), 'period maintenance ends before it starts');
  }
  return data;
}

/** The last day on which any period of the edition still runs. After it the whole edition is out of date. */
export function lastDayOf(facts: Facts): CalendarDay {
  const days = [...Object.values(facts.periods).map(({ last }) => last), facts.maintenance.until.slice(0, 10) as CalendarDay];
  return days.reduce((latest, next) => (next > latest ? next : latest));
}

/** Is a day after every day that the page speaks of? Then what it says may not hold any more. */
export function isOutdated(facts: Facts, today: CalendarDay): boolean {
  return today > lastDayOf(facts);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
