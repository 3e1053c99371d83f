import {
  BaseMergedExtractor,
  BaseMergedParser,
  DateTimeModel,
  EnglishCommonDateTimeParserConfiguration,
  EnglishMergedExtractorConfiguration,
  EnglishMergedParserConfiguration,
} from '@microsoft/recognizers-text-date-time';
import { addDays, addMonths, type CalendarDay, isCalendarDay } from '../calendar/day.ts';
import { type DateContext, type NamedDays, singleDay } from './days.ts';
import { nearestYear } from './year.ts';

/** The recognizer takes milliseconds: it is asked only where the text can hold a date. "May I" is none; a month of May has a word or a number before it. */
const CAN_HOLD_A_DATE =
  /\d|\b(?:in|on|of|by|until|till|before|after|since|from|to|through|during|this|next|late|early|mid|end|start|beginning|about|around|between)[\s-]+may\b|\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|weekend|weeks?|months?|days?|today|tomorrow)s?\b/iu;
/** "every Monday" is no day that a rule could judge. */
const REPEATS = /\b(?:each|every)\s+$/iu;
const LOOKS_BACK = /\b(?:ago|last|yesterday|past|previous)\b/iu;
const LOOKS_AHEAD = /\b(?:in|after|within)\s+$/iu;
const NO_YEAR = /^\(?XXXX-\d/u;
const ONE_DAY = /^(?:XXXX|\d{4})-\d{2}-\d{2}$/u;
/** Seasons, whole years and "now" are no days that a rule could judge. */
const TOO_WIDE = /-(?:SP|SU|FA|WI)$|_REF$|^(?:XXXX|\d{4})$/u;

interface Value {
  readonly timex: string;
  readonly type: string;
  readonly value?: string;
  readonly start?: string;
  readonly end?: string;
  readonly Mod?: string;
}

/** The days that an English text names, in the order of the text. What only looks back ("yesterday", "3 days ago") is left out. */
export function englishDays(text: string, context: DateContext): NamedDays[] {
  if (!CAN_HOLD_A_DATE.test(text)) return [];
  recognizer ??= createRecognizer();
  // The recognizer reads the local parts of a date: noon keeps them the same day in every zone.
  const found = recognizer.parse(text, new Date(`${context.today}T12:00:00`));
  return found.flatMap((one) => {
    const value = (one.resolution?.['values'] as Value[] | undefined)?.at(-1);
    const before = text.slice(0, one.start);
    if (!value || LOOKS_BACK.test(one.text) || REPEATS.test(before) || TOO_WIDE.test(value.timex)) return [];
    return daysOf(value, one.text, before, context) ?? [];
  });
}

let recognizer: DateTimeModel | undefined;
const NOTHING = { extract: () => [] };
const DAY_BEFORE_MONTH = true;

/** The recognizer of the package for days and stretches of days alone. The times of the day that it also knows would take two thirds of its time. */
function createRecognizer(): DateTimeModel {
  const extractors = Object.assign(new EnglishMergedExtractorConfiguration(DAY_BEFORE_MONTH), {
    timeExtractor: NOTHING,
    timePeriodExtractor: NOTHING,
    dateTimeExtractor: NOTHING,
    dateTimePeriodExtractor: NOTHING,
    setExtractor: NOTHING,
  });
  const parsers = new EnglishMergedParserConfiguration(new EnglishCommonDateTimeParserConfiguration(DAY_BEFORE_MONTH));
  return new DateTimeModel(new BaseMergedParser(parsers, 0), new BaseMergedExtractor(extractors, 0));
}

function daysOf(value: Value, words: string, before: string, context: DateContext): NamedDays | undefined {
  if (value.type === 'duration') return LOOKS_AHEAD.test(before) ? durationAhead(value.timex, context) : undefined;
  const nearest = (text: string | undefined) => withNearestYear(text, value.timex, context);
  if (value.value) return singleDay(nearest(value.value));
  const start = nearest(value.start);
  const end = nearest(value.end);
  if (ONE_DAY.test(value.timex)) return openEnded(value.Mod, words, start ?? end);
  // A range that the text wrote out ends with the day that it names; a week or a month ends on the day before the next one.
  const last = end && (value.timex.startsWith('(') ? end : addDays(end, -1));
  if (value.Mod === 'end') return singleDay(last);
  if (value.Mod === 'start' || !last) return singleDay(start);
  if (value.Mod === 'mid') return singleDay(start && addDays(start, -1));
  return start && start <= last ? { first: start, last } : singleDay(last);
}

/** "after 4 September" asks about the 5th, "before" about the 3rd, "until", "by" and "since" about the 4th itself. */
function openEnded(mod: string | undefined, words: string, day: CalendarDay | undefined): NamedDays | undefined {
  if (!day) return undefined;
  if (mod === 'after') return singleDay(addDays(day, 1));
  return singleDay(mod === 'before' && /^before/iu.test(words) ? addDays(day, -1) : day);
}

function withNearestYear(text: string | undefined, timex: string, { around }: DateContext): CalendarDay | undefined {
  const day = text?.slice(0, 10);
  if (!day || !isCalendarDay(day)) return undefined;
  return NO_YEAR.test(timex) ? nearestYear(Number(day.slice(5, 7)), Number(day.slice(8)), around) : day;
}

function durationAhead(timex: string, { today }: DateContext): NamedDays | undefined {
  const [, count, unit] = /^P(\d+)([DWM])$/u.exec(timex) ?? [];
  if (!count) return undefined;
  if (unit === 'M') return singleDay(addMonths(today, Number(count)));
  return singleDay(addDays(today, Number(count) * (unit === 'W' ? 7 : 1)));
}
