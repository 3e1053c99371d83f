/** The plain page in a real browser: who reads it, and how. Pictures of it go to `build/screenshots`. */
import { join } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { LANGUAGE_CODES, type Language } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { SCREENSHOTS, withBrowser } from '../browser/opened.ts';

/** A4 at 96 dots an inch, without the margins of the print. */
const SHEET = { width: 680, height: 1010 };

const there = withBrowser({ PUBLIC_URL: 'https://bot.example.nl' });
const { bot } = there;

/** Opens an address with these settings of a person, hands the page over, and closes it. */
async function reading<T>(path: string, options: Parameters<Browser['newContext']>[0], read: (page: Page) => Promise<T>): Promise<T> {
  const context = await there.browser.newContext(options);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(`${bot.url}${path}`);
  const result = await read(page);
  await context.close();
  expect(errors).toEqual([]);
  return result;
}

const LOOKS = (['en', 'ar', 'fa'] as const).flatMap((language) =>
  (['light', 'dark'] as const).map((scheme) => [language, scheme] as const),
);

test.each(LOOKS)(
  'in %s and %s nothing keeps a person from reading it',
  async (language, colorScheme) => {
    // The tool is a script, which the page itself would refuse.
    const options = { viewport: { width: 390, height: 844 }, colorScheme, bypassCSP: true };
    const found = await reading(`/faq/${language}`, options, async (page) => {
      await page.screenshot({ path: join(SCREENSHOTS, `faq-${language}-${colorScheme}.png`) });
      await page.evaluate(() => {
        for (const part of document.querySelectorAll('details')) part.open = true;
      });
      await page.evaluate(axe.source);
      const { violations, passes } = await page.evaluate<AxeResults>(
        'axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] })',
      );
      return { violations: violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`), passes: passes.length };
    });
    expect(found.violations).toEqual([]);
    expect(found.passes).toBeGreaterThan(20);
  },
  60_000,
);

test.each(LANGUAGE_CODES)(
  'in %s nothing scrolls sideways on a small phone, a phone and a screen',
  async (language) => {
    await reading(`/faq/${language}`, {}, async (page) => {
      for (const width of [320, 390, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }
    });
  },
  60_000,
);

test('letters as large as a person sets them, twice the usual too, fit on a small phone', async () => {
  await reading('/faq/ru', { viewport: { width: 320, height: 640 }, bypassCSP: true }, async (page) => {
    const heightOf = () => page.evaluate(() => document.querySelector('#work p')?.getBoundingClientRect().height ?? 0);
    const before = await heightOf();
    await page.addStyleTag({ content: 'html { font-size: 200% }' });
    expect(await heightOf()).toBeGreaterThan(before * 1.5);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
});

test.each<[Language, string, string[]]>([
  // What stands from left to right on the screen, with the sentence running the other way.
  ['ar', 'صفحة IND،', ['IND', 'صفحة']],
  ['fa', 'نزد DT&V درخواست', ['درخواست', 'DT&V', 'نزد']],
])('in %s a Latin name stands in its place in the sentence', async (language, phrase, order) => {
  const seen = await reading(`/faq/${language}#remigration-window`, { viewport: { width: 1280, height: 800 } }, (page) =>
    page.evaluate(
      ([whole, words]) => {
        const paragraph = [...document.querySelectorAll('article p')].find((one) => one.textContent?.includes(whole));
        if (!paragraph) return [];
        const start = paragraph.textContent?.indexOf(whole) ?? 0;
        const leftOf = (word: string) => {
          let at = (paragraph.textContent ?? '').indexOf(word, start);
          const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const length = node.textContent?.length ?? 0;
            if (at < length) {
              const range = document.createRange();
              range.setStart(node, at);
              range.setEnd(node, Math.min(length, at + word.length));
              return range.getBoundingClientRect().left;
            }
            at -= length;
          }
          return Number.NaN;
        };
        return words
          .map((word) => ({ word, left: leftOf(word) }))
          .sort((one, other) => one.left - other.left)
          .map(({ word }) => word);
      },
      [phrase, order] as const,
    ),
  );
  expect(seen).toEqual(order);
});

test('a link with a topic shows that answer, and the keyboard reaches the answers first', async () => {
  await reading('/faq/en#reception', { viewport: { width: 390, height: 844 } }, async (page) => {
    expect(await page.evaluate(() => document.querySelector('#reception')?.getBoundingClientRect().top ?? 0)).toBeLessThan(60);
    await page.goto(`${bot.url}/faq/en`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(textsOf('en').say('faq:skip'));
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('answers');
  });
});

test('on paper it has a code for each part, whole answers on each sheet, and no menus', async () => {
  await reading('/faq/ar', { viewport: SHEET }, async (page) => {
    expect(await page.locator('.code').first().isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.code').count()).toBe(7);
    expect(await page.locator('.code').first().isVisible()).toBe(true);
    expect(await page.locator('.code').first().textContent()).toContain('https://bot.example.nl/faq/ar#section-who');
    expect(await page.locator('nav:visible, .skip:visible').count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(SHEET.width);
    await page.screenshot({ path: join(SCREENSHOTS, 'faq-ar-print.png') });
    await page.emulateMedia({ media: null });
    const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/gu)?.length ?? 0;
    expect(sheets).toBeGreaterThan(4);
    expect(sheets).toBeLessThanOrEqual(12);
  });
});

test('with other wishes of a person it stays whole: more contrast, forced colours, less motion', async () => {
  await reading('/faq/en', { contrast: 'more', forcedColors: 'active', reducedMotion: 'reduce', colorScheme: 'dark' }, async (page) => {
    expect(await page.locator('#work .state').evaluate((state) => getComputedStyle(state).borderTopStyle)).toBe('solid');
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });
});
