import { formatDay } from '../../locales/dates.ts';
import type { Texts, Values } from '../../locales/texts.ts';
import { rulingValues } from '../answers/compose.ts';
import { factValues } from '../answers/values.ts';
import type { CalendarDay } from '../calendar/day.ts';
import { type Facts, isOutdated } from '../editions/facts.ts';
import type { PlaceId } from './places.ts';
import { type Entry, type Timeline, timelineOf } from './timeline.ts';

/** The words of one entry: its name, its first and last day, and how it stands on the day of the picture. */
export interface EntryWords {
  readonly title: string;
  readonly first: string | undefined;
  readonly last: string;
  readonly state: string;
}

/** Every text of a picture, in the order in which it is read. */
export interface TimelineWords {
  readonly title: string;
  /** The mark of the day: today, or another day that was asked for. */
  readonly day: string;
  /** By the place of the item along the line; undefined where the mark of the day stands alone. */
  readonly items: readonly (EntryWords | undefined)[];
  readonly place:
    | { readonly heading: string; readonly here: string; readonly steps: readonly string[]; readonly note: string | undefined }
    | undefined;
  /** How old the information is, and where it comes from. */
  readonly source: string;
}

/** The words of a picture. `today` is the day on which somebody looks at it: another day than that is not called today. */
export function timelineWords(timeline: Timeline, facts: Facts, texts: Texts, today: CalendarDay): TimelineWords {
  const date = (day: CalendarDay) => inOnePiece(formatDay(day, texts.language));
  const values = { ...factValues(facts, texts), day: date(timeline.day), protectionEnd: date(facts.periods.protection.last) };
  return {
    title: texts.say('timeline:title'),
    day: texts.say(timeline.day === today ? 'timeline:today' : 'timeline:this-day', values),
    items: timeline.items.map((item) => (item.kind === 'entry' ? entryWords(item.entry, values, texts) : undefined)),
    place: placeWords(timeline, values, texts),
    source: texts.say(isOutdated(facts, today) ? 'page:current-outdated' : 'page:current', values),
  };
}

/** The words for who cannot see the picture of a day with the place of a person in it. */
export function timelineAlternative(
  facts: Facts,
  texts: Texts,
  { day, place, today }: { day: CalendarDay; place?: PlaceId | undefined; today: CalendarDay },
): string {
  const timeline = timelineOf(facts, day, place);
  return timelineSentences(timeline, timelineWords(timeline, facts, texts, today), texts).join(' ');
}

/** The picture in plain sentences, for whoever cannot see it: everything that it shows, in its order. */
export function timelineSentences(timeline: Timeline, words: TimelineWords, texts: Texts): string[] {
  const sentences = [words.title];
  timeline.items.forEach((item, index) => {
    const entry = words.items[index];
    const day = item.kind === 'day' || item.holdsDay ? [words.day] : [];
    sentences.push(...(entry ? [entry.title, entry.state, ...(entry.first ? [entry.first] : []), ...day, entry.last] : day));
  });
  const { place } = words;
  if (place && timeline.place) {
    sentences.push(place.heading);
    const { steps } = timeline.place;
    const known = steps.some(({ position }) => position === 'here');
    steps.forEach(({ position }, index) => {
      const step = place.steps[index] ?? '';
      sentences.push(known ? texts.say(`timeline:position.${position}`, { step }) : step);
    });
    if (place.note) sentences.push(place.note);
  }
  return [...sentences, words.source].map((sentence) => (/[.!?؟]$/u.test(sentence) ? sentence : `${sentence}.`));
}

function entryWords({ id, first, last, ruling }: Entry, values: Values, texts: Texts): EntryWords {
  const about = { ...values, ...rulingValues(ruling, texts) };
  const state = texts.find(`timeline:state.${ruling.rule}.${ruling.state}`, about);
  if (state === undefined) throw new Error(`no text for the state ${ruling.state} of ${ruling.rule} in ${texts.language}`);
  const day = (date: CalendarDay) => ({ day: inOnePiece(formatDay(date, texts.language)) });
  return {
    title: texts.say(`timeline:entry.${id}`, values),
    first: first && texts.say('timeline:first', day(first)),
    last: texts.say('timeline:last', day(last)),
    state,
  };
}

function placeWords({ place }: Timeline, values: Values, texts: Texts): TimelineWords['place'] {
  if (!place) return undefined;
  const known = place.steps.some(({ position }) => position === 'here');
  return {
    heading: texts.say(known ? 'timeline:place.where-you-stand' : 'timeline:place.the-steps'),
    here: texts.say('timeline:place.here'),
    steps: place.steps.map(({ id }) => texts.say(`timeline:step.${id}`, values)),
    note: place.way === 'open' ? texts.say('timeline:place.not-said', values) : undefined,
  };
}

/** A date does not fall apart at the end of a line. */
function inOnePiece(date: string): string {
  return date.replaceAll(' ', '\u00A0');
}
