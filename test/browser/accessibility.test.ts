/** The page for people who see, hear or move otherwise: axe-core finds nothing, the keyboard reaches everything, new answers are said. */
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import type { Language } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { openPage, withBrowser } from './opened.ts';

const AXE = createRequire(__filename).resolve('axe-core/axe.min.js');
const { say } = textsOf('en');
const QUESTIONS = {
  en: 'Until when may I work?',
  ar: 'إلى متى يحق لي العمل؟',
  fa: 'تا کی اجازه کار دارم؟',
} as const satisfies Partial<Record<Language, string>>;

const there = withBrowser({ CLOCK: '2023-07-10T12:00' });
const { bot } = there;

/** What axe-core finds on a page, with all its rules: each with the elements it is about. */
async function findings(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: AXE });
  const { violations } = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
    return axe.run({ resultTypes: ['violations'] });
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}

/** Texts that are seen and have less contrast to what is behind them than AA asks for (4.5 : 1). */
function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const parts = (color: string) => (color.match(/[\d.]+/gu) ?? []).map(Number);
    const luminance = (color: string) => {
      const [red = 0, green = 0, blue = 0] = parts(color).map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const behind = (element: Element | null): string => {
      if (!element) return 'rgb(255, 255, 255)';
      const color = getComputedStyle(element).backgroundColor;
      return (parts(color)[3] ?? 1) > 0 ? color : behind(element.parentElement);
    };
    const faint: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
      const { width, height } = element.getBoundingClientRect();
      if (!own || width < 2 || height < 2 || !element.checkVisibility()) continue;
      const { color } = getComputedStyle(element);
      const [low = 0, high = 0] = [luminance(color), luminance(behind(element))].sort((a, b) => a - b);
      const hidden = (parts(color)[3] ?? 1) === 0;
      if (!hidden && (high + 0.05) / (low + 0.05) < 4.5) faint.push(`${color} on ${behind(element)}: ${element.textContent?.slice(0, 60)}`);
    }
    return faint;
  });
}

const CASES = (Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[]).flatMap((language) =>
  (['light', 'dark'] as const).map((colorScheme) => [language, colorScheme] as const),
);

test.each(CASES)(
  'axe-core finds nothing on a conversation in %s, %s',
  async (language, colorScheme) => {
    const one = await openPage(there.browser, `${bot.url}/?lang=${language}`, { bypassCSP: true, colorScheme });
    await one.say(QUESTIONS[language]);
    await one.page.locator('.webchat__link-definitions a').waitFor();
    await one.shoot(`20-${language}-${colorScheme}`);
    expect(await findings(one.page)).toEqual([]);
    expect(await faintTexts(one.page)).toEqual([]);
    await one.context.close();
  },
  60_000,
);

test.each(['light', 'dark'] as const)(
  'axe-core finds nothing on the plain page, %s, which stands without its script',
  async (colorScheme) => {
    const context = await there.browser.newContext({ bypassCSP: true, colorScheme, locale: 'en' });
    const page = await context.newPage();
    await page.route('**/assets/chat-*', (route) => route.abort());
    await page.goto(bot.url);
    await page.locator('.topic').first().waitFor();
    expect(await findings(page)).toEqual([]);
    expect(await faintTexts(page)).toEqual([]);
    await context.close();
  },
  60_000,
);

/** What has the focus, by the words that a screen reader says or the class. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    return (
      element.id || element.dataset['action'] || element.dataset['id'] || element.getAttribute('aria-label') || element.textContent || ''
    );
  });

test('everything is done with the keyboard alone, and where the focus is can be seen', async () => {
  const one = await openPage(there.browser, bot.url, { permissions: ['clipboard-read', 'clipboard-write'] });
  await one.page.keyboard.press('Tab');
  await one.say(QUESTIONS.en);
  await one.page.locator('.webchat__link-definitions a').waitFor();
  await one.page.waitForTimeout(500);
  const stops: string[] = [];
  for (let tabs = 0; tabs < 10; tabs += 1) {
    await one.page.keyboard.press('Tab');
    const name = await focused(one.page);
    if (name.includes(say('page:title'))) continue;
    stops.push(name);
    const seen = await one.page.screenshot({ caret: 'hide' });
    // The next tab goes on from here all the same.
    await one.page.evaluate(() => (document.activeElement as HTMLElement).blur());
    expect([name, seen.equals(await one.page.screenshot({ caret: 'hide' }))]).toEqual([name, false]);
  }
  expect(stops).toEqual(expect.arrayContaining(['language', say('page:chat.history'), 'webchat-sendbox-input', 'fresh']));

  // Into the last answer, along its links and buttons, and out of it again.
  const history = one.page.getByRole('group', { name: say('page:chat.history') });
  await history.focus();
  await one.page.keyboard.press('Enter');
  const inside: string[] = [];
  for (let tabs = 0; tabs < 8 && !inside.includes('copy'); tabs += 1) {
    inside.push(await focused(one.page));
    if (!inside.includes('copy')) await one.page.keyboard.press('Tab');
  }
  expect(inside).toContain('copy');
  await one.page.keyboard.press('Enter');
  await one.page.getByText(say('page:copied')).last().waitFor({ state: 'attached' });
  const copied = await one.page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^Yes, you may work/u);
  expect(copied).toMatch(/https:\/\/ind\.nl\/\S+$/u);
  await one.page.keyboard.press('Escape');
  expect(await focused(one.page)).toBe(say('page:chat.history'));
  await one.context.close();
}, 60_000);

test('a screen reader hears a new answer, whose it is, and that there are suggestions', async () => {
  const one = await openPage(there.browser, bot.url);
  await one.answer(/computer program/u).waitFor();
  await one.page.evaluate(() => {
    const heard: string[] = [];
    (window as unknown as { heard: string[] }).heard = heard;
    const region = document.querySelector('[role="log"]') as HTMLElement;
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) heard.push(node.textContent ?? '');
    }).observe(region, { childList: true, subtree: true });
  });
  await one.say(QUESTIONS.en);
  await one.page.locator('.webchat__link-definitions a').waitFor();
  await one.page.waitForTimeout(300);
  const heard = await one.page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  expect(heard.filter((text) => text.includes(QUESTIONS.en) && text.startsWith(say('page:chat.you-said')))).toHaveLength(1);
  expect(heard.filter((text) => text.includes('Yes, you may work') && text.startsWith(say('page:chat.bot-said')))).toHaveLength(1);
  expect(heard.filter((text) => text === say('page:chat.has-suggestions'))).toHaveLength(1);
  await one.context.close();
}, 60_000);

test('each button under an answer says what it does and with which answer', async () => {
  const one = await openPage(there.browser, bot.url);
  await one.say(QUESTIONS.en);
  await one.page.locator('.webchat__link-definitions a').waitFor();
  const buttons = one.page.locator('.action');
  const names = await buttons.evaluateAll((all) => all.map((button) => button.getAttribute('aria-label') ?? ''));
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => name.startsWith(`${say('page:print')}: Yes, you may work`))).toHaveLength(1);
  for (const box of await buttons.evaluateAll((all) => all.map((button) => button.getBoundingClientRect().toJSON()))) {
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
  }
  await one.context.close();
}, 60_000);
