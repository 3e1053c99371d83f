import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startService } from '../service.ts';
import { readSettings } from '../settings.ts';
import { launchBrowser } from './browser.ts';
import { createLog } from './log.ts';

/** `--to FOLDER` puts them elsewhere than into the docs. */
const { values } = parseArgs({ options: { to: { type: 'string', default: join(import.meta.dirname, '..', '..', 'docs', 'pictures') } } });
const FOLDER = values.to;
/** A day on which every period of the page still runs. */
const CLOCK = '2023-07-10T12:00';
const PHONE = { width: 390, height: 844 };

const PICTURES = [
  { name: 'page-en', language: 'en', question: 'can i still get help to go home?' },
  { name: 'page-nl', language: 'nl', question: 'Tot wanneer mag ik werken?' },
  { name: 'page-ar', language: 'ar', question: 'ماذا يحدث إذا لم أرجع الاستبيان؟' },
  { name: 'page-ru', language: 'ru', question: 'до какого числа у меня жильё от gemeente?' },
  { name: 'page-fa', language: 'fa', question: 'اگر فرم را پس نفرستم چه می‌شود؟' },
  { name: 'page-tr', language: 'tr', question: 'haftaya cuma dtv basvurusu olur mu' },
] as const;

/** Takes the pictures of the docs from the real page, so that they can be taken again. */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  const settings = readSettings({
    PORT: '0',
    HOST: '127.0.0.1',
    STORE: `sqlite:${join(folder, 'bot.sqlite')}`,
    CLOCK,
    LOG_LEVEL: 'silent',
  });
  const service = await startService(settings, createLog('silent'));
  const browser = await launchBrowser();
  mkdirSync(FOLDER, { recursive: true });
  for (const { name, language, question } of PICTURES) {
    const page = await browser.newPage({ viewport: PHONE });
    await page.goto(`http://127.0.0.1:${service.port}/?lang=${language}`);
    const box = page.locator('[data-id="webchat-sendbox-input"]');
    await page.locator('.webchat__bubble__content').first().waitFor();
    await box.fill(question);
    await box.press('Enter');
    await page.locator('a[href^="https://ind.nl/"]').nth(1).waitFor();
    await page.waitForTimeout(1500);
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
    await page.context().clearCookies();
    await page.close();
  }
  for (const language of ['en', 'ar']) {
    const drawn = await fetch(`http://127.0.0.1:${service.port}/timeline/${language}.png?at=not-answered`);
    writeFileSync(join(FOLDER, `timeline-${language}.png`), Buffer.from(await drawn.arrayBuffer()));
  }
  await browser.close();
  await service.stop();
  rmSync(folder, { recursive: true });
}

main().catch((error: Error) => {
  process.stderr.write(`pictures: ${error.stack}\n`);
  process.exitCode = 1;
});
