/** What can be done with an answer: read it aloud, copy, share and print it; and how mixed scripts stand in it. */
import type { Page } from 'playwright-core';
import { textsOf } from '../../locales/texts.ts';
import { until } from '../service/running.ts';
import { type Opened, openPage, withBrowser } from './opened.ts';

const there = withBrowser({ CLOCK: '2023-07-10T12:00' });
const { bot } = there;

/** Gives the browser voices for these languages, and writes down what it is told to read. */
function withVoices(page: Page, languages: readonly string[]): Promise<unknown> {
  return page.addInitScript((all) => {
    const spoken: { text: string; lang: string }[] = [];
    const speechSynthesis = {
      getVoices: () => all.map((lang) => ({ lang, name: lang })),
      speak: (utterance: { text: string; lang: string }) => spoken.push({ text: utterance.text, lang: utterance.lang }),
      cancel: () => spoken.push({ text: 'cancelled', lang: '' }),
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    };
    Object.defineProperty(window, 'speechSynthesis', { value: speechSynthesis });
    Object.defineProperty(window, 'SpeechSynthesisUtterance', {
      value: class {
        readonly text: string;
        lang = '';
        constructor(text: string) {
          this.text = text;
        }
      },
    });
    const shared: { text?: string }[] = [];
    Object.defineProperty(navigator, 'share', { value: (data: { text?: string }) => Promise.resolve(void shared.push(data)) });
    let printed = '';
    window.print = () => {
      printed = [...document.querySelectorAll('article.printed')].map(({ textContent }) => textContent).join('|');
    };
    Object.assign(window, { seen: () => ({ spoken, shared, printed }) });
  }, languages);
}

interface Seen {
  readonly spoken: readonly { readonly text: string; readonly lang: string }[];
  readonly shared: readonly { readonly text: string }[];
  readonly printed: string;
}
const seen = (one: Opened) => one.page.evaluate(() => (window as unknown as { seen(): Seen }).seen());

async function withAnswer(language: 'nl' | 'fa', question: string, voices: readonly string[]): Promise<Opened> {
  const one = await openPage(there.browser, `${bot.url}/?lang=${language}`);
  await withVoices(one.page, voices);
  await one.page.reload();
  await one.say(question);
  await one.page.locator('.webchat__link-definitions a').waitFor();
  return one;
}
const lastAction = (one: Opened, name: string) => one.page.locator(`[data-action="${name}"]`).last();

test('an answer is read in its language, stopped, shared and printed alone', async () => {
  const one = await withAnswer('nl', 'Tot wanneer mag ik werken?', ['en-GB', 'nl-NL']);
  await lastAction(one, 'read-aloud').click();
  await lastAction(one, 'stop-reading').waitFor();
  const { spoken } = await seen(one);
  const said = spoken.filter(({ text }) => text !== 'cancelled');
  expect(new Set(said.map(({ lang }) => lang))).toEqual(new Set(['nl']));
  expect(said.map(({ text }) => text).join(' ')).toContain('4 september 2023');
  expect(said.map(({ text }) => text).join(' ')).not.toMatch(/https|\*\*|\[1\]/u);
  await lastAction(one, 'stop-reading').click();
  await lastAction(one, 'read-aloud').waitFor();
  expect((await seen(one)).spoken.at(-1)?.text).toBe('cancelled');

  await lastAction(one, 'share').click();
  await until(async () => (await seen(one)).shared.length === 1, 'the answer shared');
  expect((await seen(one)).shared[0]?.text).toMatch(/4 september 2023[\s\S]*https:\/\/ind\.nl\//u);

  await lastAction(one, 'print').click();
  const { printed } = await seen(one);
  expect(printed).toContain('4 september 2023');
  expect(printed).not.toContain('computerprogramma');
  await one.page.emulateMedia({ media: 'print' });
  expect(await one.page.locator('article:visible').count()).toBe(1);
  await one.page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  expect(await one.page.locator('article:visible').count()).toBeGreaterThan(2);
  expect(await one.page.locator('footer:visible, .answer-actions:visible, textarea:visible').count()).toBe(0);
  await one.context.close();
}, 60_000);

test('on paper the conversation is whole, white and not wider than the sheet', async () => {
  const one = await openPage(there.browser, bot.url, { colorScheme: 'dark' });
  for (const question of ['Until when may I work?', 'What is the interview about?', 'Can I still apply for money to go home?']) {
    await one.say(question);
    await one.page.getByText(question).last().waitFor();
  }
  await one.answer(/31 July 2023/u).waitFor();
  await one.page.emulateMedia({ media: 'print' });
  const paper = await one.page.evaluate(() => ({
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    long: document.documentElement.scrollHeight,
    last: document.querySelector('#chat section article:last-of-type')?.getBoundingClientRect().bottom ?? 0,
    color: getComputedStyle(document.body).backgroundColor,
    icons: [...document.querySelectorAll('#chat article svg')].map((icon) => icon.getBoundingClientRect().height),
  }));
  expect(paper.wide).toBe(0);
  expect(paper.color).toBe('rgb(255, 255, 255)');
  expect(paper.last).toBeGreaterThan(900);
  expect(Math.floor(paper.last)).toBeLessThanOrEqual(paper.long);
  expect(Math.max(...paper.icons)).toBeLessThan(40);
  await one.context.close();
}, 60_000);

test('no voice for the language, no button', async () => {
  const one = await withAnswer('fa', 'تا کی اجازه کار دارم؟', ['en-GB', 'nl-NL']);
  await lastAction(one, 'print').waitFor();
  expect(await one.page.locator('[data-action="read-aloud"]').count()).toBe(0);
  await one.context.close();
}, 60_000);

test('Latin names inside Persian stand for themselves, and each paragraph has its own direction', async () => {
  const one = await withAnswer('fa', 'تا کی اجازه کار دارم؟', []);
  const bubble = one.page.locator('.webchat__bubble__content').last();
  const isolated = await bubble.locator('bdi').allTextContents();
  expect(isolated).toContain('VWN');
  expect(isolated).toContain('Vluchtelingenwerk Nederland');
  const directions = await bubble
    .locator('p')
    .evaluateAll((all) => all.map((paragraph) => [paragraph.getAttribute('dir'), getComputedStyle(paragraph).direction]));
  expect(directions.length).toBeGreaterThan(2);
  expect(new Set(directions.map(String))).toEqual(new Set(['auto,rtl']));
  expect(textsOf('fa').say('page:title')).toBe(await one.page.title());
  await one.context.close();
}, 60_000);

test('dark and light are followed while the page is open, and forced colours keep the bubbles apart', async () => {
  const one = await openPage(there.browser, bot.url, { colorScheme: 'light' });
  await one.answer(/computer program/u).waitFor();
  const background = () =>
    one.page
      .locator('.webchat__bubble__content')
      .last()
      .evaluate((bubble) => getComputedStyle(bubble).backgroundColor);
  const light = await background();
  await one.page.emulateMedia({ colorScheme: 'dark' });
  expect(await background()).not.toBe(light);
  await one.page.emulateMedia({ forcedColors: 'active' });
  await one.shoot('40-forced-colours');
  const border = await one.page
    .locator('.webchat__bubble__content')
    .last()
    .evaluate((bubble) => getComputedStyle(bubble).borderTopWidth);
  expect(border).toBe('1px');
  await one.context.close();
}, 60_000);
