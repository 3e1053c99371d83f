/** A bad connection: nothing that a person writes is lost, and nothing is sent twice. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { BrowserContext } from 'playwright-core';
import { textsOf } from '../../locales/texts.ts';
import { ASSETS_FOLDER, WORKER_FILE } from '../../src/page/assets.ts';
import { until } from '../service/running.ts';
import { type Opened, openPage, withBrowser } from './opened.ts';

const { say } = textsOf('en');

const there = withBrowser({ CLOCK: '2023-07-10T12:00' });
const { bot } = there;

/** What the server has of the conversation of a page, by its own feed. */
async function feedOf(one: Opened): Promise<{ from: { role: string }; text?: string }[]> {
  return one.page.evaluate(async () => {
    const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    const { token, conversationId } = await (await fetch('/api/directline/token', post)).json();
    const feed = await fetch(`/v3/directline/conversations/${conversationId}/activities`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return (await feed.json()).activities;
  });
}

async function sent(one: Opened): Promise<string[]> {
  return (await feedOf(one)).filter(({ from }) => from.role === 'user').map(({ text }) => text ?? '');
}

const settled = (one: Opened) => until(async () => (await one.page.locator('.delivery').count()) === 0, 'everything sent');

test('what is written without a connection waits, is said to wait, and is sent once when it is back', async () => {
  const one = await openPage(there.browser, bot.url);
  await one.answer(/computer program/u).waitFor();
  await one.context.setOffline(true);
  await one.say('Until when may I work?');
  await one.say('What is the interview about?');
  await one.page.locator('.delivery').nth(1).waitFor();
  expect(await one.page.locator('.delivery').allTextContents()).toEqual([say('page:waiting'), say('page:waiting')]);
  expect(await one.page.locator('#status-text').textContent()).toBe(say('page:offline'));
  expect(await one.page.locator('#stored-answers').getAttribute('href')).toBe('/faq/en');
  await one.shoot('10-offline');
  await one.context.setOffline(false);
  await one.answer(/who you are/u).waitFor();
  await settled(one);
  expect(await sent(one)).toEqual(['Until when may I work?', 'What is the interview about?']);
  expect(await one.page.locator('#status-text').textContent()).toBe('');
  expect(await one.page.evaluate(() => sessionStorage.length)).toBe(0);
  await one.context.close();
}, 60_000);

test('a question whose answer to the sending is lost is sent again and counts once', async () => {
  const one = await openPage(there.browser, bot.url);
  await one.answer(/computer program/u).waitFor();
  let lost = 0;
  await one.page.route('**/v3/directline/conversations/*/activities', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue();
    lost += 1;
    // The server gets it, and the phone never hears of it.
    await route.fetch();
    await one.context.setOffline(true);
    return route.abort('connectionfailed');
  });
  await one.say('Until when may I work?');
  await one.page.waitForTimeout(500);
  await one.context.setOffline(false);
  await one.answer(/right to work/u).waitFor();
  await settled(one);
  expect(lost).toBe(1);
  expect(await sent(one)).toEqual(['Until when may I work?']);
  expect((await feedOf(one)).filter(({ text }) => text?.includes('right to work'))).toHaveLength(1);
  await one.context.close();
}, 60_000);

/** Answers the first requests like a service with too much to do. */
async function refuseFirst(one: BrowserContext, address: string, times: number): Promise<{ refused: number }> {
  const seen = { refused: 0 };
  await one.route(address, (route) => {
    if (route.request().method() !== 'POST' || seen.refused >= times) return route.continue();
    seen.refused += 1;
    return route.fulfill({ status: 429, headers: { 'retry-after': '1' }, json: { error: { code: 'TooManyRequests', message: 'x' } } });
  });
  return seen;
}

test('too many messages: the one too many says that it waits, the connection stays, and it is sent once by itself', async () => {
  const one = await openPage(there.browser, bot.url);
  await one.answer(/computer program/u).waitFor();
  const seen = await refuseFirst(one.context, '**/v3/directline/conversations/*/activities', 2);
  await one.say('Until when may I work?');
  await one.page
    .locator('.delivery')
    .filter({ hasText: say('page:later') })
    .waitFor();
  expect(await one.page.locator('#status-text').textContent()).toBe('');
  await one.answer(/right to work/u).waitFor();
  await settled(one);
  expect(seen.refused).toBe(2);
  expect(await sent(one)).toEqual(['Until when may I work?']);
  await one.context.close();
}, 60_000);

test('no place for a new conversation: the page says so, offers the answers, and begins by itself', async () => {
  const context = await there.browser.newContext({ locale: 'en' });
  const seen = await refuseFirst(context, '**/api/directline/token', 2);
  const page = await context.newPage();
  await page.goto(bot.url);
  await page
    .locator('#status-text')
    .filter({ hasText: say('page:busy') })
    .waitFor();
  expect(await page.locator('#stored-answers').isVisible()).toBe(true);
  await page
    .locator('.webchat__bubble__content')
    .getByText(/computer program/u)
    .last()
    .waitFor();
  expect(seen.refused).toBe(2);
  expect(await page.locator('#status-text').textContent()).toBe('');
  await context.close();
}, 60_000);

test('a reload without a connection opens the kept page, and what waited is still there and is sent once', async () => {
  const one = await openPage(there.browser, bot.url);
  await one.answer(/computer program/u).waitFor();
  await until(() => one.page.evaluate(() => caches.match('/?lang=en', { ignoreVary: true }).then(Boolean)), 'the page kept');
  await one.context.setOffline(true);
  await one.say('Until when may I work?');
  await one.page.locator('.delivery').waitFor();
  await one.page.reload();
  await one.page.locator('.delivery').waitFor();
  await one.answer('Until when may I work?').waitFor();
  expect(await one.page.locator('#status-text').textContent()).toBe(say('page:offline'));
  await one.shoot('11-offline-reloaded');
  await one.context.setOffline(false);
  await one.answer(/right to work/u).waitFor();
  await settled(one);
  expect(await sent(one)).toEqual(['Until when may I work?']);
  await one.context.close();
}, 60_000);

test('a new page without a connection shows the questions and takes a message for later', async () => {
  const one = await openPage(there.browser, `${bot.url}/?lang=ru`);
  await until(() => one.page.evaluate(() => caches.match('/?lang=ru', { ignoreVary: true }).then(Boolean)), 'the page kept');
  await one.context.setOffline(true);
  const page = await one.context.newPage();
  await page.goto(bot.url);
  await page.getByText(textsOf('ru').say('page:offline')).waitFor();
  expect(await page.locator('.topic').first().isVisible()).toBe(true);
  await page.screenshot({ path: 'build/screenshots/12-offline-new-ru.png' });
  await page.locator('[data-id="webchat-sendbox-input"]').fill('До какого числа я могу работать?');
  await page.keyboard.press('Enter');
  await page.locator('.delivery').waitFor();
  await one.context.close();
}, 60_000);

test('a language chosen without a connection is shown at once and told to the bot later', async () => {
  const one = await openPage(there.browser, bot.url);
  const choose = (language: string) => one.page.selectOption('#language', language);
  const changed = (language: 'en' | 'nl') => textsOf(language).say('chat:language-changed');
  await one.answer(/computer program/u).waitFor();
  await choose('nl');
  await one.answer(changed('nl')).waitFor();
  await choose('en');
  await one.answer(changed('en')).waitFor();
  await one.context.setOffline(true);
  await choose('nl');
  await one.page.getByText(textsOf('nl').say('page:offline')).waitFor();
  expect(await one.page.title()).toBe(textsOf('nl').say('page:title'));
  await one.context.setOffline(false);
  const told = async () => (await feedOf(one)).filter(({ text }) => text?.includes(changed('nl'))).length;
  await until(async () => (await told()) === 2, 'the bot told');
  await one.say('Tot wanneer mag ik werken?');
  await one.answer(/4 september 2023/u).waitFor();
  await one.context.close();
}, 60_000);

test('nothing that a person wrote stays on the phone: no storage and no cache holds it', async () => {
  const one = await openPage(there.browser, bot.url);
  await one.say('Until when may I work?');
  await one.answer(/right to work/u).waitFor();
  await settled(one);
  const kept = await one.page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(
      names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)),
    );
    return {
      local: localStorage.length,
      session: sessionStorage.length,
      databases: (await indexedDB.databases()).length,
      paths: requests.flat(),
    };
  });
  expect(kept).toMatchObject({ local: 0, session: 0, databases: 0 });
  expect(kept.paths.length).toBeGreaterThan(0);
  expect(kept.paths.filter((path) => !/^\/(?:assets\/.*|texts\/.*|faq\/..|)$/u.test(path))).toEqual([]);
  await one.context.close();
}, 60_000);

describe('the plain answers', () => {
  let server: Server;
  let url: string;
  let edition = 'first';
  beforeAll(async () => {
    const app = express();
    app.get(`/${WORKER_FILE}`, (_request, response) => response.sendFile(WORKER_FILE, { root: ASSETS_FOLDER }));
    app.use('/assets', express.static(ASSETS_FOLDER));
    app.get(['/', '/faq/en', '/else'], (request, response) => void response.send(`<!doctype html><p>${request.path} ${edition}</p>`));
    server = createServer(app);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  test('come from the network where there is one, else from the phone; other pages are not kept', async () => {
    const context = await there.browser.newContext();
    const page = await context.newPage();
    await page.goto(url);
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/service-worker.js');
      await navigator.serviceWorker.ready;
    });
    await until(() => page.evaluate(() => navigator.serviceWorker.controller !== null), 'a controlled page');
    await page.evaluate(() => navigator.serviceWorker.controller?.postMessage({ keep: ['/faq/en', '/else'] }));
    await until(() => page.evaluate(() => caches.match('/faq/en').then(Boolean)), 'the answers kept');
    edition = 'second';
    await page.goto(`${url}/faq/en`);
    expect(await page.textContent('p')).toBe('/faq/en second');
    await context.setOffline(true);
    await page.goto(`${url}/faq/en#work`);
    expect(await page.textContent('p')).toBe('/faq/en second');
    await expect(page.goto(`${url}/else`)).rejects.toThrow(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/u);
    await context.close();
  }, 30_000);
});
