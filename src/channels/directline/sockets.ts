import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Logger } from '../../operations/log.ts';
import { type Store, StoreUnavailable } from '../../stores/store.ts';
import { DirectLineError, storeIsAway } from './errors.ts';
import type { Feed } from './feed.ts';
import type { DirectLineLimits } from './limits.ts';
import { Outflow } from './outflow.ts';
import type { Tokens } from './tokens.ts';

const STREAM_PATH = /^\/v3\/directline\/conversations\/([^/]{1,100})\/stream$/u;
const HEARTBEAT = 30_000;
/** A client that has not taken what was sent for so long is cut off, in milliseconds; it comes back with its watermark. */
const PATIENCE = 120_000;
const LARGEST_FRAME = 1024;

export interface SocketParts {
  readonly feed: Feed;
  readonly store: Store;
  readonly tokens: Tokens;
  readonly log: Logger;
  readonly limits: DirectLineLimits;
  readonly originAllowed: (origin: string | undefined, host: string | undefined) => boolean;
  /** Told the status that each request for a stream is answered with. */
  readonly onUpgrade: (status: number) => void;
}

/** The WebSocket streams of Direct Line: each sends what its client has not seen, in order, once. */
export class Sockets {
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME });
  readonly #outflow = new Outflow();
  readonly #parts: SocketParts;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(parts: SocketParts) {
    this.#parts = parts;
    this.#heartbeat = setInterval(() => this.#checkAll(), HEARTBEAT);
    this.#heartbeat.unref();
  }

  /** How many streams are open. */
  get open(): number {
    return this.#server.clients.size;
  }

  /** Takes over an HTTP upgrade, or refuses it with the protocol's status. */
  upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    socket.on('error', () => socket.destroy());
    try {
      const { conversation, watermark } = await this.#admit(request);
      this.#parts.limits.place(request, socket, conversation);
      this.#server.handleUpgrade(request, socket, head, (webSocket) => {
        this.#parts.onUpgrade(101);
        this.#stream(webSocket, conversation, watermark);
      });
    } catch (error) {
      const known = error instanceof DirectLineError ? error : storeIsAway(error);
      const refusal = known ?? new DirectLineError('ServiceError', 'The stream could not be opened.');
      const body = JSON.stringify({ error: { code: refusal.code, message: refusal.message } });
      this.#parts.onUpgrade(refusal.status);
      const retry = refusal.retryAfter === undefined ? '' : `Retry-After: ${refusal.retryAfter}\r\n`;
      // Whoever does not read the refusal holds no socket either.
      socket.once('finish', () => socket.destroy());
      socket.end(
        `HTTP/1.1 ${refusal.status} ${refusal.code}\r\n${retry}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      );
    }
  };

  /** Says goodbye to every client; each reconnects to whoever serves then. */
  close(): void {
    clearInterval(this.#heartbeat);
    for (const client of this.#server.clients) client.close(1001, 'server is going away');
    this.#server.close();
  }

  async #admit(request: IncomingMessage): Promise<{ conversation: string; watermark: string }> {
    await this.#parts.limits.upgrade(request);
    const url = URL.parse(request.url ?? '/', 'http://host');
    const conversation = STREAM_PATH.exec(url?.pathname ?? '')?.[1];
    if (!url || !conversation) throw new DirectLineError('ConversationNotFound', 'There is no such stream.');
    if (!this.#parts.originAllowed(request.headers.origin, request.headers.host)) {
      throw new DirectLineError('Forbidden', 'This origin is not allowed.');
    }
    const bearer = url.searchParams.get('t') ?? request.headers.authorization?.replace(/^Bearer /iu, '');
    const caller = await this.#parts.tokens.verify(bearer);
    if (caller.kind === 'token' && caller.claims.conversation !== conversation) {
      throw new DirectLineError('Forbidden', 'The token is for another conversation.');
    }
    if (!(await this.#parts.store.hasConversation(conversation)))
      throw new DirectLineError('ConversationNotFound', 'There is no such conversation.');
    return { conversation, watermark: url.searchParams.get('watermark') ?? '' };
  }

  #stream(socket: WebSocket, conversation: string, start: string): void {
    let watermark = start;
    let reading = false;
    let again = false;
    const pump = async (): Promise<void> => {
      again = true;
      if (reading) return;
      reading = true;
      while (again && socket.readyState === socket.OPEN) {
        again = false;
        const part = await this.#parts.feed.read(conversation, watermark);
        if (part.activities.length === 0) continue;
        watermark = part.watermark;
        // The next part is read when this one has left: what a client does not take waits in the store, not in memory.
        await this.#outflow.send(socket, JSON.stringify(part));
        again = true;
      }
      reading = false;
    };
    const pumpSafely = () => {
      pump().catch((error: Error) => {
        reading = false;
        // The client keeps its stream: the feed tells when the store is back.
        if (error instanceof StoreUnavailable) return;
        this.#parts.log.error({ error: error.name }, 'a stream broke off');
        socket.terminate();
      });
    };
    const stopListening = this.#parts.feed.listen(conversation, pumpSafely);
    alive.add(socket);
    socket.on('pong', () => alive.add(socket));
    // Whatever the client sends (an empty text every 20 seconds) only shows that it is there.
    socket.on('message', () => alive.add(socket));
    socket.on('error', () => socket.terminate());
    socket.on('close', stopListening);
    pumpSafely();
  }

  #checkAll(): void {
    this.#outflow.cutOff(PATIENCE);
    for (const client of this.#server.clients) {
      if (!alive.delete(client)) client.terminate();
      else client.ping();
    }
  }
}

/** Sockets that have been heard of since the last heartbeat. */
const alive = new WeakSet<WebSocket>();
