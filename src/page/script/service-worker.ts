import { clientsClaim } from 'workbox-core';
import { precacheAndRoute } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { CacheFirst, NetworkFirst } from 'workbox-strategies';

/**
 * The service worker: keeps the page and the plain answers for a bad connection. It keeps what everybody may read and
 * nothing of a conversation: Direct Line passes it by.
 */

/** The files of the page, named by their content; the build puts them in. */
declare const PAGE_FILES: readonly string[];

/** Seconds that a page may take before the kept one is shown. */
const PATIENCE = 6;

/** Milliseconds for which a kept page is not fetched again unasked: people pay for each kilobyte. */
const FRESH = 24 * 3_600_000;

/** What a message event of a service worker has, as far as it is used here. */
interface KeepEvent extends Event {
  readonly data: { readonly keep?: readonly string[] } | null;
  waitUntil(work: Promise<unknown>): void;
}

const worker = self as unknown as EventTarget & { skipWaiting(): Promise<void>; readonly location: Location };
const matchOptions = { ignoreVary: true };
const pages = new NetworkFirst({
  cacheName: 'pages',
  networkTimeoutSeconds: PATIENCE,
  matchOptions,
  plugins: [
    {
      // Never read in this language: a page in another one is better than none, and its menu leads on.
      handlerDidError: async ({ request }) =>
        new URL(request.url).pathname === '/' ? caches.match('/', { ...matchOptions, ignoreSearch: true }) : undefined,
    },
  ],
});

const isPage = (path: string) => path === '/' || /^\/faq\/[a-z]{2}$/u.test(path);

precacheAndRoute(PAGE_FILES.map((url) => ({ url, revision: null })));
registerRoute(({ url, request, sameOrigin }) => sameOrigin && request.mode === 'navigate' && isPage(url.pathname), pages);
registerRoute(({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/texts/'), new CacheFirst({ cacheName: 'texts' }));

// The page says which pages to keep: it was loaded before this worker was there, or its language has changed.
worker.addEventListener('message', (event) => {
  const { data, waitUntil } = event as KeepEvent;
  const addresses = (data?.keep ?? []).filter((address) => isPage(new URL(address, worker.location.href).pathname));
  const kept = addresses.map(async (address) => {
    const before = await caches.match(address, matchOptions);
    const age = Date.now() - Date.parse(before?.headers.get('date') ?? '');
    if (!(age < FRESH)) await pages.handle({ event: event as never, request: new Request(address) });
  });
  waitUntil.call(event, Promise.allSettled(kept));
});

void worker.skipWaiting();
clientsClaim();
