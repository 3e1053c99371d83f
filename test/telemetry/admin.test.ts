/** The routes for those who run the service: on their own port, and nothing of them on the public one. */
import { DatabaseSync } from 'node:sqlite';
import WebSocket from 'ws';
import { removeFolders, running, runningForAll, until } from '../service/running.ts';
import { scrape, value } from './scrape.ts';

const bot = runningForAll({ ADMIN_PORT: '0' });
const onAdmin = (path: string) => fetch(`http://127.0.0.1:${bot.adminPort}${path}`);

async function conversation() {
  const session = (await (await fetch(`${bot.url}/api/directline/token`, { method: 'POST' })).json()) as { token: string };
  const headers = { authorization: `Bearer ${session.token}`, 'content-type': 'application/json' };
  const base = `${bot.url}/v3/directline/conversations`;
  const { conversationId, streamUrl } = (await (await fetch(base, { method: 'POST', headers })).json()) as Record<string, string>;
  return { headers, own: `${base}/${conversationId}/activities`, streamUrl: streamUrl ?? '' };
}

test('it tells that it is alive and ready, and gives the metrics in the format of Prometheus', async () => {
  expect(await (await onAdmin('/healthz')).json()).toEqual({ status: 'ok' });
  expect(await (await onAdmin('/readyz')).json()).toEqual({ status: 'ready' });
  const response = await onAdmin('/metrics');
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/u);
  expect(await value(bot, 'bot_ready')).toBe(1);
  expect(await value(bot, 'bot_build_info', { edition: '2023-06-09', node: process.version })).toBe(1);
  expect(await value(bot, 'process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
  expect((await onAdmin('/')).status).toBe(404);
});

test('the public port has no metrics, and without a setting nobody has', async () => {
  expect((await fetch(`${bot.url}/metrics`)).status).toBe(404);
  const plain = await running();
  expect(plain.adminPort).toBeUndefined();
  expect((await fetch(`${plain.url}/metrics`)).status).toBe(404);
  await plain.stop();
});

test('requests are counted by the route as it is written in code, in whatever way the address is spelled', async () => {
  const { headers, own } = await conversation();
  const route = 'GET /v3/directline/conversations/:id/activities';
  for (const address of [own, own.replace('/v3/directline', '/V3/DirectLine'), `${own}/?watermark=1`]) await fetch(address, { headers });
  await fetch(own);
  expect(await until(() => value(bot, 'bot_http_requests_total', { route, status: '200' }), 'the counts')).toBe(3);
  expect(await value(bot, 'bot_http_requests_total', { route, status: '401' })).toBe(1);
  expect(await value(bot, 'bot_http_request_duration_seconds_count', { route })).toBe(4);
});

test('what nobody serves is one route, whatever is asked for', async () => {
  for (const path of ['/a', '/b/c', '/wp-login.php', '/v3/directline/nothing', '/metrics']) await fetch(`${bot.url}${path}`);
  const routes = new Set((await scrape(bot)).samples.flatMap(({ labels }) => labels['route'] ?? []));
  expect([...routes].filter((route) => /wp-login|nothing|metrics|\/b/u.test(route))).toEqual([]);
  expect(await value(bot, 'bot_http_requests_total', { route: 'other', status: '404' })).toBeGreaterThanOrEqual(5);
});

test('open sockets, and those that were refused', async () => {
  const { streamUrl } = await conversation();
  const route = 'GET /v3/directline/conversations/:id/stream';
  const [socket, stranger] = [new WebSocket(streamUrl), new WebSocket(streamUrl.replace(/t=[^&]+/u, 't=x'))];
  stranger.on('error', () => undefined);
  await until(async () => (await value(bot, 'bot_sockets_open')) === 1, 'the socket');
  expect(await value(bot, 'bot_http_requests_total', { route, status: '101' })).toBe(1);
  await until(async () => (await value(bot, 'bot_http_requests_total', { route, status: '403' })) === 1, 'the refusal');
  socket.close();
  await until(async () => (await value(bot, 'bot_sockets_open')) === 0, 'its end');
});

test('the store is timed by operation, and a queue tells what waits and for how long', async () => {
  await conversation();
  await until(async () => (await value(bot, 'bot_store_duration_seconds_count', { operation: 'endJob' })) ?? 0, 'the end of a job');
  expect(await value(bot, 'bot_store_duration_seconds_count', { operation: 'openConversation' })).toBeGreaterThan(0);
  await until(async () => (await value(bot, 'bot_queue_jobs', { queue: 'directline-turn' })) === 0, 'an empty queue');
  // A job that cannot be taken yet: it was added a minute ago.
  const database = new DatabaseSync(bot.storeFile);
  const later = Date.now() + 60_000;
  const job = 'INSERT INTO job (queue, id, lane, place, body, once, due, added) VALUES (?, ?, ?, 0, ?, 0, ?, ?)';
  database.prepare(job).run('directline-turn', 'x', 'lane', '{}', later, Date.now() - 60_000);
  expect(await value(bot, 'bot_queue_jobs', { queue: 'directline-turn' })).toBe(1);
  expect(await value(bot, 'bot_queue_jobs', { queue: 'whatsapp-out' })).toBe(0);
  const age = (await value(bot, 'bot_queue_oldest_job_seconds', { queue: 'directline-turn' })) ?? 0;
  expect([age >= 60, age < 120]).toEqual([true, true]);
  database.exec("DELETE FROM job WHERE id = 'x'");
  database.close();
});

test('a store that fails is told, and the metrics still come', async () => {
  const own = await running({ ADMIN_PORT: '0' });
  const database = new DatabaseSync(own.storeFile);
  database.exec('ALTER TABLE job RENAME TO hidden');
  await until(async () => (await value(own, 'bot_store_errors_total', { operation: 'takeJob', kind: 'error' })) ?? 0, 'the errors');
  const { samples } = await scrape(own);
  expect(samples.filter(({ name }) => name === 'bot_queue_jobs')).toEqual([]);
  expect(await value(own, 'bot_store_errors_total', { operation: 'waiting', kind: 'error' })).toBeGreaterThan(0);
  database.exec('ALTER TABLE hidden RENAME TO job');
  database.close();
  await own.stop();
  removeFolders();
});
