/** A collector of OpenTelemetry on loopback, that keeps what it gets. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SpanSent {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** 2 is an error. */
  readonly status: number;
}

interface Value {
  readonly stringValue?: string;
  readonly intValue?: number;
  readonly doubleValue?: number;
}
interface Export {
  readonly resourceSpans: {
    readonly scopeSpans: {
      readonly spans: (Omit<SpanSent, 'attributes' | 'status'> & {
        readonly attributes: { key: string; value: Value }[];
        readonly status: { code?: number };
      })[];
    }[];
  }[];
}

export interface Collector {
  readonly address: string;
  /** Everything that came, as it came. */
  text(): string;
  spans(): SpanSent[];
  stop(): Promise<void>;
}

export async function collector(): Promise<Collector> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (request.url === '/v1/traces') bodies.push(Buffer.concat(parts).toString('utf8'));
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    text: () => bodies.join('\n'),
    spans: () => bodies.flatMap((body) => spansOf(JSON.parse(body) as Export)),
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function spansOf({ resourceSpans }: Export): SpanSent[] {
  const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  return spans.map(({ attributes, status, ...span }) => ({
    ...span,
    status: status.code ?? 0,
    attributes: Object.fromEntries(
      attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value.doubleValue ?? '']),
    ),
  }));
}
