import { inflateSync } from 'node:zlib';
import { addDays, calendarDay } from '../../knowledge/calendar/day.ts';
import { loadKnowledge } from '../../knowledge/knowledge.ts';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { createPainter, PainterBusy } from '../../src/timeline/painter.ts';
import { running, runningForAll } from './running.ts';

const bot = runningForAll();

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${bot.url}/timeline/${path}`, { headers });

/** The size of a PNG and its unpacked rows; throws where it is none. */
function readPng(png: Buffer): { width: number; height: number; rows: Buffer } {
  expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), rows: inflateSync(Buffer.concat(parts)) };
}

test.each(LANGUAGE_CODES)('in %s the PNG is a sharp, small image with something in it', async (language) => {
  const svg = await (await get(`${language}.svg?at=negative`)).text();
  const response = await get(`${language}.png?at=negative`);
  expect(response.headers.get('content-type')).toBe('image/png');
  const png = Buffer.from(await response.arrayBuffer());
  const { width, height, rows } = readPng(png);
  expect([width, height]).toEqual([640, 2 * Number(/height="(\d+)"/u.exec(svg)?.[1])]);
  expect(png.length).toBeLessThan(300_000);
  // Letters have soft edges, in many shades: a blank image, or one without letters, has a handful of values.
  expect(new Set(rows).size).toBeGreaterThan(100);
  expect(rows.length).toBe((width * 4 + 1) * height);
});

test('the SVG runs nothing, may be kept for a while, and is not sent twice', async () => {
  const response = await get('en.svg');
  expect(response.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
  expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/u);
  expect(response.headers.get('cache-control')).toMatch(/max-age=\d+/u);
  const etag = response.headers.get('etag') ?? '';
  expect((await get('en.svg', { 'if-none-match': etag, 'cache-control': 'max-age=0' })).status).toBe(304);
  expect(await response.text()).toMatch(
    /role="img" aria-labelledby="title description"[\s\S]*<title id="title">[\s\S]*<desc id="description">/u,
  );
});

test('today is the day of the clock, in Amsterdam', async () => {
  const late = await running({ CLOCK: '2023-07-31T22:30:00Z' });
  const said = await (await fetch(`${late.url}/timeline/en.txt`)).text();
  expect(said.replaceAll('\u00A0', ' ')).toContain('Today: 1 August 2023.');
  await late.stop();
});

test('no browser keeps a picture over midnight', async () => {
  expect((await get('en.svg')).headers.get('cache-control')).toBe('public, max-age=300');
  const late = await running({ CLOCK: '2023-07-31T23:59:40' });
  expect((await fetch(`${late.url}/timeline/en.svg`)).headers.get('cache-control')).toBe('public, max-age=19');
  await late.stop();
});

test('another day is asked for in the address, and is not called today', async () => {
  const said = (await (await get('en.txt?on=2023-07-31&at=leave-with-help')).text()).replaceAll('\u00A0', ' ');
  expect(said).toContain('On this day: 31 July 2023.');
  expect(said).toContain('This is the last day.');
  expect(said).toContain('You are here: Apply to DT&V');
});

test.each([
  ['a language that is none', 'xx.svg', 404, 'NotFound', '"xx"'],
  ['a format that is none', 'en.gif', 404, 'NotFound', 'svg, png or txt'],
  ['a day that does not exist', 'en.svg?on=2023-02-30', 400, 'BadRequest', 'on must be an existing day'],
  ['a day twice', 'en.svg?on=2023-06-01&on=2023-06-02', 400, 'BadRequest', 'on '],
  ['a place that is none', 'en.png?at=moon', 400, 'BadRequest', 'at must be one of'],
  ['a name that every object has', 'en.png?at=constructor', 400, 'BadRequest', 'at must be one of'],
  ['a language that every object has', 'constructor.svg', 404, 'NotFound', '"constructor"'],
])('%s is refused with its reason', async (_name, path, status, code, reason) => {
  const response = await get(path);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { code, message: expect.stringContaining(reason) } });
});

test('many who ask for the same picture at once get the same one', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, async () => (await get('uk.png?on=2023-08-15&at=closed')).headers.get('etag')));
  expect(new Set(all).size).toBe(1);
});

describe('the painter', () => {
  const { facts } = loadKnowledge();
  const day = calendarDay('2023-06-10');
  const wanted = (number = 0) => ({ format: 'svg', language: 'en', day, today: addDays(day, number), place: undefined }) as const;

  test('starts another thread where the one before has ended, and fails nobody for it', async () => {
    const painter = createPainter(facts, { idleMs: 1 });
    const first = Buffer.from(await painter.paint(wanted(0))).toString();
    for (let number = 1; number < 4; number += 1) {
      await new Promise((done) => setTimeout(done, 5 * number));
      expect(Buffer.from(await painter.paint(wanted(number))).toString()).toContain('On this day');
    }
    expect(first).toContain('Today');
    await painter.stop();
  });

  test('refuses where too many are wanted, and goes on with the others', async () => {
    const painter = createPainter(facts);
    const all = await Promise.allSettled(Array.from({ length: 120 }, (_, number) => painter.paint(wanted(number))));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(100);
    expect(all.slice(100).map((one) => one.status === 'rejected' && one.reason instanceof PainterBusy)).toEqual(Array(20).fill(true));
    await painter.stop();
  });

  test('a stop in the middle of a picture fails it, and ends', async () => {
    const painter = createPainter(facts);
    const drawing = painter.paint(wanted()).catch((error: Error) => error.message);
    await painter.stop();
    expect(await drawing).toBe('the thread that draws has ended');
  });
});
