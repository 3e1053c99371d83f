import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { LRUCache } from 'lru-cache';
import type { Facts } from '../../knowledge/editions/facts.ts';
import type { PictureAnswer, PictureRequest } from './worker.ts';

/** A picture has about 150 kB as PNG: all kept together have at most this many bytes. */
const LARGEST_CACHE = 16 * 1024 * 1024;

/** Draws pictures of the procedure, each once as long as it is kept. */
export interface Painter {
  paint(request: PictureRequest): Promise<Uint8Array>;
  stop(): Promise<void>;
}

/** A painter with a thread of its own, which starts with the first picture: a service that draws none pays nothing. */
export function createPainter(facts: Facts): Painter {
  const waiting = new Map<number, { done: (picture: Uint8Array) => void; fail: (error: Error) => void }>();
  const kept = new LRUCache<string, Uint8Array>({ maxSize: LARGEST_CACHE, sizeCalculation: (picture) => picture.length });
  const underWay = new Map<string, Promise<Uint8Array>>();
  let thread: Worker | undefined;
  let last = 0;

  function start(): Worker {
    const started = new Worker(join(import.meta.dirname, 'worker.ts'), { workerData: { facts } });
    started.unref();
    started.on('message', (answer: PictureAnswer) => {
      const caller = waiting.get(answer.number);
      waiting.delete(answer.number);
      if ('picture' in answer) caller?.done(answer.picture);
      else caller?.fail(new Error(answer.error));
    });
    const ended = (error: Error) => {
      // The next picture starts another thread.
      if (thread === started) thread = undefined;
      for (const { fail } of waiting.values()) fail(error);
      waiting.clear();
    };
    started.on('error', ended);
    started.on('exit', () => ended(new Error('the thread that draws has ended')));
    return started;
  }

  function ask(request: PictureRequest): Promise<Uint8Array> {
    thread ??= start();
    last += 1;
    const number = last;
    const answered = new Promise<Uint8Array>((done, fail) => waiting.set(number, { done, fail }));
    thread.postMessage({ number, request });
    return answered;
  }

  return {
    async paint(request) {
      const { format, language, day, today, place } = request;
      const key = [format, language, day, today, place].join(' ');
      const known = kept.get(key);
      if (known) return known;
      const drawing = underWay.get(key) ?? ask(request).finally(() => underWay.delete(key));
      underWay.set(key, drawing);
      const picture = await drawing;
      kept.set(key, picture);
      return picture;
    },
    async stop() {
      await thread?.terminate();
    },
  };
}
