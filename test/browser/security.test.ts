/** The policy of the page in a real browser: what is written never runs, and nothing of the page itself is against it. */
import type { Page } from 'playwright-core';
import { openPage, withBrowser } from './opened.ts';

const there = withBrowser({ CLOCK: '2023-07-10T12:00' });

/** What the browser has refused, by directive and source. */
const refused = (page: Page) => page.evaluate(() => (window as unknown as { refused: string[] }).refused);
const ran = (page: Page) => page.evaluate(() => (window as unknown as { ran?: number }).ran);

async function opened() {
  const one = await openPage(there.browser, there.bot.url);
  await one.page.evaluate(() => {
    const list: string[] = [];
    Object.assign(window, { refused: list });
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      list.push(`${effectiveDirective} ${blockedURI}`),
    );
  });
  await one.answer(/computer program/u).waitFor();
  return one;
}

test('a conversation with an answer, a picture and another language is within the policy', async () => {
  const one = await opened();
  await one.say('Until when may I work?');
  await one.answer(/right to work/u).waitFor();
  await one.page.locator('#language').selectOption('ar');
  await one.page.locator('html[lang="ar"]').waitFor();
  expect(await refused(one.page)).toEqual([]);
  expect(one.errors).toEqual([]);
  await one.context.close();
}, 60_000);

test.each([
  '<img src="x" onerror="window.ran = 1">',
  '<script>window.ran = 1</script>',
  '<svg onload="window.ran = 1"><style>@import "https://evil.example"</style></svg>',
  '[tap](javascript:window.ran=1) ![p](https://evil.example/p.png)',
])(
  'what a person writes is text: %s',
  async (text) => {
    const one = await opened();
    await one.say(text);
    // Its own message and the answer to it.
    await one.page.locator('.webchat__bubble--from-user').waitFor();
    await one.page.waitForFunction(() => document.querySelectorAll('.webchat__bubble').length >= 3);
    expect(await one.page.locator('.webchat__bubble--from-user :is(script, svg[onload], img, a[href^="javascript"])').count()).toBe(0);
    expect(await ran(one.page)).toBeUndefined();
    await one.context.close();
  },
  60_000,
);

test('even a script that somebody got into the page does not run, and nothing is fetched from elsewhere', async () => {
  const one = await opened();
  await one.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = 1';
    const far = document.createElement('script');
    far.src = 'https://evil.example/x.js';
    const picture = document.createElement('img');
    picture.src = 'https://evil.example/p.png';
    document.body.append(script, far, picture);
    document.body.insertAdjacentHTML('beforeend', '<p onclick="window.ran = 1" id="trap">x</p>');
    document.getElementById('trap')?.click();
  });
  await one.page.waitForFunction(() => (window as unknown as { refused: string[] }).refused.length >= 4);
  expect(await ran(one.page)).toBeUndefined();
  const directives = (await refused(one.page)).map((entry) => entry.split(' ')[0]);
  expect(new Set(directives)).toEqual(new Set(['script-src-elem', 'script-src-attr', 'img-src']));
  await one.context.close();
}, 60_000);
