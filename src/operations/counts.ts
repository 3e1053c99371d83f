/** What is counted by an outcome alone; each is a metric of its own (`src/telemetry/metrics.ts`). */
export type CountName = 'whatsapp_in' | 'whatsapp_out' | 'whatsapp_error' | 'whatsapp_read_mark' | 'limit';

/** Counts of what happened, by name and outcome: numbers only, never a person's data. */
export interface Counts {
  add(name: CountName, outcome: string): void;
}
