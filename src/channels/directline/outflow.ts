import type { WebSocket } from 'ws';

/** What waits in memory for all clients together, in bytes. */
const MOST_WAITING = 64_000_000;
/** Whoever has not taken a frame for so long is cut off when the memory is needed, in milliseconds. */
const PATIENCE_IN_NEED = 5_000;

/** A frame that is on its way. */
interface UnderWay {
  readonly bytes: number;
  readonly since: number;
}

export interface OutflowOptions {
  readonly mostWaiting?: number;
  readonly now?: () => number;
}

/**
 * Sends frames, one at a time to each client, and bounds what waits in memory for clients that read slowly or never.
 * Whoever is cut off comes back with its watermark and loses nothing.
 */
export class Outflow {
  readonly #mostWaiting: number;
  readonly #now: () => number;
  readonly #underWay = new Map<WebSocket, UnderWay>();
  #waiting = 0;

  constructor({ mostWaiting = MOST_WAITING, now = () => performance.now() }: OutflowOptions = {}) {
    this.#mostWaiting = mostWaiting;
    this.#now = now;
  }

  /** Bytes that wait to be taken. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Sends a text; resolves when it has left this process, or when the client is gone. */
  async send(socket: WebSocket, text: string): Promise<void> {
    const bytes = Buffer.byteLength(text);
    if (this.#waiting + bytes > this.#mostWaiting) this.cutOff(PATIENCE_IN_NEED);
    if (this.#waiting + bytes > this.#mostWaiting) return socket.terminate();
    this.#waiting += bytes;
    this.#underWay.set(socket, { bytes, since: this.#now() });
    await new Promise((done) => socket.send(text, done));
    this.#leave(socket);
  }

  /** Cuts off whoever has not taken a frame for so many milliseconds. */
  cutOff(patienceMs: number): void {
    const before = this.#now() - patienceMs;
    for (const [socket, { since }] of this.#underWay) {
      if (since > before) continue;
      this.#leave(socket);
      socket.terminate();
    }
  }

  #leave(socket: WebSocket): void {
    this.#waiting -= this.#underWay.get(socket)?.bytes ?? 0;
    this.#underWay.delete(socket);
  }
}
