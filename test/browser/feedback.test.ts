/** Thumbs on the page, in a real browser: what a click does, and what is left of it in the store. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { textsOf } from '../../locales/texts.ts';
import { launchBrowser } from '../../src/operations/browser.ts';
import { openSqliteStore } from '../../src/stores/sqlite.ts';
import { type Running, removeFolders, running, until } from '../service/running.ts';

const SCREENSHOTS = join(__dirname, '..', '..', 'build', 'screenshots');

let bot: Running;
let browser: Browser;
beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  bot = await running({ CLOCK: '2023-07-10T12:00' });
  browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await bot?.stop();
  removeFolders();
});

test('a thumb down, a yes, and the question is kept without what is personal; everything is counted', async () => {
  const texts = textsOf('fa');
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(`${bot.url}/?lang=fa`);
  const box = page.locator('[data-id="webchat-sendbox-input"]');
  await box.fill('اگر فرم را پس نفرستم چه می‌شود؟ ۰۶۱۲۳۴۵۶۷۸');
  await box.press('Enter');
  const down = page.getByRole('button', { name: texts.say('feedback:dislike'), exact: true }).last();
  await down.waitFor();
  await page.waitForTimeout(600);
  await page.screenshot({ path: join(SCREENSHOTS, 'thumbs-fa.png') });
  await down.click();
  await page.getByText(texts.say('feedback:sorry')).last().waitFor();
  await page.waitForTimeout(600);
  await page.screenshot({ path: join(SCREENSHOTS, 'may-i-keep-fa.png') });
  await page
    .getByRole('button', { name: texts.say('feedback:yes'), exact: true })
    .last()
    .click();
  await page.locator('.webchat__bubble__content').getByText('اگر فرم را پس نفرستم چه می‌شود؟ …').last().waitFor();
  expect(errors).toEqual([]);
  await context.close();

  const store = openSqliteStore(bot.storeFile);
  const [kept] = await store.keptQuestions();
  expect(kept).toMatchObject({ language: 'fa', topic: 'questionnaire-unreturned', text: 'اگر فرم را پس نفرستم چه می‌شود؟ …' });
  const counted = await until(async () => {
    const counts = await store.counts();
    return counts.length >= 2 && counts;
  }, 'the counts');
  expect(counted.map(({ name, labels, number }) => [name, ...labels, number])).toEqual([
    ['answered', 'questionnaire-unreturned', 'fa', 1],
    ['judged', 'questionnaire-unreturned', 'fa', 'down', 1],
  ]);
  await store.close();
}, 60_000);
