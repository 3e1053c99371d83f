import { Router } from 'express';

export interface HealthOptions {
  /** Can it take work? */
  readonly ready: () => Promise<boolean>;
  /** The state of the channels that can be out of order by themselves. */
  readonly channels: () => Readonly<Record<string, string>>;
}

/** `/healthz`: the process is alive. `/readyz`: it can take work; 503 where it cannot. */
export function healthRoutes({ ready, channels }: HealthOptions): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  router.get('/readyz', async (_request, response) => {
    const usable = await ready();
    // A line that cannot send takes only its own channel out: the others go on.
    const own = channels();
    response
      .status(usable ? 200 : 503)
      .json({ status: usable ? 'ready' : 'not ready', ...(Object.keys(own).length > 0 && { channels: own }) });
  });
  return router;
}
