/** The thread that draws: measuring and rendering take tens of milliseconds, which no conversation should wait for. */
import { parentPort, workerData } from 'node:worker_threads';
import type { CalendarDay } from '../../knowledge/calendar/day.ts';
import type { Facts } from '../../knowledge/editions/facts.ts';
import type { PlaceId } from '../../knowledge/timeline/places.ts';
import { timelineOf } from '../../knowledge/timeline/timeline.ts';
import { timelineSentences, timelineWords } from '../../knowledge/timeline/words.ts';
import { LANGUAGES, type Language } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { drawTimeline } from './draw.ts';
import { fontOf } from './fonts.ts';
import { measureIn } from './measure.ts';
import { renderPng } from './render.ts';
import type { Measure } from './wrap.ts';

/** A picture that is wanted. */
export interface PictureRequest {
  readonly format: 'svg' | 'png';
  readonly language: Language;
  /** The day that it is drawn for, and the day on which it is looked at. */
  readonly day: CalendarDay;
  readonly today: CalendarDay;
  readonly place: PlaceId | undefined;
}

/** What the thread answers to the request with this number. */
export type PictureAnswer = { readonly number: number } & ({ readonly picture: Uint8Array } | { readonly error: string });

const { facts } = workerData as { facts: Facts };
const measures = new Map<string, Measure>();

async function draw({ format, language, day, today, place }: PictureRequest): Promise<Uint8Array> {
  const texts = textsOf(language);
  const timeline = timelineOf(facts, day, place);
  const words = timelineWords(timeline, facts, texts, today);
  const family = fontOf(language);
  const measure = measures.get(family.name) ?? measureIn(family);
  measures.set(family.name, measure);
  const description = timelineSentences(timeline, words, texts).join(' ');
  const svg = drawTimeline(timeline, words, description, { language, direction: LANGUAGES[language].direction, family, measure });
  return format === 'svg' ? Buffer.from(svg) : renderPng(svg, family);
}

parentPort?.on('message', ({ number, request }: { number: number; request: PictureRequest }) => {
  draw(request).then(
    (picture) => parentPort?.postMessage({ number, picture } satisfies PictureAnswer),
    (error: Error) => parentPort?.postMessage({ number, error: error.message } satisfies PictureAnswer),
  );
});
