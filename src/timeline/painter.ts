import { LRUCache } from 'lru-cache';
import type { Facts } from '../../knowledge/editions/facts.ts';
import { DrawingThread } from './drawing-thread.ts';
import type { PictureRequest } from './worker.ts';

/** A picture has about 150 kB as PNG: all kept together have at most this many bytes. */
const LARGEST_CACHE = 16 * 1024 * 1024;

/** A thread that draws takes more than a hundred megabytes: it ends when nobody wanted a picture for so long. */
const IDLE = 60_000;
/** More than these do not wait: drawing them would take many seconds. */
const MOST_WAITING = 100;

/** Thrown where too many pictures are wanted at once. */
export class PainterBusy extends Error {
  override readonly name = 'PainterBusy';
}

/** Draws pictures of the procedure, each once as long as it is kept. */
export interface Painter {
  /** The picture. Throws a PainterBusy where too many are wanted. */
  paint(request: PictureRequest): Promise<Uint8Array>;
  stop(): Promise<void>;
}

/** A painter with a thread of its own, which starts with the first picture: a service that draws none pays nothing. */
export function createPainter(facts: Facts, { idleMs = IDLE }: { readonly idleMs?: number } = {}): Painter {
  const kept = new LRUCache<string, Uint8Array>({ maxSize: LARGEST_CACHE, sizeCalculation: (picture) => picture.length });
  const underWay = new Map<string, Promise<Uint8Array>>();
  let thread: DrawingThread | undefined;
  let idle: NodeJS.Timeout | undefined;

  async function end(): Promise<void> {
    clearTimeout(idle);
    const ending = thread;
    thread = undefined;
    await ending?.end();
  }

  async function draw(key: string, request: PictureRequest): Promise<Uint8Array> {
    clearTimeout(idle);
    if (!thread?.alive) thread = new DrawingThread(facts);
    try {
      const picture = await thread.draw(request);
      kept.set(key, picture);
      return picture;
    } finally {
      underWay.delete(key);
      clearTimeout(idle);
      if (underWay.size === 0) idle = setTimeout(end, idleMs).unref();
    }
  }

  return {
    async paint(request) {
      const { format, language, day, today, place } = request;
      const key = [format, language, day, today, place].join(' ');
      const known = kept.get(key) ?? underWay.get(key);
      if (known) return known;
      if (underWay.size >= MOST_WAITING) throw new PainterBusy('too many pictures are wanted at once');
      const drawing = draw(key, request);
      underWay.set(key, drawing);
      return drawing;
    },
    stop: end,
  };
}
