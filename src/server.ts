import { createServer, type RequestListener, type Server } from 'node:http';
import type { Settings } from './settings.ts';

/** Bytes of all headers of a request. */
const LARGEST_HEADERS = 16 * 1024;
/** How long a connection is kept for the next request: longer than the pause between two looks of a client, shorter than the one of usual proxies, in milliseconds. */
const KEEP_ALIVE = 20_000;

/** How long a connection may take for what, in milliseconds. */
export interface Patience {
  readonly headers: number;
  /** All of a request; only a file on a bad connection takes long. */
  readonly request: number;
  /** Nothing moves on the connection: nobody reads what it waits to send. WebSockets have a heartbeat of their own. */
  readonly silence: number;
  readonly checkedEvery: number;
}

const PATIENCE: Patience = { headers: 15_000, request: 120_000, silence: 60_000, checkedEvery: 5_000 };

/** The HTTP server. Nobody can hold a connection by sending or reading slowly, and there are only so many of them. */
export function httpServer(
  listener: RequestListener,
  { LIMIT_CONNECTIONS }: Pick<Settings, 'LIMIT_CONNECTIONS'>,
  patience = PATIENCE,
): Server {
  const server = createServer(
    {
      maxHeaderSize: LARGEST_HEADERS,
      headersTimeout: patience.headers,
      requestTimeout: patience.request,
      keepAliveTimeout: KEEP_ALIVE,
      connectionsCheckingInterval: patience.checkedEvery,
    },
    listener,
  );
  server.timeout = patience.silence;
  if (LIMIT_CONNECTIONS > 0) server.maxConnections = LIMIT_CONNECTIONS;
  return server;
}

/** Listens where the settings say. Throws where that place is taken. */
export function listen(server: Server, { PORT, HOST }: Pick<Settings, 'PORT' | 'HOST'>): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen({ port: PORT, ...(HOST && { host: HOST }) }, () => {
      server.off('error', fail);
      done();
    });
  });
}
