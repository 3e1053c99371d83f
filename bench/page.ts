/** The page beside the unchanged Web Chat, on the same server: bytes, requests and time on a bad connection, on the first and the second visit. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Browser, BrowserContext } from 'playwright-core';
import { launchBrowser } from '../src/operations/browser.ts';
import { createLog } from '../src/operations/log.ts';
import { ASSETS_FOLDER, WORKER_FILE } from '../src/page/assets.ts';
import { startService } from '../src/service.ts';
import { readSettings } from '../src/settings.ts';

const CLOCK = '2023-07-10T12:00';
/** A bad mobile connection: 400 kbit a second, 400 ms there and back. */
const NETWORK = { offline: false, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8, latency: 400 };
const LONGEST = 120_000;

const bundleOf = (name: string) => readFileSync(join(import.meta.dirname, '..', 'node_modules', 'botframework-webchat', 'dist', name));
const full = bundleOf('webchat.js');
const own = readFileSync(join(ASSETS_FOLDER, readdirSync(ASSETS_FOLDER).find((name) => /^chat-\w+\.js$/u.test(name)) ?? ''));

/** The page that Web Chat's own documentation begins with. */
const FULL_PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Web Chat</title><link rel="icon" href="data:,"><style>html,body,#webchat{height:100%;margin:0}</style><script src="/bench/webchat.js"></script></head>
<body><div id="webchat"></div><script>(async () => {
const { token, userId } = await (await fetch('/api/directline/token', { method: 'POST' })).json();
const directLine = WebChat.createDirectLine({ domain: location.origin + '/v3/directline', token, webSocket: true, conversationStartProperties: { locale: 'en' } });
WebChat.renderWebChat({ directLine, userID: userId, locale: 'en' }, document.getElementById('webchat'));
})();</script></body></html>`;

/** What the bench serves itself, compressed as the service does it. */
const BENCH_FILES: Readonly<Record<string, { readonly type: string; readonly content: Buffer }>> = {
  '/bench/': { type: 'text/html', content: brotliCompressSync(FULL_PAGE) },
  '/bench/webchat.js': { type: 'text/javascript', content: brotliCompressSync(full) },
};

interface Proxy {
  readonly url: string;
  /** Bytes that the browser was sent, and requests that reached the server, since the last reset. */
  readonly traffic: { bytes: number; requests: number };
  close(): void;
}

/** Stands before the service, adds the page of the bench, and counts. */
async function proxyBefore(port: number): Promise<Proxy> {
  const traffic = { bytes: 0, requests: 0 };
  const server: Server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    traffic.requests += 1;
    const file = BENCH_FILES[incoming.url ?? ''];
    if (file) {
      outgoing.writeHead(200, { 'content-type': file.type, 'content-encoding': 'br', 'cache-control': 'public, max-age=31536000' });
      outgoing.end(file.content);
      return;
    }
    const { method, url, headers } = incoming;
    const onward = request({ port, host: '127.0.0.1', method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.on('connection', (socket) => {
    const { write } = socket;
    socket.write = ((chunk: string | Uint8Array, ...more: never[]) => {
      traffic.bytes += Buffer.byteLength(chunk);
      return (write as (...all: unknown[]) => boolean).call(socket, chunk, ...more);
    }) as typeof write;
  });
  server.on('upgrade', (incoming, socket, head) => {
    traffic.requests += 1;
    const lines = incoming.rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${incoming.rawHeaders[index + 1]}`] : []));
    const onward = connect(port, '127.0.0.1', () => {
      onward.write(`GET ${incoming.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    for (const end of [socket, onward]) end.on('error', () => end.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, traffic, close };
}

interface Visit {
  /** Milliseconds until the first text about the procedure, and until the first answer of the chat. */
  readonly readable: number;
  readonly answer: number;
  readonly readableBytes: number;
  readonly readableRequests: number;
  readonly answerBytes: number;
  readonly answerRequests: number;
}

/** Opens a page on the bad connection and measures until the first answer stands there. */
async function visit(context: BrowserContext, address: string): Promise<Visit> {
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  if (!values.quick) await network.send('Network.emulateNetworkConditions', NETWORK);
  let start: number | undefined;
  const finished: { readonly after: number; readonly bytes: number }[] = [];
  network.on('Network.requestWillBeSent', ({ timestamp }) => {
    start ??= timestamp;
  });
  network.on('Network.loadingFinished', ({ timestamp, encodedDataLength }) =>
    finished.push({ after: (timestamp - (start ?? timestamp)) * 1000, bytes: encodedDataLength }),
  );
  network.on('Network.webSocketFrameReceived', ({ timestamp, response }) =>
    finished.push({ after: (timestamp - (start ?? timestamp)) * 1000, bytes: Buffer.byteLength(response.payloadData) }),
  );
  await page.addInitScript(() => {
    const seen: { readable?: number; answer?: number } = {};
    Object.assign(window, { seen });
    const look = () => {
      const answered = document.querySelector('.webchat__bubble__content')?.textContent?.trim();
      if (answered) seen.answer ??= performance.now();
      const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
      if (painted !== undefined && document.querySelector('.topic')) seen.readable ??= painted;
      if (answered) seen.readable ??= performance.now();
      if (seen.answer === undefined) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(address, { waitUntil: 'commit', timeout: LONGEST });
  await page.waitForFunction(() => (window as unknown as { seen: { answer?: number } }).seen.answer, undefined, { timeout: LONGEST });
  const { readable, answer } = await page.evaluate(() => (window as unknown as { seen: { readable: number; answer: number } }).seen);
  const until = (time: number) => finished.filter(({ after }) => after <= time);
  const bytes = (time: number) => until(time).reduce((sum, one) => sum + one.bytes, 0);
  return {
    readable,
    answer,
    readableBytes: bytes(readable),
    readableRequests: until(readable).length,
    answerBytes: bytes(answer),
    answerRequests: until(answer).length,
  };
}

/** A first and a second visit in a browser that has never seen the page. */
async function visits(
  browser: Browser,
  proxy: Proxy,
  path: string,
): Promise<{ first: Visit; second: { bytes: number; requests: number } }> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en' });
  const first = await visit(context, `${proxy.url}${path}`);
  // What the service worker fetches after the page is there.
  await context.pages()[0]?.waitForTimeout(3_000);
  await context.pages()[0]?.close();
  await context.clearCookies();
  Object.assign(proxy.traffic, { bytes: 0, requests: 0 });
  const again = await context.newPage();
  await again.goto(`${proxy.url}${path}`);
  await again.locator('.webchat__bubble__content').first().waitFor();
  const second = { ...proxy.traffic };
  await context.close();
  return { first, second };
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
const table = (rows: readonly (readonly string[])[]) => {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  process.stdout.write(
    `${rows
      .map((row) =>
        row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd(),
      )
      .join('\n')}\n\n`,
  );
};

/** `--quick` does without the bad connection, to see that it runs: what it prints is no figure to quote. */
const { values } = parseArgs({ options: { quick: { type: 'boolean' } } });

async function main(): Promise<void> {
  const bundles: readonly [string, Buffer][] = [
    ['webchat.js, unchanged', full],
    ['webchat-minimal.js, unchanged', bundleOf('webchat-minimal.js')],
    ['composed here, with the code of the page', own],
    ['the service worker, fetched after it', readFileSync(join(ASSETS_FOLDER, WORKER_FILE))],
  ];
  process.stdout.write('The script of the chat\n');
  table([
    ['', 'raw', 'gzip -9', 'brotli -11'],
    ...bundles.map(([name, content]) => [
      name,
      kilobytes(content.length),
      kilobytes(gzipSync(content, { level: 9 }).length),
      kilobytes(brotliCompressSync(content).length),
    ]),
  ]);

  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const settings = { PORT: '0', HOST: '127.0.0.1', STORE: `sqlite:${join(folder, 'bot.sqlite')}`, CLOCK, LOG_LEVEL: 'silent' };
  const service = await startService(readSettings(settings), createLog('silent'));
  const proxy = await proxyBefore(service.port);
  const browser = await launchBrowser();
  const page = await visits(browser, proxy, '/');
  const web = await visits(browser, proxy, '/bench/');
  await browser.close();
  proxy.close();
  await service.stop();
  rmSync(folder, { recursive: true });

  const traffic = (bytes: number, requests: number) => `${kilobytes(bytes)} in ${requests}`;
  process.stdout.write('Over the wire, with headers, and the number of answers\n');
  table([
    ['', 'this page', 'webchat.js', 'ratio'],
    ...(
      [
        [
          'first visit, until something can be read',
          page.first.readableBytes,
          page.first.readableRequests,
          web.first.readableBytes,
          web.first.readableRequests,
        ],
        [
          'first visit, until the first answer',
          page.first.answerBytes,
          page.first.answerRequests,
          web.first.answerBytes,
          web.first.answerRequests,
        ],
        ['second visit, until the first answer', page.second.bytes, page.second.requests, web.second.bytes, web.second.requests],
      ] as const
    ).map(([name, bytes, requests, otherBytes, otherRequests]) => [
      name,
      traffic(bytes, requests),
      traffic(otherBytes, otherRequests),
      `1 : ${(otherBytes / bytes).toFixed(1)}`,
    ]),
  ]);
  const where = values.quick ? 'without the bad connection: no figure to quote' : 'at 400 kbit/s and 400 ms';
  process.stdout.write(`Time ${where} (on this machine; the ratio travels better)\n`);
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
  table([
    ['', 'this page', 'webchat.js', 'ratio'],
    ...(
      [
        ['until something can be read', page.first.readable, web.first.readable],
        ['until the first answer', page.first.answer, web.first.answer],
      ] as const
    ).map(([name, time, other]) => [name, seconds(time), seconds(other), `1 : ${(other / time).toFixed(1)}`]),
  ]);
}

main().catch((error: Error) => {
  process.stderr.write(`bench:page: ${error.stack}\n`);
  process.exitCode = 1;
});
