import type { Request, RequestHandler, Response } from 'express';
import { type Metrics, OTHER } from './metrics.ts';
import type { Tracing } from './tracing.ts';

/** The caller hung up before the response was whole. */
const ABORTED = 'aborted';
/** Openings of sockets go past the router. */
const STREAM = 'GET /v3/directline/conversations/:id/stream';
/** Where routers are mounted whose errors are answered after them, when the SDK of the server knows their place no more. */
const MOUNTS = ['/v3/directline', '/api/messages', '/summary', '/webhooks/whatsapp'];

/** Counts and times every request. */
export function observeRequests({ requests, requestSeconds }: Pick<Metrics, 'requests' | 'requestSeconds'>): RequestHandler {
  return (request, response, next) => {
    const begun = performance.now();
    response.once('close', () => {
      const route = routeOf(request);
      requests.inc({ route, status: statusOf(response) });
      requestSeconds.observe({ route }, (performance.now() - begun) / 1000);
    });
    next();
  };
}

/** Makes a span of each request. Its name and what it says are the route and the status: never the address. */
export function traceRequests(tracing: Tracing): RequestHandler {
  return (request, response, next) => {
    // A caller from elsewhere must not decide what is recorded: what it says of a trace is not read.
    const span = tracing.open('request', {}, undefined);
    response.once('close', () => span.end({ status: statusOf(response) }, routeOf(request)));
    span.within(next);
  };
}

/** Counts requests for a stream of Direct Line, by the status they are answered with. */
export function countUpgrades({ requests }: Pick<Metrics, 'requests'>): (status: number) => void {
  return (status) => requests.inc({ route: STREAM, status });
}

/** The route of a request as it is written in code, never its address: `GET /v3/directline/conversations/:id/activities`. */
export function routeOf({ method, baseUrl, originalUrl, route }: Request): string {
  const path: unknown = (route as { path?: unknown } | undefined)?.path;
  if (typeof path !== 'string') return OTHER;
  // Mounts are found in any case of letters; without this, each of them would be a route of its own.
  const base = baseUrl.toLowerCase() || (MOUNTS.find((mount) => originalUrl.toLowerCase().startsWith(mount)) ?? '');
  return `${method} ${`${base}${path}`.replace(/(?<=.)\/$/u, '')}`;
}

function statusOf(response: Response): string {
  return response.writableFinished ? String(response.statusCode) : ABORTED;
}
