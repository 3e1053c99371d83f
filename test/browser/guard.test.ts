/** Personal data is noticed before it is sent: the page holds the message back, says what it found, and the person decides. */
import { LANGUAGE_CODES, LANGUAGES } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { until } from '../service/running.ts';
import { faintTexts, findings } from './findings.ts';
import { type Opened, openPage, withBrowser } from './opened.ts';

const there = withBrowser({ CLOCK: '2023-07-10T12:00' });
const { bot } = there;
const { say } = textsOf('en');
const NUMBER = '06 12345678';
const QUESTION = 'Until when may I work?';
const BOX = '[data-id="webchat-sendbox-input"]';

/** Opens the page and takes down every message that leaves it. */
async function open(language = 'en', options = {}): Promise<Opened & { readonly sent: string[] }> {
  const one = await openPage(there.browser, `${bot.url}/?lang=${language}`, options);
  const sent: string[] = [];
  one.page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/activities')) {
      const { type, text } = request.postDataJSON() as { type: string; text?: string };
      if (type === 'message') sent.push(text ?? '');
    }
  });
  return { ...one, sent };
}

const question = ({ page }: Opened) => page.getByRole('alertdialog');
const focused = ({ page }: Opened) =>
  page.evaluate(() => document.activeElement?.id || (document.activeElement as HTMLElement | null)?.dataset['id']);

test('the message waits, says what was found, and goes without it when the person wants that', async () => {
  const one = await open();
  await one.say(`${QUESTION} Call ${NUMBER} or amina@example.org`);
  await question(one).waitFor();
  expect(await question(one).getByRole('listitem').allTextContents()).toEqual([NUMBER, 'amina@example.org']);
  expect(await one.page.locator('#chat').textContent()).not.toContain(NUMBER);
  expect(one.sent).toEqual([]);
  await one.shoot('30-guard');
  expect(await focused(one)).toBe('guard-send');
  await one.page.keyboard.press('Enter');
  await one.answer(/right to work/u).waitFor();
  expect(one.sent).toEqual([`${QUESTION} Call … or …`]);
  expect(await question(one).isVisible()).toBe(false);
  expect(await focused(one)).toBe('webchat-sendbox-input');
  // What has been shown is not left in the page.
  expect(await one.page.content()).not.toContain(NUMBER);
  expect(await one.page.locator('#chat').textContent()).not.toContain(say('chat:personal-data'));
  await one.context.close();
}, 60_000);

test('Escape, or the other button, gives the message back to be changed: nothing is sent', async () => {
  const one = await open();
  const whole = `${QUESTION} ${NUMBER}`;
  for (const leave of ['Escape', 'button'] as const) {
    await one.say(whole);
    await question(one).waitFor();
    if (leave === 'Escape') await one.page.keyboard.press('Escape');
    else await one.tap(say('page:guard-edit'));
    await question(one).waitFor({ state: 'hidden' });
    expect(await one.page.locator(BOX).inputValue()).toBe(whole);
    expect(await focused(one)).toBe('webchat-sendbox-input');
  }
  expect(one.sent).toEqual([]);
  await one.say(QUESTION);
  await one.answer(/right to work/u).waitFor();
  expect(one.sent).toEqual([QUESTION]);
  await one.context.close();
}, 60_000);

test('the keyboard stays in the question; where nothing else was written there is nothing to send', async () => {
  const one = await open();
  await one.say(`${QUESTION} ${NUMBER}`);
  await question(one).waitFor();
  const stops: (string | undefined)[] = [];
  for (let tabs = 0; tabs < 6; tabs += 1) {
    await one.page.keyboard.press('Tab');
    stops.push(await focused(one));
  }
  expect(new Set(stops.filter((id) => id !== undefined && id !== ''))).toEqual(new Set(['guard-send', 'guard-edit']));
  await one.page.keyboard.press('Escape');
  // The message is given back a moment later, and must not come over the next one.
  await until(async () => (await one.page.locator(BOX).inputValue()) === `${QUESTION} ${NUMBER}`, 'the message given back');
  await one.say(NUMBER);
  await question(one).waitFor();
  expect(await one.page.locator('#guard-send').isVisible()).toBe(false);
  expect(await focused(one)).toBe('guard-edit');
  await one.context.close();
}, 60_000);

test('without a connection, what waits in the browser does not hold it', async () => {
  const one = await open();
  await one.answer(/computer program/u).waitFor();
  await one.context.setOffline(true);
  await one.say(`${QUESTION} ${NUMBER}`);
  await question(one).waitFor();
  expect(await one.page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('12345678');
  await one.tap(say('page:guard-send'));
  await one.page.locator('.delivery').waitFor();
  expect(await one.page.evaluate(() => JSON.stringify(sessionStorage))).toContain(`${QUESTION} …`);
  expect(await one.page.evaluate(() => JSON.stringify([sessionStorage, localStorage]))).not.toContain('12345678');
  await one.context.setOffline(false);
  await one.answer(/right to work/u).waitFor();
  await until(() => one.sent.length > 0, 'the message sent');
  expect(one.sent.join()).not.toContain('12345678');
  await one.context.close();
}, 60_000);

test('a date of the procedure, a button and a time are sent as they are', async () => {
  const one = await open();
  for (const text of ['May I work on 15-07-2023?', 'Is the website there at 20.00 on 9 June 2023?']) {
    await one.say(text);
    await until(() => one.sent.includes(text), 'the message sent');
  }
  expect(await question(one).isVisible()).toBe(false);
  await one.context.close();
}, 60_000);

test.each(LANGUAGE_CODES)(
  'in %s it is said in words of the page, in their direction, and found by name and description',
  async (language) => {
    const one = await open(language);
    const own = textsOf(language);
    await one.say(`IND? ${NUMBER}`);
    await question(one).waitFor();
    const dialog = one.page.getByRole('alertdialog', { name: own.say('page:guard-title') });
    expect(await dialog.evaluate((element) => getComputedStyle(element).direction)).toBe(LANGUAGES[language].direction);
    const words = await dialog.textContent();
    for (const key of ['guard-why', 'guard-not-sent', 'guard-send', 'guard-edit'] as const) expect(words).toContain(own.say(`page:${key}`));
    await one.shoot(`31-guard-${language}`);
    await one.context.close();
  },
  60_000,
);

test.each([
  ['en', 'light'],
  ['ar', 'dark'],
] as const)(
  'axe-core finds nothing on the question in %s, %s',
  async (language, colorScheme) => {
    const one = await open(language, { bypassCSP: true, colorScheme });
    await one.say(`IND? ${NUMBER}`);
    await question(one).waitFor();
    expect(await findings(one.page)).toEqual([]);
    expect(await faintTexts(one.page)).toEqual([]);
    for (const box of await one.page
      .locator('dialog button')
      .evaluateAll((all) => all.map((button) => button.getBoundingClientRect().toJSON())))
      expect(box.height).toBeGreaterThanOrEqual(44);
    await one.context.close();
  },
  60_000,
);
