import type { Logger } from '../operations/log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { NO_TRACING, type Tracing } from './tracing.ts';
import { observedTurns, type Turns } from './turns.ts';

/** What the parts of the service tell those who run it. */
export interface Telemetry {
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly turns: Turns;
}

/** The telemetry of a process that answers from an edition. */
export function createTelemetry(edition: string, log: Logger, tracing = NO_TRACING): Telemetry {
  const metrics = createMetrics(edition);
  return { metrics, tracing, turns: observedTurns({ metrics, tracing, log }) };
}
