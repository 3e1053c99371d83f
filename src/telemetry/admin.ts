import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';
import { noSuchAddress } from '../not-served.ts';
import { listen } from '../server.ts';
import type { Settings } from '../settings.ts';
import type { Metrics } from './metrics.ts';

/** The routes for those who run the service, on a port of their own. */
export interface Admin {
  readonly port: number;
  stop(): Promise<void>;
}

export interface AdminOptions {
  readonly settings: Pick<Settings, 'ADMIN_PORT' | 'ADMIN_HOST'>;
  /** `/healthz` and `/readyz`. */
  readonly health: Router;
  readonly metrics: Pick<Metrics, 'registry' | 'observeProcess'>;
}

/**
 * Serves `/metrics`, `/healthz` and `/readyz` to those who run the service; undefined where no port is set for it.
 * Throws where the port is taken.
 */
export async function startAdmin({ settings, health, metrics }: AdminOptions): Promise<Admin | undefined> {
  const { ADMIN_PORT: port, ADMIN_HOST: host } = settings;
  if (port === undefined) return undefined;
  const { registry } = metrics;
  metrics.observeProcess();
  const app = express();
  app.disable('x-powered-by');
  app.use(health);
  app.get('/metrics', async (_request, response) => {
    response.setHeader('Content-Type', registry.contentType);
    response.end(await registry.metrics());
  });
  app.use(noSuchAddress);
  const server = createServer(app);
  await listen(server, { PORT: port, HOST: host });
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
