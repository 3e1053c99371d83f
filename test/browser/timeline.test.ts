/** The picture of the procedure in a real browser, which draws it with fonts of its own: nothing is cut and nothing lies over anything. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { PLACE_IDS } from '../../knowledge/timeline/places.ts';
import { formatDay } from '../../locales/dates.ts';
import { LANGUAGE_CODES, LANGUAGES } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { option } from '../dialogs/talk.ts';
import { withBrowser } from './opened.ts';

const PICTURES = join(__dirname, '..', '..', 'build', 'timeline');
const DATES = ['2023-03-20', '2023-03-24', '2023-06-01', '2023-07-31', '2023-09-04'];
/** Before, at and after each end of each period, with where the mark of the day stands then. */
const DAYS: Readonly<Record<string, string>> = {
  '2023-03-19': 'today entry-letters entry-window entry-protection',
  '2023-03-22': 'entry-letters entry-letters/today entry-window entry-protection',
  '2023-04-15': 'entry-letters today entry-window entry-protection',
  '2023-06-10': 'entry-letters entry-window entry-window/today entry-protection',
  '2023-07-31': 'entry-letters entry-window entry-window/today entry-protection',
  '2023-08-15': 'entry-letters entry-window today entry-protection',
  '2023-09-04': 'entry-letters entry-window entry-protection entry-protection/today',
  '2024-12-31': 'entry-letters entry-window entry-protection today',
};

const there = withBrowser({ CLOCK: '2023-06-10T12:00' });
const { bot } = there;
let page: Page;
beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  page = await there.browser.newPage({ viewport: { width: 320, height: 568 } });
  await page.goto(`${bot.url}/`);
}, 60_000);

interface Seen {
  readonly wellFormed: boolean;
  readonly text: string;
  /** The parts of the line of time, from top to bottom. */
  readonly order: string;
  readonly outside: string[];
  readonly overlapping: string[];
  readonly smallest: number;
  readonly rightDots: number;
  readonly leftDots: number;
}

/** What the browser makes of a picture. */
function look(path: string): Promise<Seen> {
  return page.evaluate(async (address) => {
    const source = await (await fetch(address)).text();
    const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
    const svg = document.importNode(parsed.documentElement, true) as unknown as SVGSVGElement;
    // The page around it must not squeeze it: it is measured at its own size.
    svg.style.flex = 'none';
    document.body.append(svg);
    const [, , width = 0, height = 0] = (svg.getAttribute('viewBox') ?? '').split(' ').map(Number);
    const texts = [...svg.querySelectorAll('text')].map((element) => ({ text: element.textContent ?? '', box: element.getBBox() }));
    const outside = texts.filter(({ box }) => box.x < 8 || box.x + box.width > width - 8 || box.y < 0 || box.y + box.height > height);
    const overlapping = texts.flatMap((one, index) =>
      texts.slice(index + 1).filter(({ box }) => {
        const across = Math.min(one.box.x + one.box.width, box.x + box.width) - Math.max(one.box.x, box.x);
        const down = Math.min(one.box.y + one.box.height, box.y + box.height) - Math.max(one.box.y, box.y);
        // Boxes hold room for the tallest letters of a font: a sliver of it may be shared.
        return across > 0 && down > 3;
      }),
    );
    const parts = [...svg.querySelectorAll<SVGGElement>('[data-part^="entry-"], [data-part="today"]')];
    const order = parts
      .map((part) => ({
        top: part.getBBox().y,
        name: [part.parentElement?.closest('[data-part]')?.getAttribute('data-part'), part.getAttribute('data-part')]
          .filter(Boolean)
          .join('/'),
      }))
      .sort((one, other) => one.top - other.top)
      .map(({ name }) => name);
    const dots = [...svg.querySelectorAll('circle')].map((dot) => Number(dot.getAttribute('cx')));
    const seen = {
      wellFormed: parsed.querySelector('parsererror') === null,
      text: texts.map(({ text }) => text.replace(/[\u202B\u202C]/gu, '')).join(' '),
      order: order.join(' '),
      outside: outside.map(({ text }) => text),
      overlapping: overlapping.map(({ text }) => text),
      smallest: Math.min(...[...svg.querySelectorAll('text')].map((element) => Number(element.getAttribute('font-size')))),
      rightDots: dots.filter((x) => x > width / 2).length,
      leftDots: dots.filter((x) => x < width / 2).length,
    };
    svg.remove();
    return seen;
  }, path);
}

const plainSpaces = (text: string) => text.replaceAll('\u00A0', ' ');

describe.each(LANGUAGE_CODES)('in %s', (language) => {
  test.each(Object.entries(DAYS))(
    'on %s everything stands in its place, whole and apart, wherever the person stands',
    async (day, order) => {
      for (const place of [undefined, ...PLACE_IDS]) {
        const seen = await look(`/timeline/${language}.svg?on=${day}${place ? `&at=${place}` : ''}`);
        expect({ ...seen, text: '', rightDots: 0, leftDots: 0 }).toEqual({
          wellFormed: true,
          text: '',
          order,
          outside: [],
          overlapping: [],
          smallest: 14,
          rightDots: 0,
          leftDots: 0,
        });
        for (const date of [...DATES, day]) expect(plainSpaces(seen.text)).toContain(plainSpaces(formatDay(date, language)));
        const mirrored = LANGUAGES[language].direction === 'rtl';
        expect(mirrored ? seen.leftDots : seen.rightDots).toBe(0);
        expect(mirrored ? seen.rightDots : seen.leftDots).toBeGreaterThan(0);
      }
    },
    60_000,
  );

  test('the PNG is kept for a look at it', async () => {
    const png = await fetch(`${bot.url}/timeline/${language}.png?at=second-letter`);
    writeFileSync(join(PICTURES, `${language}.png`), Buffer.from(await png.arrayBuffer()));
    expect(png.status).toBe(200);
  });
});

test.each(['en', 'ar'] as const)(
  'in %s the result of "My next step" shows the picture, with its words for those who cannot see it',
  async (language) => {
    const texts = textsOf(language);
    const context = await there.browser.newContext({ viewport: { width: 320, height: 568 } });
    const chat = await context.newPage();
    const errors: string[] = [];
    chat.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await chat.goto(`${bot.url}/?lang=${language}`);
    const tap = (label: string) => chat.getByRole('button', { name: label, exact: true }).last().click();
    await tap(texts.find('flows:next-step.title', {}) ?? '');
    await tap(option('next-step', 'where', 'said-yes', language));
    const image = chat.locator(`img[src*="/timeline/${language}.svg"]`).last();
    await image.waitFor();
    await chat.waitForFunction((element) => (element as HTMLImageElement).naturalWidth > 0, await image.elementHandle());
    expect(await image.getAttribute('alt')).toContain(texts.say('timeline:place.here'));
    // As wide as the message, and nothing of its height is cropped.
    const [width, cropped] = await image.evaluate((element) => {
      const whole = element.getBoundingClientRect();
      const { naturalHeight, naturalWidth } = element as HTMLImageElement;
      const frame = element.parentElement?.getBoundingClientRect().height ?? 0;
      return [whole.width, Math.round(Math.max(whole.height, (whole.width / naturalWidth) * naturalHeight) - frame)];
    });
    expect(width).toBeGreaterThan(240);
    expect(cropped).toBeLessThanOrEqual(1);
    expect(await chat.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await image.scrollIntoViewIfNeeded();
    await chat.waitForTimeout(500);
    await chat.screenshot({ path: join(PICTURES, `chat-${language}.png`) });
    expect(errors).toEqual([]);
    await context.close();
  },
  60_000,
);
