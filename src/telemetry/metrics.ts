import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { CountName, Counts } from '../operations/counts.ts';
import { VERSION } from './version.ts';

/** Seconds: what a person does not notice, up to where they give up. */
const STEPS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
/** Seconds that a call over the internet takes; the last one is where it is cut off. */
const CALLS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];
/** A label whose values come from outside has so many at the most; whatever else comes is `other`. */
const MOST_VALUES = 60;
export const OTHER = 'other';

/** The counts that know an outcome alone: metric, label, and what it says. */
const COUNTED: Readonly<Record<CountName, readonly [name: string, label: string, help: string]>> = {
  whatsapp_in: ['bot_whatsapp_received_total', 'outcome', 'What Meta delivered, by what became of it'],
  whatsapp_out: ['bot_whatsapp_sent_total', 'outcome', 'Answers to WhatsApp, by what became of the sending'],
  whatsapp_error: ['bot_whatsapp_errors_total', 'code', "Refusals of Meta's Graph API, by its error code"],
  whatsapp_read_mark: ['bot_whatsapp_read_marks_total', 'outcome', 'Messages marked as read, by what came of it'],
  limit: ['bot_limits_refused_total', 'limit', 'What was turned away because a limit was reached'],
};

/** The metrics of one process. Every label is an id of ours, a status or a code: never a person's data. */
export interface Metrics extends ReturnType<typeof instruments> {
  readonly registry: Registry;
  readonly counts: Counts;
  /** Adds what the process itself is like: memory, processor, event loop, collector of garbage. For the life of the process. */
  observeProcess(): void;
}

/** Makes the metrics of a process that answers from an edition. */
export function createMetrics(edition: string): Metrics {
  const registry = new Registry();
  const counters = Object.entries(COUNTED).map(([counted, [name, label, help]]) => {
    const counter = new Counter({ name, help, labelNames: [label], registers: [registry] });
    const bounded = boundedLabel();
    return [counted, (outcome: string) => counter.inc({ [label]: bounded(outcome) })] as const;
  });
  const add = Object.fromEntries(counters) as Record<CountName, (outcome: string) => void>;
  new Gauge({
    name: 'bot_build_info',
    help: 'Always 1; its labels say what runs',
    labelNames: ['version', 'edition', 'node'],
    registers: [registry],
  }).set({ version: VERSION, edition, node: process.version }, 1);
  return {
    registry,
    ...instruments(registry),
    counts: { add: (name, outcome) => add[name](outcome) },
    observeProcess: () => collectDefaultMetrics({ register: registry }),
  };
}

function instruments(registry: Registry) {
  const registers = [registry];
  return {
    turns: new Counter({
      name: 'bot_turns_total',
      help: 'Turns that were written down, by channel, outcome and language',
      labelNames: ['channel', 'outcome', 'language'],
      registers,
    }),
    turnSeconds: new Histogram({
      name: 'bot_turn_duration_seconds',
      help: 'What a turn took, with reading and writing the store',
      labelNames: ['channel'],
      buckets: STEPS,
      registers,
    }),
    turnRetries: new Counter({
      name: 'bot_turn_retries_total',
      help: 'Turns that could not be written down and are done again',
      labelNames: ['channel'],
      registers,
    }),
    answers: new Counter({
      name: 'bot_answers_total',
      help: 'Answers, by topic and language; a turn can hold several',
      labelNames: ['topic', 'language'],
      registers,
    }),
    dialogs: new Counter({
      name: 'bot_dialog_turns_total',
      help: 'Turns in which a dialog asked something or said its result',
      labelNames: ['dialog', 'language'],
      registers,
    }),
    requests: new Counter({
      name: 'bot_http_requests_total',
      help: 'HTTP requests and openings of sockets, by route and status',
      labelNames: ['route', 'status'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'bot_http_request_duration_seconds',
      help: 'From the request to the end of its response',
      labelNames: ['route'],
      buckets: STEPS,
      registers,
    }),
    storeSeconds: new Histogram({
      name: 'bot_store_duration_seconds',
      help: 'What the store took for an operation',
      labelNames: ['operation'],
      buckets: STEPS,
      registers,
    }),
    storeErrors: new Counter({
      name: 'bot_store_errors_total',
      help: 'Operations of the store that failed, by operation and kind',
      labelNames: ['operation', 'kind'],
      registers,
    }),
    graphSeconds: new Histogram({
      name: 'bot_whatsapp_graph_duration_seconds',
      help: "What a call of Meta's Graph API took, by call and verdict",
      labelNames: ['call', 'verdict'],
      buckets: CALLS,
      registers,
    }),
  };
}

/** Keeps the values of a label few: the first ones that come stay, later ones are `other`. */
export function boundedLabel(most = MOST_VALUES): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= most) return OTHER;
    known.add(value);
    return value;
  };
}
