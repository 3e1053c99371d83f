import { type Response, Router } from 'express';
import * as z from 'zod';
import { type CalendarDay, isCalendarDay, secondsLeftOfDay } from '../../knowledge/calendar/day.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { isPlace, PLACE_IDS, type PlaceId } from '../../knowledge/timeline/places.ts';
import { timelineOf } from '../../knowledge/timeline/timeline.ts';
import { timelineSentences, timelineWords } from '../../knowledge/timeline/words.ts';
import { isLanguage, type Language } from '../../locales/languages.ts';
import { refuse, TRY_AGAIN } from '../refuse.ts';
import { type Painter, PainterBusy } from './painter.ts';
import type { PictureRequest } from './worker.ts';

export interface TimelineParts {
  readonly knowledge: Knowledge;
  readonly painter: Painter;
  readonly now: () => Date;
}

const FORMATS = {
  svg: 'image/svg+xml; charset=utf-8',
  png: 'image/png',
  txt: 'text/plain; charset=utf-8',
} as const;
type Format = keyof typeof FORMATS;

const ADDRESS = /^\/timeline\/([a-z]+)\.([a-z]+)$/u;
/** Whoever opens the file itself gets a picture that can do nothing. */
const NOTHING_RUNS = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";
/** So long a browser may show what it has, but not over midnight: then "today" is another day. */
const KEPT_SECONDS = 300;

const query = z.object({
  on: z
    .string()
    .refine(isCalendarDay, 'must be an existing day, as 2023-06-10')
    .transform((text) => text as CalendarDay)
    .optional(),
  at: z
    .string()
    .refine(isPlace, `must be one of ${PLACE_IDS.join(', ')}`)
    .transform((text) => text as PlaceId)
    .optional(),
});

/** `GET /timeline/<language>.svg`, `.png` or `.txt`: the procedure as a picture, or in sentences, on a day (`on`) and with a place (`at`). */
export function timelineRoutes({ knowledge, painter, now }: TimelineParts): Router {
  const router = Router();
  router.get(ADDRESS, async (request, response) => {
    const [, language = '', format = ''] = ADDRESS.exec(request.path) ?? [];
    if (!isLanguage(language)) return refuse(response, 404, 'NotFound', `There is no language "${language}".`);
    if (!isFormat(format)) return refuse(response, 404, 'NotFound', `There is no format "${format}": svg, png or txt.`);
    const asked = query.safeParse(request.query);
    if (!asked.success) {
      const [issue] = asked.error.issues;
      return refuse(response, 400, 'BadRequest', `${issue?.path.join('.')} ${issue?.message}.`);
    }
    const today = knowledge.today(now());
    const { on: day = today, at: place } = asked.data;
    const maxAge = Math.min(KEPT_SECONDS, secondsLeftOfDay(now(), knowledge.facts.timeZone));
    const body =
      format === 'txt' ? Buffer.from(sentences({ language, day, today, place })) : await painted({ format, language, day, today, place });
    if (!body) return refuse(response, 503, 'Busy', 'Too many pictures are wanted at once. Try again.', TRY_AGAIN);
    send(response, format, maxAge, Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  });
  return router;

  /** The picture; undefined where too many are wanted. */
  function painted(request: PictureRequest): Promise<Uint8Array | undefined> {
    return painter.paint(request).catch((error: Error) => {
      if (error instanceof PainterBusy) return undefined;
      throw error;
    });
  }

  function sentences({
    language,
    day,
    today,
    place,
  }: {
    language: Language;
    day: CalendarDay;
    today: CalendarDay;
    place: PlaceId | undefined;
  }) {
    const texts = knowledge.texts(language);
    const timeline = timelineOf(knowledge.facts, day, place);
    return `${timelineSentences(timeline, timelineWords(timeline, knowledge.facts, texts, today), texts).join('\n')}\n`;
  }
}

/** Express adds the length and the ETag, and answers 304 where the picture is known already. */
function send(response: Response, format: Format, maxAge: number, body: Buffer): void {
  response.set({
    'Cache-Control': `public, max-age=${maxAge}`,
    'Content-Security-Policy': NOTHING_RUNS,
    // Teams and WhatsApp show the picture too.
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Content-Type': FORMATS[format],
  });
  response.send(body);
}

function isFormat(format: string): format is Format {
  return Object.hasOwn(FORMATS, format);
}
