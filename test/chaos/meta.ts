import { setTimeout } from 'node:timers/promises';
import { startGraph } from '../service/graph-server.ts';
import { PHONE_NUMBER_ID, sign } from '../whatsapp/account.ts';
import type { SentMessage } from '../whatsapp/line.ts';
import { eventually } from './eventually.ts';
import { PATIENCE, type Talk } from './talk.ts';

const TIME_OUT = 15_000;
/** Meta answers after so many milliseconds at the most, and tells so long after that the message was sent. */
const SLOWEST_ANSWER = 80;
const SLOWEST_NEWS = 400;

/** A message that reached Meta: by its job, and when. */
interface Sent {
  readonly text: string;
  readonly at: number;
}

/** Meta: takes messages, tells what became of them, and delivers what people write until it is accepted, sometimes twice. */
export interface Meta {
  readonly graphUrl: string;
  talk(url: string): Talk;
  /** The moments at which messages reached Meta that came there once more later. */
  repeated(): readonly number[];
  stop(): Promise<void>;
}

export async function startMeta(random: () => number): Promise<Meta> {
  /** What each person got, by the job that the service named it with. */
  const inboxes = new Map<string, Map<string, Sent[]>>();
  const background = new Set<Promise<unknown>>();
  let address = '';
  let people = 0;
  let deliveries = 0;

  async function deliver(value: object): Promise<boolean> {
    const whole = { messaging_product: 'whatsapp', metadata: { phone_number_id: PHONE_NUMBER_ID }, ...value };
    const body = JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [{ id: '1', changes: [{ value: whole, field: 'messages' }] }],
    });
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': sign(body) };
    const accepted = await eventually(PATIENCE, async () => {
      const response = await fetch(`${address}/webhooks/whatsapp`, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(TIME_OUT),
      });
      return response.ok || undefined;
    });
    return accepted === true;
  }

  function later(work: Promise<unknown>): void {
    const kept = work.finally(() => background.delete(kept));
    background.add(kept);
  }

  const graph = await startGraph({
    async onSent(message: SentMessage & { biz_opaque_callback_data?: string }, id) {
      const callback = message.biz_opaque_callback_data ?? id;
      const inbox = inboxes.get(message.to ?? '');
      const text = message.text?.body ?? message.interactive?.body.text ?? '';
      inbox?.set(callback, [...(inbox.get(callback) ?? []), { text, at: performance.now() }]);
      const status = { id, status: 'sent', recipient_id: message.to, biz_opaque_callback_data: callback };
      later(setTimeout(random() * SLOWEST_NEWS).then(() => deliver({ statuses: [status] })));
      await setTimeout(random() * SLOWEST_ANSWER);
    },
  });

  function talk(url: string): Talk {
    address = url;
    people += 1;
    const person = String(31_600_000_000 + people);
    const inbox = new Map<string, Sent[]>();
    inboxes.set(person, inbox);
    /** The messages of each turn: the service names them with the turn that they come from. */
    const turns = () => [...Map.groupBy(inbox, ([callback]) => callback.replace(/ \d+$/u, '')).values()];
    return {
      begin: async () => undefined,
      async say(text) {
        deliveries += 1;
        const message = {
          from: person,
          id: `wamid.CHAOS${deliveries}`,
          timestamp: String(1_686_391_200 + deliveries),
          type: 'text',
          text: { body: text },
        };
        const value = { contacts: [{ profile: { name: 'x' }, wa_id: person }], messages: [message] };
        if (random() < 0.2) later(deliver(value));
        if (!(await deliver(value))) throw new Error('in vain: a delivery');
      },
      answers: (turn) => (turns()[turn] ?? []).map(([, sent]) => sent[0]?.text ?? ''),
      settle: async () => undefined,
      repeats: () => [...inbox.values()].reduce((sum, sent) => sum + sent.length - 1, 0),
      end: () => undefined,
    };
  }

  return {
    graphUrl: graph.url,
    talk,
    repeated: () => [...inboxes.values()].flatMap((inbox) => [...inbox.values()].flatMap((sent) => sent.slice(0, -1).map(({ at }) => at))),
    async stop() {
      await Promise.all(background);
      await graph.stop();
    },
  };
}
