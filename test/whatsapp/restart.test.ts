/** Exactly once: over a kill, over two processes on one store, over many copies of one delivery. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import nock from 'nock';
import { until } from '../service/running.ts';
import { UNLIMITED } from '../service/unlimited.ts';
import {
  type Line,
  leaveNetwork,
  meta,
  newStoreFile,
  removeStores,
  type SentMessage,
  sign,
  startLine,
  textDelivery,
  WHATSAPP,
  wordsOf,
} from './line.ts';

const root = join(__dirname, '..', '..');
const lines: Line[] = [];
const children: ChildProcess[] = [];
const servers: Server[] = [];

beforeAll(() => {
  nock.disableNetConnect();
  nock.enableNetConnect('127.0.0.1');
});
afterEach(async () => {
  await Promise.all(lines.splice(0).map((line) => line.stop()));
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  nock.cleanAll();
});
afterAll(() => {
  leaveNetwork();
  removeStores();
});

/** A Meta on loopback for a service in a process of its own; while it is silent, it takes a call and never answers. */
async function loopbackMeta() {
  const sent: SentMessage[] = [];
  const state = { silent: false, heard: 0 };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString('utf8');
    });
    request.on('end', () => {
      const message = JSON.parse(body) as SentMessage;
      if (message.status !== 'read') state.heard += 1;
      if (state.silent) return;
      if (message.status !== 'read') sent.push(message);
      response.setHeader('content-type', 'application/json').end('{"messages":[{"id":"wamid.OUT"}]}');
    });
  });
  servers.push(server);
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  return { sent, state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** The service in a process of its own. */
async function startProcess(storeFile: string, graphUrl: string) {
  const child = spawn(join(root, 'node_modules', '.bin', 'node'), [join(root, 'src', 'main.ts')], {
    env: {
      PATH: process.env['PATH'],
      ...UNLIMITED,
      ...WHATSAPP,
      WHATSAPP_GRAPH_URL: graphUrl,
      STORE: `sqlite:${storeFile}`,
      HOST: '127.0.0.1',
      PORT: '0',
      CLOCK: '2023-06-10T12:00',
    },
  });
  children.push(child);
  let output = '';
  child.stdout?.on('data', (part: Buffer) => {
    output += part.toString('utf8');
  });
  const url = (await until(() => /"url":"([^"]+)"/u.exec(output)?.[1], 'the start')).replace('localhost', '127.0.0.1');
  return {
    output: () => output,
    post: (body: string) =>
      fetch(`${url}/webhooks/whatsapp`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-hub-signature-256': sign(body) },
        body,
      }),
    kill: () =>
      new Promise<void>((done) => {
        child.once('exit', () => done());
        child.kill('SIGKILL');
      }),
  };
}

async function waitFor(ready: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 3 && !ready(); tries += 1) await until(ready, what).catch(() => undefined);
  if (!ready()) throw new Error(`waited in vain for ${what}`);
}

test('killed between "accepted" and "sent", the next process answers, each message once', async () => {
  const graph = await loopbackMeta();
  const storeFile = newStoreFile();
  // Nothing can leave the first process: what it accepts waits.
  const first = await startProcess(storeFile, 'http://127.0.0.1:1');
  const bodies = ['1111111', '2222222', '3333333', '4444444'].map((person) => textDelivery('Until when may I work?', { person }));
  const answers = await Promise.all(bodies.map(first.post));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  await first.kill();
  const second = await startProcess(storeFile, graph.url);
  // Meta never heard that the first process took them: it delivers them again.
  await Promise.all(bodies.map(second.post));
  await waitFor(() => graph.sent.length >= 4, 'all answers');
  await new Promise((done) => setTimeout(done, 500));
  expect(graph.sent.map(({ to }) => to).sort()).toEqual(['1111111', '2222222', '3333333', '4444444']);
  expect(graph.sent.every((message) => /4 September 2023/u.test(wordsOf(message)))).toBe(true);
  for (const secret of ['1111111', 'Until when', 'access-token']) expect(second.output()).not.toContain(secret);
}, 120_000);

test('killed while Meta is silent, the answer is sent again: twice is better than never', async () => {
  const graph = await loopbackMeta();
  graph.state.silent = true;
  const storeFile = newStoreFile();
  const first = await startProcess(storeFile, graph.url);
  await first.post(textDelivery('Until when may I work?'));
  await until(() => graph.state.heard === 1, 'the call');
  await first.kill();
  graph.state.silent = false;
  await startProcess(storeFile, graph.url);
  await waitFor(() => graph.sent.length > 0, 'the answer');
  await new Promise((done) => setTimeout(done, 500));
  expect(graph.sent).toHaveLength(1);
}, 120_000);

test('two replicas on one store, every delivery to both, many times: one answer each', async () => {
  const storeFile = newStoreFile();
  lines.push(await startLine({ storeFile }), await startLine({ storeFile }));
  const to = meta();
  const people = ['1111111', '2222222', '3333333'];
  const bodies = people.flatMap((person) => ['Until when may I work?', 'Thank you'].map((text) => textDelivery(text, { person })));
  await Promise.all(bodies.flatMap((body) => [0, 1, 0, 1, 0].map((index) => (lines[index] as Line).post(body))));
  await until(() => to.sent.length >= bodies.length, 'the answers');
  await new Promise((done) => setTimeout(done, 300));
  expect(to.sent.map((message) => message.to).sort()).toEqual(people.flatMap((person) => [person, person]));
  const counts = await Promise.all(lines.map((line) => line.counted()));
  const total = (name: string) => counts.reduce((sum, count) => sum + (count[name] ?? 0), 0);
  const received = ['accepted', 'repeated'].map((name) => total(`bot_whatsapp_received_total ${name}`));
  const turns = await Promise.all(lines.map((line) => line.turns()));
  expect([...received, turns.reduce((sum, own) => sum + own)]).toEqual([6, 24, 6]);
});

test('messages of one person are answered in the order of their timestamps, while they wait', async () => {
  const storeFile = newStoreFile();
  const seen: string[] = [];
  let open = () => {};
  const gate = new Promise<void>((done) => {
    open = done;
  });
  const line = await startLine({
    storeFile,
    run: async (context) => {
      await gate;
      seen.push(context.activity.text);
      await context.sendActivity(context.activity.text);
    },
  });
  lines.push(line);
  const to = meta();
  await line.post(textDelivery('first', { at: 1_686_391_200 }));
  await line.post(textDelivery('fourth', { at: 1_686_391_203 }));
  await line.post(textDelivery('third', { at: 1_686_391_202 }));
  await line.post(textDelivery('second', { at: 1_686_391_201 }));
  open();
  await until(() => to.sent.length === 4, 'the answers');
  expect(seen).toEqual(['first', 'second', 'third', 'fourth']);
  expect(to.sent.map(wordsOf)).toEqual(seen);
});
