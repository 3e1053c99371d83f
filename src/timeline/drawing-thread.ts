import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Facts } from '../../knowledge/editions/facts.ts';
import type { PictureAnswer, PictureRequest } from './worker.ts';

/** The thread that draws, seen from outside: one question in, one picture out. */
export class DrawingThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { done: (picture: Uint8Array) => void; fail: (error: Error) => void }>();
  #last = 0;
  #alive = true;

  constructor(facts: Facts) {
    this.#worker = new Worker(join(import.meta.dirname, 'worker.ts'), { workerData: { facts } });
    this.#worker.unref();
    this.#worker.on('message', (answer: PictureAnswer) => {
      const caller = this.#waiting.get(answer.number);
      this.#waiting.delete(answer.number);
      if ('picture' in answer) caller?.done(answer.picture);
      else caller?.fail(new Error(answer.error));
    });
    this.#worker.on('error', (error) => this.#ended(error));
    this.#worker.on('exit', () => this.#ended(new Error('the thread that draws has ended')));
  }

  /** False once it has ended, by itself or for a fault. */
  get alive(): boolean {
    return this.#alive;
  }

  draw(request: PictureRequest): Promise<Uint8Array> {
    this.#last += 1;
    const number = this.#last;
    const answered = new Promise<Uint8Array>((done, fail) => this.#waiting.set(number, { done, fail }));
    this.#worker.postMessage({ number, request });
    return answered;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #ended(error: Error): void {
    this.#alive = false;
    for (const { fail } of this.#waiting.values()) fail(error);
    this.#waiting.clear();
  }
}
