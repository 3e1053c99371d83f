/** The page for people who see, hear or move otherwise: axe-core finds nothing, the keyboard reaches everything, new answers are said. */
import type { Page } from 'playwright-core';
import type { Language } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { faintTexts, findings } from './findings.ts';
import { openPage, withBrowser } from './opened.ts';

const { say } = textsOf('en');
const QUESTIONS = {
  en: 'Until when may I work?',
  ar: 'إلى متى يحق لي العمل؟',
  fa: 'تا کی اجازه کار دارم؟',
} as const satisfies Partial<Record<Language, string>>;

const there = withBrowser({ CLOCK: '2023-07-10T12:00' });
const { bot } = there;

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
