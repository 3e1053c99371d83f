/** A disk that is full under SQLite: the service refuses, says that it is not ready, loses nothing, and goes on when there is room. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newClient } from '../service/client.ts';
import { type Running, running, until } from '../service/running.ts';

const QUESTION = 'Until when may I work?';
const folder = mkdtempSync(join(tmpdir(), 'disk-'));
const ballast = join(folder, 'ballast');

/** A small disk of its own, where this machine lets tests make one. */
const hasDisk = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder]).status === 0;
// biome-ignore lint/suspicious/noConsole: whoever runs the tests has to see what was not tested.
if (!hasDisk) console.warn('SKIPPED: a full disk needs the right to mount one, and this machine does not give it.');
const onDisk = hasDisk ? test : test.skip;

let bot: Running | undefined;
afterAll(async () => {
  await bot?.stop();
  if (hasDisk) execFileSync('umount', [folder]);
  rmSync(folder, { recursive: true });
});

function fill(): void {
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(ballast, Buffer.alloc(bavail * bsize));
}

onDisk(
  'a disk that is full under SQLite',
  async () => {
    bot = await running({ STORE: `sqlite:${join(folder, 'bot.sqlite')}` });
    const { url } = bot;
    const status = async (path: string) => (await fetch(`${url}${path}`)).status;
    const amina = await newClient(url);
    await amina.answers(1);
    fill();

    // What the file still has room for is taken; then it is refused in the words of the protocol.
    const refused = await until(async () => {
      const response = await amina.say(QUESTION);
      return response.status === 200 ? undefined : response;
    }, 'a refusal');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await refused.json()).toEqual({ error: { code: 'ServiceUnavailable', message: expect.any(String) } });
    await until(async () => (await status('/readyz')) === 503, 'not ready');
    expect([await status('/healthz'), await status('/faq/en')]).toEqual([200, 200]);

    rmSync(ballast);
    await until(async () => (await status('/readyz')) === 200, 'ready again');
    expect((await amina.say(QUESTION)).status).toBe(200);
    // Each message that was taken is answered, once.
    const { activities } = await until(async () => {
      const feed = (await (await amina.call('GET', '/activities?watermark=')).json()) as {
        activities: { type: string; id: string; replyToId?: string; from: { role: string } }[];
      };
      const messages = feed.activities.filter(({ type }) => type === 'message');
      return messages.length % 2 === 1 && messages.at(-1)?.from.role === 'bot' && feed;
    }, 'all answers');
    const messages = activities.filter(({ type }) => type === 'message');
    const asked = messages.filter(({ from }) => from.role === 'user').map(({ id }) => id);
    const answered = messages.flatMap(({ from, replyToId }) => (from.role === 'bot' && replyToId) || []);
    expect(answered).toEqual(asked);
    expect(existsSync(join(folder, 'bot.sqlite'))).toBe(true);
  },
  60_000,
);
