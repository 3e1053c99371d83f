/** Bilingual cards in the renderer of Adaptive Cards, in a real browser. Screenshots go to `build/screenshots`. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { About } from '../../dialogs/memory.ts';
import { calendarDay, instantFrom } from '../../knowledge/calendar/day.ts';
import { LANGUAGES, type Language } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { answerCard } from '../../src/channels/teams/cards/answer-card.ts';
import type { Card } from '../../src/channels/teams/cards/elements.ts';
import { shown } from '../../src/channels/teams/cards/shown.ts';
import { cardLinks } from '../../src/channels/teams/links.ts';
import { launchBrowser } from '../../src/operations/browser.ts';
import { knowledge } from '../dialogs/talk.ts';

const SCREENSHOTS = join(__dirname, '..', '..', 'build', 'screenshots');
const RENDERER = join(__dirname, '..', '..', 'node_modules', 'adaptivecards', 'dist', 'adaptivecards.min.js');
/** As Teams shows cards: its letters, sizes and distances. */
const HOST = {
  fontFamily: "'Segoe UI', system-ui, 'Noto Sans', 'Noto Sans Arabic', sans-serif",
  fontSizes: { small: 12, default: 14, medium: 16, large: 20, extraLarge: 24 },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  actions: { maxActions: 6, actionsOrientation: 'horizontal', actionAlignment: 'left', showCard: { actionMode: 'inline' } },
};
const STYLE = `
  body { margin: 16px; font: 14px ${HOST.fontFamily}; background: #f5f5f5 }
  #card { background: #fff; border: 1px solid #d1d1d1; border-radius: 4px }
  .ac-pushButton { border: 1px solid #d1d1d1; background: #fff; border-radius: 4px; padding: 5px 12px; font: 600 14px ${HOST.fontFamily} }
  .ac-actionSet { flex-wrap: wrap; row-gap: 8px }
  textarea { width: 100%; min-height: 10em }`;

let browser: Browser;
beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser?.close());

async function render(card: Card, width: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  await page.setContent(`<style>${STYLE}</style><div id="card" lang="${card.lang}"></div>`);
  await page.addScriptTag({ content: readFileSync(RENDERER, 'utf8') });
  await page.evaluate(
    ([content, host]) => {
      // biome-ignore lint/suspicious/noExplicitAny: the renderer is a global of the page.
      const { AdaptiveCards } = window as any;
      const one = new AdaptiveCards.AdaptiveCard();
      AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text: string, result: { outputHtml: string; didProcess: boolean }) => {
        result.outputHtml = text.replace(/\[([^\]]+)\]\(([^)]+)\)/gu, '<a href="$2">$1</a>');
        result.didProcess = true;
      };
      one.hostConfig = new AdaptiveCards.HostConfig(host);
      one.parse(content);
      document.querySelector('#card')?.appendChild(one.render());
    },
    [card, HOST] as const,
  );
  return page;
}

const cardFor = (about: About, languages: readonly [Language, Language], layout: 'beside' | 'below') =>
  answerCard(
    shown(about, ...languages),
    { layout, asksNext: true },
    {
      knowledge: knowledge(),
      now: () => instantFrom('2023-06-10T12:00', 'Europe/Amsterdam'),
      links: cardLinks(() => 'https://bot.example.org'),
    },
  );

/** Where the text of each language stands. */
async function boxes(page: Page, languages: readonly Language[]) {
  return Promise.all(
    languages.map(async (language) => {
      const name = page.getByText(textsOf(language).say('common:language-name'), { exact: true }).first();
      const box = await name.boundingBox();
      if (!box) throw new Error(`${language} is not seen`);
      return { ...box, direction: await name.evaluate((element) => getComputedStyle(element).direction) };
    }),
  );
}

test.each<[Language, Language, About]>([
  ['nl', 'ar', { topic: 'work' }],
  ['en', 'fa', { topic: 'after-end-date' }],
  ['nl', 'tr', { topic: 'remigration-window', days: { first: calendarDay('2023-07-31'), last: calendarDay('2023-07-31') } }],
])('%s beside %s: the staff on the left, the resident on the right, each in its direction, nothing cut', async (own, resident, about) => {
  const page = await render(await cardFor(about, [own, resident], 'beside'), 720);
  const [left, right] = await boxes(page, [own, resident]);
  expect(left?.x ?? 0).toBeLessThan((right?.x ?? 0) - 100);
  expect(Math.abs((left?.y ?? 0) - (right?.y ?? 0))).toBeLessThan(2);
  expect([left?.direction, right?.direction]).toEqual([LANGUAGES[own].direction, LANGUAGES[resident].direction]);
  await page.screenshot({ path: join(SCREENSHOTS, `teams-${own}-${resident}.png`), fullPage: true });
  await page.getByText(textsOf(own).say('teams:card.show-resident'), { exact: true }).click();
  await page.waitForTimeout(200);
  expect(
    await page
      .locator('img')
      .first()
      .evaluate((image: HTMLImageElement) => image.naturalWidth),
  ).toBeGreaterThan(100);
  await page.screenshot({ path: join(SCREENSHOTS, `teams-${own}-${resident}-show.png`), fullPage: true });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(720);
  await page.close();
});

test('on a phone the resident stands below the staff, and nothing scrolls sideways', async () => {
  const page = await render(await cardFor({ topic: 'work' }, ['nl', 'ar'], 'below'), 340);
  const [above, below] = await boxes(page, ['nl', 'ar']);
  expect(above?.y ?? 0).toBeLessThan(below?.y ?? 0);
  expect(below?.direction).toBe('rtl');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(340);
  await page.screenshot({ path: join(SCREENSHOTS, 'teams-phone-nl-ar.png'), fullPage: true });
  await page.close();
});

test('the summary of a dialog', async () => {
  const answers = [{ question: 'where', option: 'negative' }];
  const about: About = { result: { flow: 'next-step', outcome: 'negative', answers, day: calendarDay('2023-06-10') } };
  const page = await render(await cardFor(about, ['nl', 'fa'], 'beside'), 720);
  await page.getByText(textsOf('nl').say('teams:card.no-personal-data')).waitFor();
  await page.screenshot({ path: join(SCREENSHOTS, 'teams-summary-nl-fa.png'), fullPage: true });
  await page.close();
});
