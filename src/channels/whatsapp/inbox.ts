import type { Activity, TurnContext } from 'botbuilder';
import { ENDED, type JobResult } from '../../jobs/worker.ts';
import type { Counts } from '../../operations/counts.ts';
import type { NewJob, Store, TakenJob } from '../../stores/store.ts';
import { gathering, TurnChanges } from '../../stores/turn-changes.ts';
import { guarded } from '../guard.ts';
import { type IncomingTurn, meantText, WhatsAppAdapter } from './adapter.ts';
import { askToWait, type Counted } from './flood.ts';
import type { Graph } from './graph.ts';
import { messagesOf, optionsOf } from './messages.ts';
import { OUTBOX, type Outgoing } from './outbox.ts';
import type { Privacy } from './privacy.ts';

export const INBOX = 'whatsapp-in';
/** So often a turn is tried; then the person is told that it failed. */
const MOST_TURNS = 3;
const ANY = '*';
/** Answers leave in the order in which the turns wrote them. */
const AS_ADDED = 0;

export interface InboxParts {
  readonly store: Store;
  readonly privacy: Privacy;
  readonly graph: Graph;
  readonly counts: Counts;
  readonly run: (context: TurnContext) => Promise<void>;
  /** What the bot says where a turn failed: never silence. */
  readonly apologise: (context: TurnContext) => Promise<void>;
  /** The language that a text is in, if it shows. */
  readonly languageOf: (text: string) => string | undefined;
  readonly now: () => number;
}

/** A message that was accepted, as it waits in the queue. */
interface Accepted extends Counted {
  /** The mark of the guard, where it has cut something out. */
  readonly channelData?: object;
  readonly acceptedAt: number;
}

/** What the last answer offered, for a number that is typed, and its language. */
interface LastAnswer {
  readonly language?: string | undefined;
  readonly options: readonly string[];
}

/** What waits to be answered: accepts messages once each, and runs the turn of each in the order of its conversation. */
export function createInbox({ store, privacy, graph, counts, run, apologise, languageOf, now }: InboxParts) {
  const adapter = new WhatsAppAdapter();

  /** Runs a turn and returns what the bot says in it. */
  async function answer(turn: IncomingTurn, attempts: number, tooMany = false): Promise<Partial<Activity>[]> {
    if (tooMany) return adapter.process(turn, askToWait);
    if (attempts > MOST_TURNS) return adapter.process(turn, apologise);
    const { locale: _, ...whole } = turn;
    return adapter.process(whole, run);
  }

  return {
    /** Keeps messages until they are answered; one whose id was accepted before is left out. Returns how many are new. */
    async accept(messages: readonly Counted[]): Promise<number> {
      const jobs = messages.map((message): NewJob => {
        const accepted: Accepted = { ...guarded(message), acceptedAt: now() };
        return {
          queue: INBOX,
          id: privacy.hash(`message ${message.id}`),
          lane: conversationOf(message, privacy),
          place: message.sentAt ?? now(),
          body: privacy.seal(accepted),
          once: true,
        };
      });
      return store.addJobs(jobs);
    },

    /** Runs the turn of one message. What the bot says and the end of the message are written down in one step. */
    async work(job: TakenJob): Promise<JobResult> {
      const message = privacy.open(job.body) as Accepted;
      // Nothing waits for these ticks: a person sees that the message came and that an answer is on its way.
      void graph.markRead(message.id).then(({ verdict }) => counts.add('whatsapp_read_mark', verdict.kind));
      const key = `${job.lane}/last-answer`;
      const stored = await store.readState(job.lane, key);
      const before: LastAnswer = stored ? (JSON.parse(stored.value) as LastAnswer) : { options: [] };
      const text = meantText(message.text, message.tapped, before.options);
      const locale = before.language ?? languageOf(text);
      const { channelData } = message;
      const turn = { conversation: job.lane, id: job.id, text, locale, ...(channelData && { channelData }) };
      const changes = new TurnChanges(job.lane);
      const said = await gathering(changes, () => answer(turn, job.attempts, message.tooMany));
      const last = said.at(-1);
      const next: LastAnswer = { language: last?.locale, options: last ? optionsOf(last) : [] };
      // What was offered before "please wait" can still be chosen after it.
      if (!message.tooMany) changes.changeState({ key, version: ANY, value: changes.forget || !last ? undefined : JSON.stringify(next) });
      const contents = said.flatMap(messagesOf);
      const outgoing = contents.map((content, index): NewJob => {
        const whole = { message: { ...message.address, ...content }, acceptedAt: message.acceptedAt };
        const one: Outgoing = changes.forget && index === contents.length - 1 ? { ...whole, forget: true } : whole;
        return { queue: OUTBOX, id: `${job.id} ${index}`, lane: job.lane, place: AS_ADDED, body: privacy.seal(one) };
      });
      await store.endJob(job, changes.outcome(outgoing));
      changes.settle();
      return ENDED;
    },
  };
}

/** The id of a person's conversation: no way leads back from it to the number or the user id. */
export function conversationOf({ person }: Counted, privacy: Privacy): string {
  return `whatsapp-${privacy.hash(`person ${person}`)}`;
}
