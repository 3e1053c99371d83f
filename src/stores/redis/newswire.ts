import { randomUUID } from 'node:crypto';
import { createNews } from '../news.ts';
import type { News } from '../store.ts';
import { connect } from './connect.ts';
import { groupOf } from './keys.ts';

const CHANNEL = 'bot:news';

/** News as it goes from one process to the others: with the group of lanes that has work, and who tells it. */
export type Message = { readonly from: string } & (
  | { readonly kind: 'feed'; readonly conversation: string }
  | { readonly kind: 'jobs'; readonly queue: string; readonly group: number }
);

/** What came in: scripts tell the other processes, and `tell` this one. */
export interface Newswire {
  watch(listener: (news: News) => void): () => void;
  tell(messages: readonly Message[]): void;
  feed(conversation: string): Message;
  jobs(queue: string, lane: string): Message;
  /** Tells this process that anything may have come in. */
  anything(): void;
  close(): void;
}

export interface NewswireOptions {
  readonly url: string;
  /** Called where a group of lanes has work in a queue, before anybody is told. */
  readonly onWork: (queue: string, group: number) => void;
}

export async function openNewswire({ url, onWork }: NewswireOptions, patienceMs: number): Promise<Newswire> {
  const desk = createNews();
  const from = randomUUID();

  function tell(message: Message): void {
    if (message.kind === 'jobs') onWork(message.queue, message.group);
    desk.tell(message.kind === 'jobs' ? { kind: 'jobs', queue: message.queue } : { kind: 'feed', conversation: message.conversation });
  }

  const anything = () => desk.tell({ kind: 'anything' });
  // What was told while it was not connected has not come here. Of a connection that is lost the other one tells in the log.
  const client = await connect({ url, onReady: anything }, patienceMs);
  await client.subscribe(CHANNEL, (text) => {
    const message = JSON.parse(text) as Message;
    if (message.from !== from) tell(message);
  });

  return {
    watch: desk.watch,
    tell: (messages) => messages.forEach(tell),
    feed: (conversation) => ({ from, kind: 'feed', conversation }),
    jobs: (queue, lane) => ({ from, kind: 'jobs', queue, group: groupOf(lane) }),
    anything,
    close: () => client.destroy(),
  };
}
