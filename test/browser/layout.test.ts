/** Nothing scrolls sideways, is cut off or lies under something else, on three screens and in three languages. */
import type { Page } from 'playwright-core';
import type { Language } from '../../locales/languages.ts';
import { openPage, withBrowser } from './opened.ts';

const SCREENS = [
  { width: 320, height: 568 },
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
] as const;
const QUESTIONS = {
  en: 'Until when may I work?',
  ar: 'إلى متى يحق لي العمل؟',
  ru: 'до какого числа у меня жильё от gemeente?',
} as const satisfies Partial<Record<Language, string>>;

const there = withBrowser({ CLOCK: '2023-07-10T12:00' });
const { bot } = there;

/** What is wrong with what can be seen: text that is wider than its place, and elements that stand out of the screen or under another one. */
function faults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.className.toString().slice(0, 40)} "${element.textContent?.slice(0, 40)}"`;
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} wide on ${clientWidth}`);
    const scrolls =
      document.querySelector('.talking .webchat__basic-transcript__scrollable') ?? document.querySelector('.plain') ?? document.body;
    const view = scrolls.getBoundingClientRect();
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      // What is for screen readers alone is a point of one pixel, or transparent.
      if (box.width < 2 || box.height < 2 || !element.checkVisibility() || style.color === 'rgba(0, 0, 0, 0)') continue;
      if (element.closest('.visually-hidden, .copied, .webchat__live-region-transcript, [aria-hidden="true"]')) continue;
      const text = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
      const control = element.matches('a, button, select, textarea');
      if (!text && !control) continue;
      if (style.display !== 'inline' && element.scrollWidth > element.clientWidth + 1) found.push(`cut: ${name(element)}`);
      if (box.left < -1 || box.right > clientWidth + 1) found.push(`out of the screen: ${name(element)}`);
      const inside = scrolls.contains(element);
      const top = inside ? view.top : 0;
      const bottom = inside ? view.bottom : window.innerHeight;
      // What is scrolled away is not covered; the middle of what is in view must be the element itself.
      const middle = [box.left + box.width / 2, box.top + box.height / 2] as const;
      if (element.closest('.webchat__suggested-actions') || middle[1] < top + 1 || middle[1] > bottom - 1) continue;
      const above = document.elementFromPoint(...middle);
      if (control && above && !element.contains(above) && !above.contains(element)) found.push(`under ${name(above)}: ${name(element)}`);
    }
    return found;
  });
}

const CASES = (Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[]).flatMap((language) =>
  SCREENS.map((screen) => [language, screen] as const),
);

test.each(CASES)(
  '%s on %j',
  async (language, viewport) => {
    const size = `${viewport.width}-${language}`;
    const one = await openPage(there.browser, `${bot.url}/?lang=${language}`, { viewport });
    await one.page.locator('.webchat__suggested-action').first().waitFor();
    await one.shoot(`30-welcome-${size}`);
    expect(await faults(one.page)).toEqual([]);
    await one.say(QUESTIONS[language]);
    await one.page.locator('.webchat__link-definitions a').waitFor();
    await one.shoot(`31-answer-${size}`);
    expect(await faults(one.page)).toEqual([]);
    // The answer begins in sight: its first words are what was asked for.
    const top = await one.page
      .locator('.webchat__bubble__content')
      .last()
      .evaluate((bubble) => bubble.getBoundingClientRect().top);
    const view = await one.page.locator('.webchat__basic-transcript__scrollable').evaluate((part) => part.getBoundingClientRect().toJSON());
    expect(top).toBeGreaterThanOrEqual(view.top);
    expect(top).toBeLessThan(view.bottom);
    // The conversation keeps room on the smallest screen.
    expect(view.height).toBeGreaterThan(100);
    await one.context.close();
  },
  60_000,
);

test.each(CASES)(
  'without a script: %s on %j',
  async (language, viewport) => {
    const context = await there.browser.newContext({ viewport });
    const page = await context.newPage();
    await page.route('**/assets/chat-*', (route) => route.abort());
    await page.goto(`${bot.url}/?lang=${language}`);
    await page.screenshot({ path: `build/screenshots/32-plain-${viewport.width}-${language}.png` });
    expect(await faults(page)).toEqual([]);
    expect(await page.locator('.language-link').count()).toBe(8);
    await context.close();
  },
  60_000,
);

test.each(Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[])(
  'twice the text size, and a browser that shows everything twice as large: %s',
  async (language) => {
    const large = await openPage(there.browser, `${bot.url}/?lang=${language}`);
    await large.page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    const zoomed = await openPage(there.browser, `${bot.url}/?lang=${language}`, {
      viewport: { width: 640, height: 400 },
      deviceScaleFactor: 2,
    });
    for (const [name, one] of Object.entries({ large, zoomed })) {
      await one.say(QUESTIONS[language]);
      await one.page.locator('.webchat__link-definitions a').waitFor();
      await one.shoot(`33-${name}-${language}`);
      expect(await faults(one.page)).toEqual([]);
      await one.context.close();
    }
  },
  60_000,
);

test('with the keyboard of a phone open the answer can still be read', async () => {
  const one = await openPage(there.browser, bot.url, { viewport: { width: 360, height: 300 } });
  await one.say(QUESTIONS.en);
  await one.page.locator('.webchat__link-definitions a').waitFor();
  await one.shoot('34-keyboard-open');
  expect(await faults(one.page)).toEqual([]);
  expect(await one.page.locator('.webchat__basic-transcript__scrollable').evaluate((part) => part.clientHeight)).toBeGreaterThan(80);
  await one.context.close();
}, 60_000);
