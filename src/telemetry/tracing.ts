import type { Settings } from '../settings.ts';

/** What a span may say of itself: ids, names, codes and numbers; never a text. */
export interface Attributes {
  readonly channel?: string;
  readonly conversation?: string;
  readonly outcome?: string;
  readonly language?: string;
  readonly topic?: string | undefined;
  readonly dialog?: string | undefined;
  readonly operation?: string;
  readonly verdict?: string;
  readonly status?: string;
  /** The name of an error. */
  readonly error?: string;
}

/** A step that is under way. */
export interface Span {
  /** Runs what belongs to it: spans that are opened there are below it. */
  within<T>(work: () => T): T;
  /** Ends it, under another name where only now it is known. */
  end(attributes?: Attributes, name?: string): void;
}

/** Tells how a turn went, step by step, to a collector of OpenTelemetry. */
export interface Tracing {
  /** Opens a span. It is below `parent`, as `current` gave it, and below nothing where there is none. */
  open(name: string, attributes: Attributes, parent: string | undefined): Span;
  /** Opens a span below the one under way; where none is, nothing is told. */
  step(name: string, attributes?: Attributes): Span;
  /** The span under way, in a form that can be kept with a job; undefined where none is. */
  current(): string | undefined;
  /** Sends what has not been sent, as far as the collector takes it in time. */
  stop(): Promise<void>;
}

export const NO_SPAN: Span = { within: (work) => work(), end: () => undefined };

/** Where no collector is set: nothing is told, and nothing of OpenTelemetry is loaded. */
export const NO_TRACING: Tracing = {
  open: () => NO_SPAN,
  step: () => NO_SPAN,
  current: () => undefined,
  stop: async () => undefined,
};

/** The tracing that the settings ask for. */
export async function openTracing({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_TRACES_SAMPLER_ARG: share,
}: Pick<Settings, 'OTEL_EXPORTER_OTLP_ENDPOINT' | 'OTEL_TRACES_SAMPLER_ARG'>): Promise<Tracing> {
  if (endpoint === undefined) return NO_TRACING;
  const { openTelemetry } = await import('./open-telemetry.ts');
  return openTelemetry(endpoint, share);
}

/** Runs work in a span, and ends it with what came of it. */
export async function inSpan<T>(span: Span, work: () => Promise<T>, describe?: (result: T) => Attributes): Promise<T> {
  try {
    const result = await span.within(work);
    span.end(describe?.(result));
    return result;
  } catch (error) {
    span.end({ error: (error as Error).name });
    throw error;
  }
}
