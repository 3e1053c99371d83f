import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, defaultTextMapGetter, defaultTextMapSetter, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { NO_SPAN, type Span, type Tracing } from './tracing.ts';
import { VERSION } from './version.ts';

const NAME = 'ind-procedure-bot';
/** A collector that is gone must not hold up a stop, in milliseconds. */
const LONGEST_STOP = 2_000;

/** Traces by OpenTelemetry, over OTLP with HTTP and JSON. Nothing of it is global: each service has its own. */
export function openTelemetry(endpoint: string, share: number): Tracing {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': NAME, 'service.version': VERSION }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/u, '')}/v1/traces` }) })],
  });
  const tracer = provider.getTracer(NAME, VERSION);
  const underWay = new AsyncLocalStorage<Context>();
  const propagator = new W3CTraceContextPropagator();

  function open(name: string, attributes: object, parent: Context): Span {
    const span = tracer.startSpan(name, { attributes: { ...attributes } }, parent);
    const context = trace.setSpan(parent, span);
    return {
      within: (work) => underWay.run(context, work),
      end(more = {}, finalName) {
        span.setAttributes({ ...more });
        if (finalName !== undefined) span.updateName(finalName);
        // Never the error itself: its message may quote a text.
        if (more.error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  }

  return {
    open: (name, attributes, parent) =>
      open(
        name,
        attributes,
        parent === undefined ? ROOT_CONTEXT : propagator.extract(ROOT_CONTEXT, { traceparent: parent }, defaultTextMapGetter),
      ),
    step(name, attributes = {}) {
      const parent = underWay.getStore();
      return parent ? open(name, attributes, parent) : NO_SPAN;
    },
    current() {
      const context = underWay.getStore();
      if (!context) return undefined;
      const carrier: { traceparent?: string } = {};
      propagator.inject(context, carrier, defaultTextMapSetter);
      return carrier.traceparent;
    },
    async stop() {
      const sent = provider.shutdown().catch(() => undefined);
      await Promise.race([sent, new Promise((done) => setTimeout(done, LONGEST_STOP).unref())]);
    },
  };
}
