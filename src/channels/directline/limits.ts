import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Request } from 'express';
import type { Limits } from '../../limits/limits.ts';
import type { Overload } from '../../limits/overload.ts';
import type { Logger } from '../../operations/log.ts';
import type { FeedPart } from '../../stores/store.ts';
import { DirectLineError } from './errors.ts';
import type { Caller } from './tokens.ts';

/** Shorter than the client's patience of 20 seconds, in milliseconds. */
const HOLD = 4_000;
/** So many requests are held at once; whoever comes then gets an empty part at once. */
const MOST_HELD = 200;
/** Seconds after which a refused stream may be asked for again: by then sockets that were left behind are known to be dead. */
const TRY_AGAIN = 30;

/** A look for something new in a conversation. */
export interface Poll {
  readonly conversation: string;
  readonly watermark: string;
  /** Was it turned away before it came here? Then it waits. */
  readonly unwelcome: boolean;
  /** Reads the feed for whoever may; throws a DirectLineError for anybody else. */
  readonly read: () => Promise<FeedPart>;
  /** Throws a DirectLineError where the caller may not read. */
  readonly admit: () => Promise<unknown>;
}

/** What the limits mean in Direct Line. */
export interface DirectLineLimits {
  /** Counts a message of an address and of a conversation. Throws a DirectLineError where it is one too many. */
  message(request: Request, conversation: string, caller: Caller): Promise<void>;
  /** Counts a new conversation of an address. Throws a DirectLineError where it is one too many. */
  start(request: Request): Promise<void>;
  /** Answers a look for something new: never with 429 or 5xx, after which the client stops for good, but more slowly, or with nothing new. */
  poll(poll: Poll): Promise<FeedPart>;
  /** Looks at a request for a stream before anything else is done for it. Throws a DirectLineError where it is one too many, or there is too much to do. */
  upgrade(request: IncomingMessage): Promise<void>;
  /** Takes a place among the open streams until the socket is closed. Throws a DirectLineError where there is none. */
  place(request: IncomingMessage, socket: Duplex, conversation: string): void;
}

export interface DirectLineLimitOptions {
  readonly limits: Limits;
  readonly overload: Pick<Overload, 'wait'>;
  readonly log: Logger;
}

export function directLineLimits({ limits, overload, log }: DirectLineLimitOptions): DirectLineLimits {
  const held = new Set<string>();

  /** Waits; false where this conversation waits already, or too many do. */
  async function hold(conversation: string): Promise<boolean> {
    if (held.has(conversation) || held.size >= MOST_HELD) return false;
    held.add(conversation);
    await pause(HOLD, undefined, { ref: false }).finally(() => held.delete(conversation));
    return true;
  }

  return {
    async message(request, conversation, caller) {
      // Who has the secret is a server that writes for many people from one address.
      const ofAddress = caller.kind === 'token' ? await limits.take('address-messages', limits.sender(request)) : undefined;
      const excess = ofAddress ?? (await limits.take('conversation-messages', conversation));
      if (excess) throw new DirectLineError('TooManyRequests', 'Too many messages. Try again later.', excess.seconds);
    },
    async start(request) {
      const excess = await limits.take('address-conversations', limits.sender(request));
      if (excess) throw new DirectLineError('TooManyRequests', 'Too many conversations. Try again later.', excess.seconds);
    },
    async poll({ conversation, watermark, unwelcome, admit, read }) {
      const nothing: FeedPart = { activities: [], watermark };
      try {
        await admit();
        const slow = unwelcome || (await limits.take('conversation-polls', conversation)) !== undefined;
        if (slow && !(await hold(conversation))) return nothing;
        return await read();
      } catch (error) {
        if (error instanceof DirectLineError) throw error;
        log.error({ error: (error as Error).name, stack: (error as Error).stack }, 'a feed could not be read');
        await hold(conversation);
        return nothing;
      }
    },
    async upgrade(request) {
      const seconds = overload.wait();
      if (seconds !== undefined)
        throw new DirectLineError('ServiceUnavailable', 'The service has too much to do. Try again later.', seconds);
      const excess = await limits.take('address-requests', limits.sender(request));
      if (excess)
        throw new DirectLineError('TooManyRequests', 'Too many requests came from this address. Try again later.', excess.seconds);
    },
    place(request, socket, conversation) {
      const leave = limits.sockets.enter(limits.sender(request), conversation);
      if (leave === 'all') throw new DirectLineError('ServiceUnavailable', 'Too many streams are open. Try again later.', TRY_AGAIN);
      if (typeof leave === 'string') throw new DirectLineError('TooManyRequests', 'Too many streams are open. Try again later.', TRY_AGAIN);
      if (socket.destroyed) leave();
      else socket.once('close', leave);
    },
  };
}
