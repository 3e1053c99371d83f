/** The page in a real browser: what a person with a phone does with it. Screenshots go to `build/screenshots`. */
import type { Language } from '../../locales/languages.ts';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { option } from '../dialogs/talk.ts';
import { type Opened, openPage, withBrowser } from './opened.ts';

const there = withBrowser({ CLOCK: '2023-07-10T12:00' });
const { bot } = there;

const open = (path = '/', locale = 'en'): Promise<Opened> => openPage(there.browser, `${bot.url}${path}`, { locale });

test('a person asks in three languages and gets a sourced answer in each, from right to left in Arabic', async () => {
  const one = await open();
  await one.answer(/computer program/u).waitFor();
  await one.shoot('1-welcome-en');
  await one.say('Can I still apply for money to go home?');
  await one.answer(/31 July 2023/u).waitFor();
  await one.page.locator('.webchat__bubble__content a[href^="https://ind.nl/"]').last().waitFor();
  await one.shoot('2-answer-en');

  await one.page.selectOption('#language', 'nl');
  await one.answer(textsOf('nl').say('chat:language-changed')).waitFor();
  expect(await one.page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(['nl', 'ltr']);
  await one.say('Tot wanneer mag ik werken?');
  await one.answer(/4 september 2023/u).waitFor();
  await one.shoot('3-answer-nl');

  await one.page.selectOption('#language', 'ar');
  await one.answer(textsOf('ar').say('chat:language-changed')).waitFor();
  expect(await one.page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(['ar', 'rtl']);
  await one.say('إلى متى يحق لي العمل؟');
  await one.answer(/4 سبتمبر 2023/u).waitFor();
  expect(await one.page.locator('.webchat [dir="rtl"], .webchat[dir="rtl"], [class*="webchat"][dir="rtl"]').count()).toBeGreaterThan(0);
  await one.shoot('4-answer-ar');
  expect(one.errors).toEqual([]);
  await one.page.context().close();
}, 60_000);

test('"My next step" is walked to its end by tapping, and the conversation is found again after a reload', async () => {
  const one = await open();
  await one.tap('My next step');
  await one.answer('Where do you stand now?').waitFor();
  await one.shoot('5-dialog-question');
  await one.tap(option('next-step', 'where', 'leave'));
  await one.answer('Do you want support or money to return?').waitFor();
  await one.tap('Yes');
  await one.answer(/Your next step is to apply to DT&V/u).waitFor();
  await one.shoot('6-dialog-result');
  await one.tap('Why?');
  await one.answer(/This is what the result rests on/u).waitFor();
  await one.page.reload();
  await one.answer(/This is what the result rests on/u).waitFor();
  await one.answer(/Your next step is to apply to DT&V/u).waitFor();
  await one.shoot('7-after-reload');
  await one.say('Until when may I work?');
  await one.answer(/right to work/u).waitFor();
  expect(one.errors).toEqual([]);
  await one.page.context().close();
}, 60_000);

test.each<[Language, string]>([
  ['nl', 'computerprogramma'],
  ['ar', 'برنامج كمبيوتر'],
])(
  'in %s the page, its words and its first answer come in that language at once',
  async (language, word) => {
    const one = await open('/', language);
    await one.answer(word).waitFor();
    expect(await one.page.title()).toBe(textsOf(language).say('page:title'));
    expect(await one.page.locator('#language').inputValue()).toBe(language);
    await one.shoot(`8-welcome-${language}`);
    expect(one.errors).toEqual([]);
    await one.page.context().close();
  },
  60_000,
);

test('an answer that rests on a day ahead leads to the calendar file, and the menu takes the link to all answers along', async () => {
  const one = await open();
  await one.say('Until when may I work?');
  const link = one.page.locator('.webchat__bubble__content a[href="/calendar/en.ics"]').last();
  await link.waitFor();
  const [download] = await Promise.all([one.page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toBe('ind-procedure-en.ics');
  await one.page.selectOption('#language', 'fa');
  await one.answer(textsOf('fa').say('chat:language-changed')).waitFor();
  const answers = one.page.locator('footer .way');
  expect(await answers.getAttribute('href')).toBe('/faq/fa');
  expect(await answers.textContent()).toBe(textsOf('fa').say('page:all-answers'));
  expect(one.errors).toEqual([]);
  await one.page.context().close();
}, 60_000);

test('a new conversation begins without the old one', async () => {
  const one = await open();
  await one.say('What is the interview about?');
  await one.answer(/who you are/u).waitFor();
  await one.page.click('#fresh');
  await one.page.waitForFunction(() => !document.body.textContent?.includes('who you are'));
  await one.answer(/computer program/u).waitFor();
  await one.page.context().close();
}, 60_000);

test('"delete my data" empties the screen too', async () => {
  const one = await open();
  await one.say('What is the interview about?');
  await one.answer(/who you are/u).waitFor();
  await one.say('delete my data');
  await one.tap('Yes, delete it');
  await one.page.getByText(textsOf('en').say('page:deleted')).waitFor();
  await one.page.waitForFunction(() => !document.querySelector('#chat')?.textContent?.includes('who you are'));
  await one.page.context().close();
}, 60_000);

test('HTML that a person types is shown as text and runs nothing', async () => {
  const one = await open();
  await one.say('<img src=x onerror="document.title=\'hacked\'"><script>document.title="hacked"</script> [x](javascript:alert(1))');
  await one.answer(/does not say anything|not sure what you mean/u).waitFor();
  expect(await one.page.title()).toBe(textsOf('en').say('page:title'));
  expect(await one.page.locator('.webchat__bubble__content img[src="x"], a[href^="javascript"]').count()).toBe(0);
  await one.page.context().close();
}, 60_000);

test('nothing is cut or scrolls sideways on a small phone', async () => {
  for (const language of LANGUAGE_CODES) {
    const one = await open(`/?lang=${language}`);
    await one.page.setViewportSize({ width: 320, height: 568 });
    await one.page.waitForTimeout(300);
    expect(await one.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await one.page.context().close();
  }
}, 60_000);
