/** A flood that is more than one process can do: some are refused early, whoever is accepted is answered, and the memory stays. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Client, newClient } from './client.ts';
import { until } from './running.ts';
import { UNLIMITED } from './unlimited.ts';

const root = join(__dirname, '..', '..');
const QUESTION = 'What happens if I do not return the questionnaire, and until when may I work and stay in the reception? '.repeat(3);
/** So many ask at the same time, each as fast as they are answered. */
const FLOOD = 80;
const KILOBYTES = 300 * 1024;

let service: ChildProcess;
let url: string;
beforeAll(async () => {
  const environment = { ...UNLIMITED, LIMIT_DELAY: '40', STORE: 'sqlite::memory:', CLOCK: '2023-06-10T12:00', HOST: '127.0.0.1' };
  service = spawn(join(root, 'node_modules/.bin/node'), ['src/main.ts'], {
    cwd: root,
    env: { ...process.env, ...environment, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  service.stdout?.on('data', (part) => {
    output += part;
  });
  const [, port] = await until(() => /"url":"http:\/\/localhost:(\d+)"/u.exec(output) ?? undefined, 'the start');
  url = `http://127.0.0.1:${port}`;
}, 60_000);
afterAll(async () => {
  service.kill();
  await once(service, 'exit');
});

/** What the process holds in memory, in kilobytes. */
const memory = () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(service.pid)], { encoding: 'utf8' }));

test('is refused early with the time to wait; health and looks for something new are not; what was accepted is answered', async () => {
  const people: Client[] = [];
  // On a slow machine one of these may be refused already.
  while (people.length < FLOOD) people.push(await until(() => newClient(url).catch(() => undefined), 'a conversation'));
  const before = memory();
  const statuses = new Map<number, number>();
  const accepted = new Map(people.map((one) => [one, 0]));
  const waits = new Set<string | null>();
  let over = false;
  const flood = people.map(async (one) => {
    while (!over) {
      const response = await one.say(QUESTION);
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      if (response.status === 200) accepted.set(one, (accepted.get(one) ?? 0) + 1);
      else waits.add(response.headers.get('retry-after'));
      await response.arrayBuffer();
    }
  });
  const looks: number[] = [];
  const [watcher] = people;
  await until(async () => {
    looks.push((await fetch(`${url}/healthz`)).status, (await watcher?.call('GET', '/activities?watermark=0'))?.status ?? 0);
    return (statuses.get(503) ?? 0) >= 20 && (statuses.get(200) ?? 0) >= 100;
  }, 'refusals and answers side by side');
  over = true;
  await Promise.all(flood);
  expect([...statuses.keys()].toSorted()).toEqual([200, 503]);
  expect(new Set(looks)).toEqual(new Set([200]));
  for (const wait of waits) expect(wait).toMatch(/^[2-8]$/u);
  for (const [one, number] of [...accepted].slice(0, 5)) expect(await one.answers(1 + number)).toHaveLength(1 + number);
  expect(memory() - before).toBeLessThan(KILOBYTES);
}, 120_000);
