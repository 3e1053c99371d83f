import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder';
import { WebSocket } from 'ws';
import { eventually } from './eventually.ts';
import { PATIENCE, type Talk } from './talk.ts';

const TIME_OUT = 15_000;
const POLL_EVERY = 300;
const RECONNECT_AFTER = 300;

/** A person on the page: through a socket that is opened again when it closes, or by asking again and again. */
export function directLineTalk(url: string, locale: string, withSocket: boolean): Talk {
  const seen = new Map<string, Activity>();
  const own: string[] = [];
  let repeats = 0;
  let watermark = '';
  let session = { token: '', conversationId: '' };
  let ended = false;
  let socket: WebSocket | undefined;

  async function call<T>(path: string, options: RequestInit = {}): Promise<T> {
    const headers = { authorization: `Bearer ${session.token}`, 'content-type': 'application/json' };
    const response = await fetch(`${url}${path}`, { headers, signal: AbortSignal.timeout(TIME_OUT), ...options });
    if (!response.ok) throw new Error(`refused with ${response.status}`);
    return (await response.json()) as T;
  }
  const conversation = () => `/v3/directline/conversations/${session.conversationId}`;

  /** Calls until it is accepted. */
  async function insist<T>(path: string, body: object, what: string): Promise<T> {
    const done = await eventually(PATIENCE, () => call<T>(path, { method: 'POST', body: JSON.stringify(body) }));
    if (done === undefined) throw new Error(`in vain: ${what}`);
    return done;
  }

  function take(part: { activities: Activity[]; watermark: string }): void {
    for (const activity of part.activities) {
      if (seen.has(activity.id ?? '')) repeats += 1;
      seen.set(activity.id ?? '', activity);
    }
    watermark = part.watermark;
  }

  function openSocket(): void {
    const address = `${url.replace('http', 'ws')}${conversation()}/stream?watermark=${watermark}&t=${session.token}`;
    const opened = new WebSocket(address, { handshakeTimeout: TIME_OUT });
    socket = opened;
    opened.on('message', (data) => take(JSON.parse(String(data))));
    opened.on('error', () => undefined);
    opened.on('close', () => void (ended || setTimeout(openSocket, RECONNECT_AFTER)));
  }

  async function poll(): Promise<void> {
    while (!ended) {
      await call<{ activities: Activity[]; watermark: string }>(`${conversation()}/activities?watermark=${watermark}`).then(
        take,
        () => undefined,
      );
      await new Promise((done) => setTimeout(done, POLL_EVERY));
    }
  }

  const said = (replyToId: string | undefined) =>
    [...seen.values()]
      .filter(({ type, from, ...activity }) => type === 'message' && from.role === 'bot' && activity.replyToId === replyToId)
      .map(({ text }) => text);

  return {
    async begin() {
      session = await insist('/api/directline/token', {}, 'a token');
      await insist('/v3/directline/conversations', { locale }, 'a conversation');
      if (withSocket) openSocket();
      else void poll();
    },
    async say(text) {
      const activity = { type: 'message', text, locale, from: { id: 'x' }, channelData: { clientActivityID: randomUUID() } };
      own.push((await insist<{ id: string }>(`${conversation()}/activities`, activity, 'a message')).id);
    },
    answers: (turn) => said(own[turn]),
    async settle() {
      await eventually(PATIENCE, async () => {
        const { activities } = await call<{ activities: Activity[] }>(`${conversation()}/activities?watermark=`);
        for (const activity of activities) seen.set(activity.id ?? '', activity);
        return true;
      });
    },
    repeats: () => repeats,
    end() {
      ended = true;
      socket?.terminate();
    },
  };
}
