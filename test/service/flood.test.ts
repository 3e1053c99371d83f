/** More than the service can do: it refuses early, goes on for those it serves, and holds a bounded amount in memory. */
import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { Outflow } from '../../src/channels/directline/outflow.ts';
import { watchEventLoop } from '../../src/limits/event-loop.ts';
import { httpServer } from '../../src/server.ts';
import { newClient, openSocket } from './client.ts';
import { running, runningForAll, until } from './running.ts';

const sockets: Socket[] = [];
afterAll(() => {
  for (const socket of sockets) socket.destroy();
});

/** A connection on which a test writes byte by byte what it likes. */
async function raw(port: number, text = ''): Promise<Socket & { heard: () => string }> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let heard = '';
  socket.on('data', (part) => {
    heard += part;
  });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(text);
  return Object.assign(socket, { heard: () => heard });
}

const BUSY = { status: 503, retryAfter: expect.stringMatching(/^[2-8]$/u), body: expect.stringContaining('"code":"ServiceUnavailable"') };
const answer = async (response: Response) => ({
  status: response.status,
  retryAfter: response.headers.get('retry-after'),
  body: await response.text(),
});

describe('too many requests under way', () => {
  const bot = runningForAll({ LIMIT_REQUESTS: '2', LIMIT_CONVERSATION_POLLS: '1' });

  test('whoever comes then is refused at once with the time to wait; looks for something new and the health are not', async () => {
    const last = await newClient(bot.url);
    const people = [await newClient(bot.url), await newClient(bot.url)];
    for (const one of people) await one.call('GET', '/activities');
    // Two that are slowed down are under way for seconds.
    const held = people.map((one) => one.call('GET', '/activities?watermark=0'));
    const refused = await until(async () => {
      const response = await answer(await fetch(`${bot.url}/faq/nl`));
      return response.status === 503 && response;
    }, 'a refusal');
    expect(refused).toEqual(BUSY);
    expect(await answer(await last.say('x'))).toEqual(BUSY);
    expect(await openSocket(last.streamUrl)).toEqual(BUSY);
    expect([(await fetch(`${bot.url}/healthz`)).status, (await fetch(`${bot.url}/readyz`)).status]).toEqual([200, 200]);
    expect((await last.call('GET', '/activities')).status).toBe(200);
    for (const one of await Promise.all(held)) expect(one.status).toBe(200);
    expect((await fetch(`${bot.url}/faq/nl`)).status).toBe(200);
  });

  test('whoever sends slowly takes no place from others', async () => {
    const start =
      'POST /v3/directline/tokens/refresh HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a';
    for (let number = 0; number < 5; number += 1) await raw(bot.port, start);
    for (let number = 0; number < 5; number += 1) expect((await fetch(`${bot.url}/faq/nl`)).status).toBe(200);
  });
});

test('large bodies come in one after another: the second one of an address is refused, small ones and other addresses are not', async () => {
  const bot = await running({ LIMIT_LARGE_BODIES: '4' });
  const from = { from: '192.0.2.7' };
  const [amina, other] = [await newClient(bot.url, from), await newClient(bot.url)];
  const path = `/v3/directline/conversations/${amina.conversation}/activities`;
  const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ${from.from}\r\nAuthorization: Bearer ${amina.token}\r\n`;
  const slow = await raw(bot.port, `${head}Content-Type: application/json\r\nContent-Length: 100000\r\nExpect: 100-continue\r\n\r\n`);
  await until(() => slow.heard().includes('100 Continue'), 'the server to wait for the body');
  const large = { type: 'message', text: 'x', from: { id: 'x' }, channelData: { more: 'x'.repeat(20_000) } };
  expect(await answer(await amina.call('POST', '/activities', large))).toMatchObject({ status: 429, retryAfter: '5' });
  const unknownLength = new Blob(['{}']).stream();
  const headers = { authorization: `Bearer ${amina.token}`, 'x-forwarded-for': from.from };
  const chunked = await fetch(`${bot.url}${path}`, { method: 'POST', headers, body: unknownLength, duplex: 'half' } as RequestInit);
  expect(chunked.status).toBe(429);
  expect((await amina.say('x')).status).toBe(200);
  expect((await other.call('POST', '/activities', large)).status).toBe(200);
  slow.destroy();
  await until(async () => (await amina.call('POST', '/activities', large)).status === 200, 'the place of the slow one');
  await bot.stop();
});

describe('connections', () => {
  const patience = { headers: 200, request: 250, silence: 500, checkedEvery: 50 };
  const big = Buffer.alloc(32_000_000, 'x');

  async function serving<T>(limit: number, work: (port: number) => Promise<T>): Promise<T> {
    const server = httpServer(
      (request, response) => request.resume().once('end', () => response.end(big)),
      { LIMIT_CONNECTIONS: limit },
      patience,
    );
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
    try {
      return await work((server.address() as AddressInfo).port);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  test.each<[string, string]>([
    ['headers that never end', 'GET / HTTP/1.1\r\nHost: x\r\n'],
    ['a body that never ends', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nx'],
    ['nothing at all', ''],
  ])('%s: the connection is closed', async (_name, text) => {
    await serving(0, async (port) => {
      const socket = await raw(port, text);
      await once(socket, 'close');
      expect(socket.heard()).toMatch(text === '' ? /^(?:HTTP\/1\.1 408 .*)?/u : /^HTTP\/1\.1 408 /u);
    });
  });

  test('whoever does not read the answer holds the connection for a bounded time', async () => {
    await serving(0, async (port) => {
      const socket = await raw(port);
      socket.pause();
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      // What the kernel holds comes, and then the end, long before the whole.
      await new Promise((done) => setTimeout(done, patience.silence * 3));
      socket.resume();
      await once(socket, 'close');
      expect(socket.heard().length).toBeLessThan(big.length);
    });
  });

  test('headers that are too large are refused', async () => {
    await serving(0, async (port) => {
      const socket = await raw(port, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
      await once(socket, 'close');
      expect(socket.heard()).toMatch(/^HTTP\/1\.1 431 /u);
    });
  });

  test('there are only so many at once', async () => {
    await serving(2, async (port) => {
      await raw(port);
      await raw(port);
      const third = await raw(port);
      await once(third, 'close');
      expect(third.heard()).toBe('');
    });
  });
});

describe('sockets that are not read', () => {
  async function pair(): Promise<{ server: WebSocketServer; here: WebSocket; there: WebSocket }> {
    const server = new WebSocketServer({ port: 0 });
    const connected = once(server, 'connection') as Promise<[WebSocket]>;
    const there = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    there.on('error', () => undefined);
    const [[here]] = await Promise.all([connected, once(there, 'open')]);
    return { server, here, there };
  }

  test('hold a bounded amount: who is slow is cut off when others need the room, and the count comes back to nothing', async () => {
    let now = 0;
    const outflow = new Outflow({ mostWaiting: 20_000_000, now: () => now });
    const [slow, good] = [await pair(), await pair()];
    let heard = 0;
    good.there.on('message', (data: Buffer) => {
      heard += data.length;
    });
    slow.there.pause();
    const frame = 'x'.repeat(12_000_000);
    const waiting = outflow.send(slow.here, frame);
    now = 6_000;
    await outflow.send(good.here, frame);
    await waiting;
    expect(slow.here.readyState).not.toBe(WebSocket.OPEN);
    expect(good.here.readyState).toBe(WebSocket.OPEN);
    await until(() => heard === frame.length, 'the whole frame');
    expect(outflow.waiting).toBe(0);
    for (const { server, there } of [slow, good]) {
      there.terminate();
      server.close();
    }
  });

  test('without anybody to cut off, the newest frame goes: its client comes back', async () => {
    const outflow = new Outflow({ mostWaiting: 1_000 });
    const { server, here, there } = await pair();
    await outflow.send(here, 'x'.repeat(2_000));
    expect(here.readyState).not.toBe(WebSocket.OPEN);
    expect(outflow.waiting).toBe(0);
    there.terminate();
    server.close();
  });

  test('a long conversation comes whole to whoever reads, part by part', async () => {
    const bot = await running();
    const amina = await newClient(bot.url);
    const texts = Array.from({ length: 40 }, (_, number) => `${number} ${'x'.repeat(7_900)}`);
    for (const text of texts) await amina.say(text);
    await amina.answers(41);
    const said: string[] = [];
    const parts: number[] = [];
    const socket = await openSocket(amina.streamUrl, {}, (frame) => {
      const { activities } = JSON.parse(frame) as { activities: { text?: string; from: { role?: string } }[] };
      parts.push(frame.length);
      said.push(...activities.filter(({ from }) => from.role === 'user').map(({ text }) => text ?? ''));
    });
    if (!(socket instanceof WebSocket)) throw new Error('refused');
    await until(() => said.length >= texts.length, 'all messages');
    expect(said).toEqual(texts);
    expect(parts.length).toBeGreaterThan(1);
    expect(Math.max(...parts)).toBeLessThan(300_000);
    socket.terminate();
    await bot.stop();
  });
});

test('the event loop tells when work waits', async () => {
  const eventLoop = watchEventLoop();
  eventLoop.start();
  const block = setInterval(() => {
    const end = performance.now() + 100;
    while (performance.now() < end);
  }, 1);
  await until(() => eventLoop.delay() > 30, 'a delay');
  clearInterval(block);
  await until(() => eventLoop.delay() < 30, 'no delay');
  eventLoop.stop();
});
