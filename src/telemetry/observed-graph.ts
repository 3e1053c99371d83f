import type { Graph, Outcome } from '../channels/whatsapp/graph.ts';
import type { Metrics } from './metrics.ts';

/** Meta's Graph API, timed by call and verdict. */
export function observedGraph(graph: Graph, { graphSeconds }: Pick<Metrics, 'graphSeconds'>): Graph {
  async function timed(call: string, work: () => Promise<Outcome>): Promise<Outcome> {
    const begun = performance.now();
    const outcome = await work();
    graphSeconds.observe({ call, verdict: outcome.verdict.kind }, (performance.now() - begun) / 1000);
    return outcome;
  }
  return {
    send: (message) => timed('send', () => graph.send(message)),
    markRead: (messageId) => timed('read-mark', () => graph.markRead(messageId)),
  };
}
