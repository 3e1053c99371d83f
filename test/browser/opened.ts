import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../../src/operations/browser.ts';
import { type Running, runningForAll } from '../service/running.ts';

export const SCREENSHOTS = join(__dirname, '..', '..', 'build', 'screenshots');
export const PHONE = { width: 390, height: 844 };

/** A service and a browser for all tests of a file, and the folder where they put their pictures. */
export function withBrowser(environment: Record<string, string>): { readonly bot: Running; readonly browser: Browser } {
  const there = { bot: runningForAll(environment), browser: undefined as unknown as Browser };
  beforeAll(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    there.browser = await launchBrowser();
  }, 60_000);
  afterAll(() => there.browser?.close());
  return there;
}

/** The page in a browser of its own, and what a person does with it. */
export interface Opened {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly errors: string[];
  say(text: string): Promise<void>;
  /** A message of the bot that holds this text. Web Chat writes each text several times; the last is the one that is seen. */
  answer(text: string | RegExp): Locator;
  tap(label: string): Promise<void>;
  shoot(name: string): Promise<void>;
}

/** Opens an address and waits for the chat. */
export async function openPage(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'en', ...options });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(address);
  const box = page.locator('[data-id="webchat-sendbox-input"]');
  await box.waitFor();
  return {
    page,
    context,
    errors,
    async say(text) {
      await box.fill(text);
      await box.press('Enter');
    },
    answer: (text) => page.locator('.webchat__bubble__content').getByText(text).last(),
    async tap(label) {
      await page.getByRole('button', { name: label, exact: true }).last().click();
    },
    async shoot(name) {
      await page.waitForTimeout(600);
      await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
    },
  };
}
