import type { Timeline, TimelineItem, TimelineStep } from '../../knowledge/timeline/timeline.ts';
import type { EntryWords, TimelineWords } from '../../knowledge/timeline/words.ts';
import { Sheet, type SheetOptions, type TextStyle, WIDTH } from './sheet.ts';

/** The colours of the page, and three quiet tints for what is open, ending and over. */
const COLOUR = {
  ink: '#16243a',
  quiet: '#47566b',
  paper: '#ffffff',
  tint: '#eef3f8',
  line: '#c5d0dc',
  action: '#0b5394',
  today: '#9a3412',
} as const;

const PILL: Readonly<Record<Tone, { readonly fill: string; readonly ink: string }>> = {
  open: { fill: '#dcefe4', ink: '#14532d' },
  ending: { fill: '#fdeccd', ink: '#713f12' },
  ahead: { fill: '#dde9f6', ink: '#0b4478' },
  over: { fill: '#e8ebef', ink: '#47566b' },
};
type Tone = 'open' | 'ending' | 'ahead' | 'over';

const MARGIN = 16;
/** Where the line of time runs, and where the texts beside it begin. */
const AXIS = 28;
const COLUMN = 52;
const COLUMN_WIDTH = WIDTH - COLUMN - MARGIN;
const GAP = 24;

const TITLE: TextStyle = { size: 21, bold: true, colour: COLOUR.ink };
const HEADING: TextStyle = { size: 18, bold: true, colour: COLOUR.ink };
const DATE: TextStyle = { size: 15, colour: COLOUR.quiet };
const NAME: TextStyle = { size: 16, bold: true, colour: COLOUR.ink };
const STEP: TextStyle = { size: 16, colour: COLOUR.ink };
const SMALL: TextStyle = { size: 14, colour: COLOUR.quiet };

/** Draws the picture of the procedure from top to bottom, as SVG. `description` is the picture in words. */
export function drawTimeline(
  timeline: Timeline,
  words: TimelineWords,
  description: string,
  { language, ...options }: SheetOptions & { readonly language: string },
): string {
  // What lies behind everything is drawn first, and its height is known last: so the whole is drawn twice.
  const height = draw(new Sheet(options), timeline, words, 0);
  const sheet = new Sheet(options);
  draw(sheet, timeline, words, height);
  return sheet.svg(height, language, words.title, description);
}

function draw(sheet: Sheet, timeline: Timeline, words: TimelineWords, height: number): number {
  sheet.box(0, 0, WIDTH, height, COLOUR.paper);
  const titleLines = sheet.wrap(words.title, TITLE, WIDTH - 2 * MARGIN);
  const header = titleLines.length * sheet.lineHeight(TITLE) + 28;
  sheet.box(0, 0, WIDTH, header, COLOUR.tint);
  sheet.open('title');
  sheet.text(titleLines, MARGIN, 14, TITLE);
  sheet.close();
  let y = drawItems(sheet, timeline, words, header + GAP);
  if (timeline.place && words.place) y = drawPlace(sheet, timeline.place.steps, words.place, y + GAP);
  return drawSource(sheet, words.source, y + GAP);
}

function drawItems(sheet: Sheet, { items }: Timeline, words: TimelineWords, top: number): number {
  let y = top;
  const ends = items.map((item, index) => {
    const from = y;
    const part = item.kind === 'day' ? 'today' : `entry-${item.entry.id}`;
    sheet.open(part);
    y = drawItem(sheet, item, words.items[index], words.day, y, index === items.length - 1);
    sheet.close();
    y += GAP;
    return { from, to: y - GAP };
  });
  return ends.at(-1)?.to ?? top;
}

/** One item beside the line of time, with its piece of the line. Returns the place under it. */
function drawItem(sheet: Sheet, item: TimelineItem, words: EntryWords | undefined, day: string, top: number, last: boolean): number {
  const line = sheet.lineHeight(DATE) / 2;
  if (item.kind === 'day' || !words) {
    const bottom = drawDay(sheet, day, top, () => last || sheet.line(AXIS, top, top + GAP + 46, COLOUR.line));
    return bottom;
  }
  const tone = toneOf(item);
  const over = tone === 'over';
  const parts = entryLines(sheet, words, over);
  // The heights are known before anything is drawn: the bar lies under the mark of the day.
  const dayHeight = item.holdsDay ? pillHeight(sheet, sheet.wrap(day, SMALL_BOLD, COLUMN_WIDTH - 24)) + 10 : 0;
  const stateHeight = pillHeight(sheet, sheet.wrap(words.state, SMALL_BOLD, COLUMN_WIDTH - 24));
  const textHeight = parts.reduce((sum, part) => sum + part.lines.length * sheet.lineHeight(part.style), 0);
  const bottom = top + textHeight + stateHeight + dayHeight + 8;
  if (!last) sheet.line(AXIS, top + line, bottom + GAP + line, COLOUR.line);
  const colour = over ? COLOUR.line : COLOUR.action;
  if (words.first) {
    const fill = tone === 'ahead' ? COLOUR.paper : colour;
    sheet.box(AXIS - 6, top + 2, 12, bottom - top - 4, fill, { radius: 6, ...(tone === 'ahead' && { stroke: COLOUR.action }) });
  } else sheet.dot(AXIS, top + line, 7, tone === 'ahead' || tone === 'open' ? COLOUR.paper : colour, colour);

  let y = top;
  for (const part of parts) {
    if (part.before === 'state') {
      y += 4;
      y = drawPill(sheet, words.state, y, PILL[tone].fill, PILL[tone].ink) + 4;
      if (item.holdsDay) {
        sheet.open('today');
        y = drawDay(sheet, day, y + 2, () => undefined) + 8;
        sheet.close();
      }
    }
    y = sheet.text(part.lines, COLUMN, y, part.style);
  }
  return y;
}

const SMALL_BOLD: TextStyle = { ...SMALL, size: 15, bold: true };

/** The lines of an entry from top to bottom; before the last day stand its state and the mark of the day. */
function entryLines(sheet: Sheet, words: EntryWords, over: boolean): { lines: string[]; style: TextStyle; before?: 'state' }[] {
  const name = over ? { ...NAME, colour: COLOUR.quiet } : NAME;
  const block = (text: string, style: TextStyle) => ({ lines: sheet.wrap(text, style, COLUMN_WIDTH), style });
  return [
    ...(words.first ? [block(words.first, DATE)] : []),
    block(words.title, name),
    { ...block(words.last, DATE), before: 'state' as const },
  ];
}

function drawDay(sheet: Sheet, day: string, top: number, before: () => unknown): number {
  const lines = sheet.wrap(day, SMALL_BOLD, COLUMN_WIDTH - 24);
  const height = pillHeight(sheet, lines);
  before();
  sheet.dot(AXIS, top + height / 2, 8, COLOUR.today, COLOUR.paper);
  return drawPill(sheet, day, top, COLOUR.today, COLOUR.paper);
}

function drawPill(sheet: Sheet, text: string, top: number, fill: string, ink: string): number {
  const lines = sheet.wrap(text, SMALL_BOLD, COLUMN_WIDTH - 24);
  const height = pillHeight(sheet, lines);
  sheet.box(COLUMN, top, sheet.widest(lines, SMALL_BOLD) + 24, height, fill, { radius: lines.length > 1 ? 12 : height / 2 });
  sheet.text(lines, COLUMN + 12, top + 4, { ...SMALL_BOLD, colour: ink });
  return top + height;
}

function pillHeight(sheet: Sheet, lines: readonly string[]): number {
  return lines.length * sheet.lineHeight(SMALL_BOLD) + 8;
}

function toneOf({ entry }: Extract<TimelineItem, { kind: 'entry' }>): Tone {
  if (entry.tense === 'over') return 'over';
  if (entry.ruling.days === 0 && entry.tense === 'now') return 'ending';
  // A right that holds until a day has no first day here: it is open already.
  return entry.tense === 'now' || entry.first === undefined ? 'open' : 'ahead';
}

/** The steps of the procedure under the line of time, with the one at which the person stands. */
function drawPlace(sheet: Sheet, steps: readonly TimelineStep[], words: NonNullable<TimelineWords['place']>, top: number): number {
  sheet.box(MARGIN, top, WIDTH - 2 * MARGIN, 1, COLOUR.line);
  sheet.open('place');
  let y = sheet.text(sheet.wrap(words.heading, HEADING, WIDTH - 2 * MARGIN), MARGIN, top + GAP - 6, HEADING) + 12;
  steps.forEach((step, index) => {
    const here = step.position === 'here';
    const passed = step.position === 'passed';
    const style = here ? NAME : passed ? { ...STEP, colour: COLOUR.quiet } : STEP;
    const lines = sheet.wrap(words.steps[index] ?? '', style, COLUMN_WIDTH);
    const middle = y + sheet.lineHeight(style) / 2;
    const pill = here ? pillHeight(sheet, sheet.wrap(words.here, SMALL_BOLD, COLUMN_WIDTH - 24)) + 6 : 0;
    const bottom = y + lines.length * sheet.lineHeight(style) + pill;
    if (index < steps.length - 1) sheet.line(AXIS, middle, bottom + 14 + sheet.lineHeight(STEP) / 2, COLOUR.line, !passed);
    sheet.open(`step-${step.position}`);
    if (here) sheet.dot(AXIS, middle, 8, COLOUR.action, COLOUR.paper);
    else sheet.dot(AXIS, middle, 6, passed ? COLOUR.line : COLOUR.paper, passed ? COLOUR.line : COLOUR.action);
    y = sheet.text(lines, COLUMN, y, style);
    if (here) y = drawPill(sheet, words.here, y + 6, COLOUR.action, COLOUR.paper);
    sheet.close();
    y += 14;
  });
  y -= 14;
  if (words.note) y = sheet.text(sheet.wrap(words.note, SMALL, WIDTH - 2 * MARGIN), MARGIN, y + 14, SMALL);
  sheet.close();
  return y;
}

function drawSource(sheet: Sheet, source: string, top: number): number {
  const lines = sheet.wrap(source, SMALL, WIDTH - 2 * MARGIN);
  const height = lines.length * sheet.lineHeight(SMALL) + 24;
  sheet.box(0, top, WIDTH, height, COLOUR.tint);
  sheet.open('source');
  sheet.text(lines, MARGIN, top + 12, SMALL);
  sheet.close();
  return top + height;
}
