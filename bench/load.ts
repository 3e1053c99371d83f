import { WebSocket } from 'ws';

/** How a person hears the answer: pushed over a socket, or by asking for news. */
export type Way = 'socket' | 'poll';

interface Person {
  readonly base: string;
  readonly headers: Record<string, string>;
  /** Called with the id of the message that an activity of the bot answers. */
  heard: (replyTo: string) => void;
  close(): void;
}

const POLL_EVERY = 10;

async function json<T>(address: string, init: RequestInit): Promise<T> {
  const response = await fetch(address, init);
  if (!response.ok) throw new Error(`${response.status} of ${new URL(address).pathname}`);
  return (await response.json()) as T;
}

interface Part {
  readonly activities: { readonly replyToId?: string; readonly from: { readonly role?: string }; readonly type: string }[];
  readonly watermark: string;
}

/** Opens a conversation; `urls` are all processes that serve it: each request goes to the next of them. */
async function person(urls: readonly string[], way: Way, at: number): Promise<Person> {
  const url = urls[at % urls.length] ?? '';
  const { token, conversationId } = await json<{ token: string; conversationId: string }>(`${url}/api/directline/token`, {
    method: 'POST',
  });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const opened = await json<{ streamUrl: string }>(`${url}/v3/directline/conversations`, { method: 'POST', headers, body: '{}' });
  const base = `${urls[(at + 1) % urls.length]}/v3/directline/conversations/${conversationId}/activities`;
  let watermark = '';
  let open = true;
  const self: Person = { base, headers, heard: () => undefined, close: () => undefined };
  const read = (part: Part) => {
    watermark = part.watermark;
    for (const { type, from, replyToId } of part.activities)
      if (type === 'message' && from.role === 'bot' && replyToId) self.heard(replyToId);
  };
  if (way === 'socket') {
    const socket = new WebSocket(opened.streamUrl.replace('localhost', '127.0.0.1'));
    socket.on('message', (frame) => {
      const text = String(frame);
      if (text) read(JSON.parse(text) as Part);
    });
    await new Promise((done, fail) => socket.once('open', done).once('error', fail));
    return Object.assign(self, { close: () => socket.close() });
  }
  const poll = async (): Promise<void> => {
    while (open) {
      read(await json<Part>(`${base}?watermark=${watermark}`, { headers }));
      await new Promise((done) => setTimeout(done, POLL_EVERY));
    }
  };
  poll().catch(() => undefined);
  return Object.assign(self, {
    close: () => {
      open = false;
    },
  });
}

export interface LoadResult {
  readonly perSecond: number;
  /** From sending a message to hearing its answer. */
  readonly milliseconds: number[];
  readonly unanswered: number;
}

const LAST_WAIT = 5_000;

/** Sends messages at a fixed rate, whether the earlier ones are answered or not, and waits for the answers. */
export async function load(
  urls: readonly string[],
  { way, rate, seconds, people, texts }: { way: Way; rate: number; seconds: number; people: number; texts: readonly string[] },
): Promise<LoadResult> {
  const all = await Promise.all(Array.from({ length: people }, (_, at) => person(urls, way, at)));
  const milliseconds: number[] = [];
  const sentAt = new Map<string, number>();
  const early = new Set<string>();
  let last = 0;
  const answered = (at: number) => {
    milliseconds.push(performance.now() - at);
    last = performance.now();
  };
  for (const one of all) {
    one.heard = (id) => {
      const at = sentAt.get(id);
      if (at === undefined) early.add(id);
      else if (sentAt.delete(id)) answered(at);
    };
  }
  const start = performance.now();
  const count = Math.round(rate * seconds);
  const sendings: Promise<void>[] = [];
  for (let index = 0; index < count; index += 1) {
    const due = start + (1000 * index) / rate;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((done) => setTimeout(done, wait));
    const { base, headers } = all[index % people] as Person;
    const at = performance.now();
    const body = JSON.stringify({ type: 'message', text: texts[index % texts.length], from: { id: 'person' } });
    sendings.push(
      json<{ id: string }>(base, { method: 'POST', headers, body }).then(
        ({ id }) => (early.delete(id) ? answered(at) : void sentAt.set(id, at)),
        () => undefined,
      ),
    );
  }
  await Promise.all(sendings);
  for (const end = performance.now() + LAST_WAIT; sentAt.size > 0 && performance.now() < end; )
    await new Promise((done) => setTimeout(done, 20));
  for (const one of all) one.close();
  return { perSecond: (1000 * milliseconds.length) / (last - start), milliseconds, unanswered: count - milliseconds.length };
}
