import type { CalendarDay } from '../calendar/day.ts';
import type { Facts } from '../editions/facts.ts';
import { judge, type RuleName, type Ruling } from '../rules/index.ts';
import { PLACES, type PlaceId, type StepId, stepsOfWay, type Way } from './places.ts';

/** What the picture shows along its line. */
export type EntryId = 'letters' | 'window' | 'protection';

/** A stretch of days, or a last day alone where the page does not say when it began. */
export interface Entry {
  readonly id: EntryId;
  readonly first: CalendarDay | undefined;
  /** This day still counts. */
  readonly last: CalendarDay;
  /** What its rule says of the day of the picture. */
  readonly ruling: Ruling<RuleName>;
  /** Whether the whole of it lies behind the day, holds it, or lies ahead of it. */
  readonly tense: 'over' | 'now' | 'ahead';
}

/** One thing after another along the line. The mark of the day stands alone, or inside the entry that holds the day. */
export type TimelineItem = { readonly kind: 'day' } | { readonly kind: 'entry'; readonly entry: Entry; readonly holdsDay: boolean };

export interface TimelineStep {
  readonly id: StepId;
  readonly position: 'passed' | 'here' | 'coming';
}

/** What stands in the picture of the procedure. */
export interface Timeline {
  /** The day that it is drawn for. */
  readonly day: CalendarDay;
  /** In the order of time. */
  readonly items: readonly TimelineItem[];
  /** Where the person stands; missing where nobody asked. */
  readonly place: { readonly id: PlaceId; readonly way: Way; readonly steps: readonly TimelineStep[] } | undefined;
}

/** The picture of the procedure on a day, as data. Pure: the same facts, day and place give the same picture. */
export function timelineOf(facts: Facts, day: CalendarDay, place?: PlaceId): Timeline {
  return { day, items: itemsOf(entriesOf(facts, day), day), place: place && { id: place, ...stepsAt(place, facts, day) } };
}

function entriesOf(facts: Facts, day: CalendarDay): Entry[] {
  const { safeCountryLetters, remigration, protection } = facts.periods;
  const entry = (id: EntryId, first: CalendarDay | undefined, last: CalendarDay, rule: RuleName): Entry => {
    const tense = day > last ? 'over' : day < (first ?? last) ? 'ahead' : 'now';
    return { id, first, last, ruling: judge(facts, { rule }, { day }), tense };
  };
  return [
    entry('letters', safeCountryLetters.first, safeCountryLetters.last, 'letter'),
    entry('window', remigration.first, remigration.last, 'remigration-window'),
    entry('protection', undefined, protection.last, 'stay'),
  ].sort((one, other) => (startOf(one) < startOf(other) ? -1 : 1));
}

function itemsOf(entries: readonly Entry[], day: CalendarDay): TimelineItem[] {
  const holder = entries.find(({ tense }) => tense === 'now');
  const items: TimelineItem[] = entries.map((entry) => ({ kind: 'entry', entry, holdsDay: entry === holder }));
  if (holder) return items;
  const next = entries.findIndex((entry) => startOf(entry) > day);
  items.splice(next < 0 ? entries.length : next, 0, { kind: 'day' });
  return items;
}

function startOf({ first, last }: Entry): CalendarDay {
  return first ?? last;
}

function stepsAt(place: PlaceId, facts: Facts, day: CalendarDay): { way: Way; steps: TimelineStep[] } {
  let { way, at }: { way: Way; at: StepId | undefined } = PLACES[place];
  if (way === 'leave-with-help' && judge(facts, { rule: 'remigration-window' }, { day }).state === 'closed') {
    way = 'leave-late';
    at = 'ask-iom';
  }
  const steps = stepsOfWay(way);
  // Who was refused, or whose application is closed, stands behind the end of the protection once it is over.
  if (steps.includes('after-end') && judge(facts, { rule: 'stay' }, { day }).state === 'ended') at = 'after-end';
  const here = at === undefined ? -1 : steps.indexOf(at);
  return {
    way,
    steps: steps.map((id, index) => ({ id, position: index === here ? 'here' : index < here ? 'passed' : 'coming' })),
  };
}
