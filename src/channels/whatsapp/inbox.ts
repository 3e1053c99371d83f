import type { Activity, TurnContext } from 'botbuilder';
import type { Counts } from '../../operations/counts.ts';
import type { NewJob, Store, TakenJob } from '../../stores/store.ts';
import { meantText, WhatsAppAdapter } from './adapter.ts';
import type { IncomingMessage } from './delivery.ts';
import type { Graph } from './graph.ts';
import { messagesOf, optionsOf } from './messages.ts';
import { OUTBOX, type Outgoing } from './outbox.ts';
import type { Privacy } from './privacy.ts';
import type { JobResult } from './worker.ts';

export const INBOX = 'whatsapp-in';
/** So often a turn is tried; then the person is told that it failed. */
const MOST_TURNS = 3;
const NEW = '*';

export interface InboxParts {
  readonly store: Store;
  readonly privacy: Privacy;
  readonly graph: Graph;
  readonly counts: Counts;
  readonly run: (context: TurnContext) => Promise<void>;
  /** What the bot says where a turn failed: never silence. */
  readonly apologise: (context: TurnContext) => Promise<void>;
}

/** A message that was accepted, as it waits in the queue. */
interface Accepted extends IncomingMessage {
  readonly acceptedAt: number;
}

/** What waits to be answered: accepts messages once each, and runs the turn of each in the order of its conversation. */
export function createInbox({ store, privacy, graph, counts, run, apologise }: InboxParts) {
  const adapter = new WhatsAppAdapter();

  async function answer(turn: { conversation: string; id: string; text: string }, attempts: number): Promise<Partial<Activity>[]> {
    if (attempts <= MOST_TURNS) return adapter.process(turn, run);
    counts.add('whatsapp_turn', 'failed');
    return adapter.process(turn, apologise);
  }

  return {
    /** Keeps messages until they are answered; one whose id was accepted before is left out. Returns how many are new. */
    async accept(messages: readonly IncomingMessage[], now = Date.now()): Promise<number> {
      const jobs = messages.map((message): NewJob => {
        const accepted: Accepted = { ...message, acceptedAt: now };
        return {
          queue: INBOX,
          id: privacy.hash(`message ${message.id}`),
          lane: conversationOf(message, privacy),
          place: message.sentAt ?? now,
          body: privacy.seal(accepted),
        };
      });
      return store.addJobs(jobs);
    },

    /** Runs the turn of one message. What the bot says and the end of the message are written down in one step. */
    async work(job: TakenJob): Promise<JobResult> {
      const message = privacy.open(job.body) as Accepted;
      // Nothing waits for these ticks: a person sees that the message came and that an answer is on its way.
      void graph.markRead(message.id).then(({ verdict }) => counts.add('whatsapp_read_mark', verdict.kind));
      const choices = `${job.lane}/choices`;
      const before = await store.readState(choices);
      const options = before ? (JSON.parse(before.value) as string[]) : [];
      const text = meantText(message.text, message.tapped, options);
      const said = await answer({ conversation: job.lane, id: job.id, text }, job.attempts);
      const last = said.at(-1);
      const offered = last ? optionsOf(last) : [];
      if (offered.length > 0) await store.writeState(choices, JSON.stringify(offered), NEW);
      else await store.deleteState(choices);
      const outgoing = said.flatMap(messagesOf).map((content, index): NewJob => {
        const one: Outgoing = { message: { ...message.address, ...content }, acceptedAt: message.acceptedAt };
        return { queue: OUTBOX, id: `${job.id} ${index}`, lane: job.lane, place: message.acceptedAt, body: privacy.seal(one) };
      });
      await store.addJobs(outgoing, job);
      counts.add('whatsapp_turn', 'done');
      return { kind: 'ended' };
    },
  };
}

/** The id of a person's conversation: no way leads back from it to the number or the user id. */
function conversationOf({ person }: IncomingMessage, privacy: Privacy): string {
  return `whatsapp-${privacy.hash(`person ${person}`)}`;
}
