import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { SentMessage } from '../whatsapp/line.ts';

/** A stand-in for Meta's Graph API that is a server of its own: processes of their own reach it by WHATSAPP_GRAPH_URL. */
export interface GraphServer {
  readonly url: string;
  /** What was accepted, in order. */
  readonly sent: SentMessage[];
  stop(): Promise<void>;
}

export interface GraphOptions {
  /** Called when a message was accepted, before the sender is told. */
  readonly onSent?: (message: SentMessage, id: string) => void | Promise<void>;
}

export async function startGraph({ onSent }: GraphOptions = {}): Promise<GraphServer> {
  const sent: SentMessage[] = [];
  const server = createServer(async (request, response) => {
    const message = JSON.parse(await text(request)) as SentMessage;
    response.setHeader('content-type', 'application/json');
    if (message.status === 'read') {
      response.end(JSON.stringify({ success: true }));
      return;
    }
    const id = `wamid.OUT${sent.push(message)}`;
    await onSent?.(message, id);
    response.end(JSON.stringify({ messages: [{ id }] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
