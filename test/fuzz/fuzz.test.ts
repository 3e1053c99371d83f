import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FuzzReport, fuzz } from './run.ts';
import { startTarget, type Target } from './target.ts';
import { changed } from './values.ts';

let target: Target;
beforeAll(async () => {
  target = await startTarget();
}, 60_000);
afterAll(() => target.stop());

/** The same target, but for what stands in the place of the service. */
async function shotAt(answer: (path: string) => { status: number; body: string }): Promise<FuzzReport> {
  const server = createServer((request, response) => {
    const { status, body } = answer(request.url ?? '');
    request.resume().on('end', () => response.writeHead(status).end(body));
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const broken = { ...target.services.main, port, url: `http://127.0.0.1:${port}` };
  const report = await fuzz({ ...target, services: { main: broken, open: broken } }, { seed: 7, requests: 300 });
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  return report;
}

test('300 requests: no 5xx, no crash, no answer to somebody else, no error in the log', async () => {
  const { sent, statuses, own, find } = await fuzz(target, { seed: 2023, requests: 300 });
  expect(find).toBeUndefined();
  expect(sent).toBeGreaterThanOrEqual(300);
  // It comes as far as the answers, to people and to those who may not.
  for (const status of [200, 400, 401, 403, 404, 101]) expect(statuses[status]).toBeGreaterThan(0);
  expect(own).toBeGreaterThan(0);
}, 120_000);

test('it finds a service that breaks, and says how to see it again', async () => {
  const { find } = await shotAt((path) => ({ status: path.startsWith('/faq') ? 500 : 200, body: 'x' }));
  expect(find).toMatchObject({ what: expect.stringContaining('status 500'), requests: [{ seed: { path: expect.any(String) } }] });
  expect(find?.path).toMatch(/^\d+$/u);
}, 60_000);

test('it finds an answer to somebody else', async () => {
  const { find } = await shotAt(() => ({ status: 200, body: `{"text":"${target.people[3]?.mark}"}` }));
  expect(find?.what).toContain('an answer to somebody else');
}, 60_000);

test('changes reach every place of a body, and leave the original as it was', () => {
  const original = { type: 'message', from: { id: 'x' }, entities: [{ type: 'y' }] };
  const results = Array.from({ length: 40 }, (_, at) => JSON.stringify(changed(original, [{ at, how: 'replace', value: 'HERE' }])));
  expect(new Set(results).size).toBe(7);
  expect(original).toEqual({ type: 'message', from: { id: 'x' }, entities: [{ type: 'y' }] });
});
