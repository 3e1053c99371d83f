import { DirectLine } from 'botframework-directlinejs';
// The client calls it after a 429 and forgets to import it: it would throw something that tells no status.
import 'rxjs/add/observable/timer.js';
import { type ChatActivity, clientIdOf, type Outbox } from './outbox.ts';
import { Busy, openSession, type Session, waitOf } from './session.ts';
import { Signal, type Subscribable, single } from './signal.ts';

/** How it stands with the connection. */
export type LineState = 'connecting' | 'online' | 'offline' | 'busy' | 'refused';

/** The states of the Direct Line client. */
const STATUS = { connecting: 1, online: 2, expiredToken: 3, failed: 4, ended: 5 } as const;
/** A message that takes longer than this is called waiting. */
const PATIENCE = 4_000;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 15_000;

export interface LineOptions {
  readonly outbox: Outbox;
  readonly language: () => string;
  /** Begin a new conversation even where there is one. */
  readonly fresh: boolean;
  readonly onState: (state: LineState) => void;
  readonly onActivity: (activity: ChatActivity) => void;
  /** The server does not know the conversation any more. */
  readonly onEnd: () => void;
}

/**
 * The connection that Web Chat sees: always there, whatever the network does. Behind it stands the Direct Line client,
 * made anew whenever the connection comes back; what a person writes waits in the outbox until the server has it. A
 * repeated sending carries the same id of ours, by which the server knows it.
 */
export class Line {
  readonly activity$ = new Signal<ChatActivity>();
  readonly connectionStatus$: Subscribable<number> = {
    subscribe: ({ next }) => {
      next?.(STATUS.connecting);
      // Not before Web Chat waits for it.
      const later = setTimeout(() => next?.(STATUS.online));
      return { unsubscribe: () => clearTimeout(later) };
    },
  };
  readonly #options: LineOptions;
  readonly #seen = new Set<string>();
  #fresh: boolean;
  #client: DirectLine | undefined;
  #signal: object | undefined;
  #online = false;
  #flushing = false;
  #opening = false;
  #over = false;
  #pause = FIRST_PAUSE;
  #resume: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#fresh = options.fresh;
    for (const activity of options.outbox.unsent) this.#echo(activity);
    window.addEventListener('online', this.#open);
    window.addEventListener('offline', this.#lost);
    void this.#open();
  }

  postActivity(activity: ChatActivity): Subscribable<string> {
    this.#options.outbox.add(activity);
    this.#echo(activity);
    setTimeout(() => {
      const { outbox } = this.#options;
      if (outbox.delivery(clientIdOf(activity)) === 'sending') outbox.mark(activity, 'waiting');
    }, PATIENCE);
    void this.#flush();
    return single(clientIdOf(activity) ?? '');
  }

  /** A signal to the bot that nobody sees. Of several that wait for the connection the last one counts. */
  signal(activity: object): void {
    this.#signal = activity;
    this.#sendSignal();
  }

  end(): void {
    this.#over = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#resume);
    window.removeEventListener('online', this.#open);
    window.removeEventListener('offline', this.#lost);
    this.#client?.end();
    this.#client = undefined;
  }

  /** Shows a message as written before the server has it; the server's own form of it takes its place. */
  #echo(activity: ChatActivity): void {
    const clientId = clientIdOf(activity);
    // Not within the call of Web Chat that posts it: Web Chat listens for the echo after it.
    setTimeout(() => this.activity$.next({ ...activity, id: `unsent-${clientId}`, timestamp: new Date().toISOString() }));
  }

  readonly #lost = (): void => {
    this.#online = false;
    for (const activity of this.#options.outbox.unsent) this.#options.outbox.mark(activity, 'waiting');
    this.#options.onState('offline');
  };

  readonly #open = async (): Promise<void> => {
    if (this.#opening || this.#over) return;
    this.#opening = true;
    clearTimeout(this.#retry);
    try {
      const session = await openSession(this.#fresh);
      if (this.#over) return;
      this.#fresh = false;
      this.#connect(session);
    } catch (error) {
      if (error instanceof Busy) {
        this.#options.onState('busy');
        this.#again(error.waitMs);
        return;
      }
      const refused = navigator.onLine && error instanceof Error && error.message.startsWith('token:');
      if (refused) this.#options.onState('refused');
      else this.#lost();
      this.#again();
    } finally {
      this.#opening = false;
    }
  };

  #again(waitMs = this.#pause): void {
    clearTimeout(this.#retry);
    if (this.#over) return;
    this.#retry = setTimeout(this.#open, waitMs);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }

  #connect(session: Session): void {
    const before = this.#client;
    const client = new DirectLine({
      domain: `${location.origin}/v3/directline`,
      token: session.token,
      webSocket: true,
      ...(session.resumed ? { conversationId: session.conversationId, watermark: '', streamUrl: session.streamUrl } : {}),
      conversationStartProperties: { locale: this.#options.language(), user: { id: session.userId } },
    });
    this.#client = client;
    before?.end();
    const { activity$, connectionStatus$ } = client as unknown as Client;
    connectionStatus$.subscribe((status) => {
      if (client === this.#client && !this.#over) this.#follow(status);
    });
    activity$.subscribe(
      (activity) => {
        if (client === this.#client) this.#receive(activity);
      },
      () => undefined,
    );
  }

  #follow(status: number): void {
    if (status === STATUS.online) {
      this.#online = true;
      this.#pause = FIRST_PAUSE;
      this.#options.onState('online');
      this.#sendSignal();
      void this.#flush();
    }
    if (status === STATUS.connecting) this.#options.onState('connecting');
    if (status === STATUS.expiredToken || status === STATUS.failed) {
      this.#online = false;
      this.#again();
    }
    if (status === STATUS.ended) this.#options.onEnd();
  }

  #receive(activity: ChatActivity): void {
    this.#options.outbox.arrived(clientIdOf(activity));
    // After a lost connection the feed is read again from its start.
    if (activity.id === undefined || this.#seen.has(activity.id)) return;
    this.#seen.add(activity.id);
    this.activity$.next(activity);
    this.#options.onActivity(activity);
  }

  #sendSignal(): void {
    const signal = this.#signal;
    if (!signal || !this.#online) return;
    const taken = () => {
      if (this.#signal === signal) this.#signal = undefined;
    };
    (this.#client as unknown as Client).postActivity(signal).subscribe((id) => {
      if (id !== 'retry') taken();
    }, taken);
  }

  /** Sends what waits, one after another. What fails stays and is tried again once the connection is back. */
  async #flush(): Promise<void> {
    if (this.#flushing) return;
    this.#flushing = true;
    const { outbox } = this.#options;
    try {
      for (let next = outbox.unsent[0]; next && this.#online && !this.#over; next = outbox.unsent[0]) {
        const result = await this.#send(next);
        if (result === 'sent') outbox.arrived(clientIdOf(next));
        else if (result === 'refused') outbox.refused(next);
        else if (typeof result === 'number') return this.#flushLater(result);
        else {
          this.#lost();
          this.#again();
        }
      }
    } finally {
      this.#flushing = false;
    }
    if (!this.#online) for (const activity of outbox.unsent) outbox.mark(activity, 'waiting');
  }

  /** The connection is there, but the server takes no more for now: everything that waits says so and goes on by itself. */
  #flushLater(waitMs: number): void {
    for (const activity of this.#options.outbox.unsent) this.#options.outbox.mark(activity, 'later');
    clearTimeout(this.#resume);
    this.#resume = setTimeout(() => void this.#flush(), waitMs);
  }

  /** Sends a message; where it comes too early, the milliseconds until it may be sent again. */
  #send(activity: ChatActivity): Promise<'sent' | 'refused' | 'failed' | number> {
    return new Promise((done) => {
      (this.#client as unknown as Client).postActivity(activity).subscribe(
        // The client says "retry" where it got no answer.
        (id) => done(id === 'retry' ? 'failed' : 'sent'),
        (error) => {
          const { status = 0, xhr } = error as { status?: number; xhr?: XMLHttpRequest };
          if (status === 429) done(waitOf(xhr?.getResponseHeader('Retry-After')));
          else done(status >= 400 && status < 500 && status !== 404 && status !== 408 ? 'refused' : 'failed');
        },
      );
    });
  }
}

/** The Direct Line client as far as it is used here; its own types speak of a version of RxJS that is not ours. */
interface Client {
  readonly activity$: { subscribe(next: (activity: ChatActivity) => void, error: (error: unknown) => void): void };
  readonly connectionStatus$: { subscribe(next: (status: number) => void): void };
  postActivity(activity: object): { subscribe(next: (id: string) => void, error: (error: unknown) => void): void };
}
