/** The service as `npm start` runs it: put into a few files, with everything that it reads, and that it loads only when it is used. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Activity } from 'botbuilder';
import { SERVICE_FILE, SERVICE_FLAGS } from '../../src/operations/service-file.ts';
import { until } from '../service/running.ts';

const root = join(__dirname, '..', '..');
let service: ChildProcess;
let url: string;

beforeAll(async () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } };
  const [, ...words] = scripts.start.split(' ');
  const env = { ...process.env, PORT: '0', ADMIN_PORT: '0', HOST: '127.0.0.1', STORE: 'sqlite::memory:', CLOCK: '2023-06-10T12:00' };
  service = spawn(join(root, 'node_modules/.bin/node'), words, { cwd: root, env });
  let said = '';
  service.stdout?.on('data', (part) => {
    said += String(part);
  });
  service.stderr?.on('data', (part) => {
    said += String(part);
  });
  url = await until(() => /"url":"([^"]+)"/u.exec(said)?.[1], 'the built service').catch(() => {
    throw new Error(`it does not start: ${said}`);
  });
}, 60_000);
afterAll(() => service.kill());

async function answerTo(text: string): Promise<string> {
  const session = (await (await fetch(`${url}/api/directline/token`, { method: 'POST' })).json()) as {
    token: string;
    conversationId: string;
  };
  const headers = { authorization: `Bearer ${session.token}`, 'content-type': 'application/json' };
  const base = `${url}/v3/directline/conversations`;
  await fetch(base, { method: 'POST', headers, body: JSON.stringify({ locale: 'en' }) });
  const own = `${base}/${session.conversationId}/activities`;
  await fetch(own, { method: 'POST', headers, body: JSON.stringify({ type: 'message', text, from: { id: 'x' }, locale: 'en' }) });
  return until(async () => {
    const { activities } = (await (await fetch(own, { headers })).json()) as { activities: Activity[] };
    const said = activities.filter(({ type, from }) => type === 'message' && from.role === 'bot');
    return said.length > 1 && said.at(-1)?.text;
  }, 'an answer');
}

test('answers, also where a date has to be recognised', async () => {
  expect(await answerTo('May I still work on 1 October 2023?')).toContain('1 October 2023');
});

test.each([
  ['/', 'text/html'],
  ['/faq/nl', 'text/html'],
  ['/timeline/en.png', 'image/png'],
  ['/calendar/en.ics', 'text/calendar'],
])('serves %s', async (path, type) => {
  const response = await fetch(url + path);
  expect([response.status, response.headers.get('content-type')?.split(';')[0]]).toEqual([200, type]);
});

test('is written in letters that take one byte each', () => {
  const programs = readdirSync(dirname(SERVICE_FILE)).filter((name) => name.endsWith('.js'));
  expect(programs.length).toBeGreaterThan(1);
  for (const name of programs) expect(readFileSync(join(dirname(SERVICE_FILE), name)).every((byte) => byte < 0x80)).toBe(true);
});

test('is started with the same flags everywhere', () => {
  const root = join(__dirname, '..', '..');
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const command = ['node', ...SERVICE_FLAGS, 'build/service/start.js'];
  expect(scripts['start']).toBe(command.join(' '));
  const said = /^CMD (\[.*\])$/mu.exec(readFileSync(join(root, 'Dockerfile'), 'utf8'))?.[1];
  expect(JSON.parse(said ?? '[]')).toEqual(command);
});
