import type { Graph, Outcome } from '../channels/whatsapp/graph.ts';
import type { Telemetry } from './telemetry.ts';
import { inSpan } from './tracing.ts';

/** Meta's Graph API, timed by call and verdict, each call a span. */
export function observedGraph(graph: Graph, { metrics, tracing }: Pick<Telemetry, 'metrics' | 'tracing'>): Graph {
  async function timed(call: string, work: () => Promise<Outcome>): Promise<Outcome> {
    const begun = performance.now();
    const outcome = await inSpan(tracing.step(`graph ${call}`), work, ({ verdict }) => ({ verdict: verdict.kind }));
    metrics.graphSeconds.observe({ call, verdict: outcome.verdict.kind }, (performance.now() - begun) / 1000);
    return outcome;
  }
  return {
    send: (message) => timed('send', () => graph.send(message)),
    markRead: (messageId) => timed('read-mark', () => graph.markRead(messageId)),
  };
}
