/** The summary of a dialog as a page: what the staff prints or forwards, and what the resident reads on their own phone. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { About } from '../../dialogs/memory.ts';
import { calendarDay } from '../../knowledge/calendar/day.ts';
import { textsOf } from '../../locales/texts.ts';
import { summaryPath } from '../../src/channels/teams/summary.ts';
import { launchBrowser } from '../../src/operations/browser.ts';
import { runningForAll } from '../service/running.ts';

const bot = runningForAll();

const about: About = {
  result: {
    flow: 'may-i-stay',
    outcome: 'refused-or-closed',
    answers: [
      { question: 'situation', option: 'closed' },
      { question: 'day', option: 'day', day: calendarDay('2023-09-05') },
    ],
    day: calendarDay('2023-09-05'),
  },
};
const both = summaryPath({ about, languages: ['nl', 'ar'] });
const alone = summaryPath({ about, languages: ['ar'] });

test('both languages, with the questions and answers, the day, the source, and no script', async () => {
  const response = await fetch(bot.url + both);
  const page = await response.text();
  expect(response.status).toBe(200);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(page).not.toMatch(/<script/u);
  expect(page).toContain('5 september 2023');
  expect(page).toContain('5 سبتمبر 2023');
  expect(page).toContain('<section lang="ar" dir="rtl">');
  expect(page).toContain(textsOf('nl').say('staff:may-i-stay.questions.situation.text'));
  expect(page.match(/https:\/\/ind\.nl\//gu)?.length).toBeGreaterThanOrEqual(2);
});

test('whoever reads alone is spoken to, not about', async () => {
  const page = await (await fetch(bot.url + alone)).text();
  expect(page).toContain(textsOf('ar').find('flows:may-i-stay.questions.situation.text'));
  expect(page).not.toContain(textsOf('ar').say('staff:may-i-stay.questions.situation.text'));
});

test.each<[string, string]>([
  ['an outcome that the dialog has not', both.replace('refused-or-closed', 'rich')],
  ['a dialog that there is not', both.replace('may-i-stay', 'constructor')],
  ['an answer that the question has not', both.replace('situation.closed', 'situation.open')],
  ['a day that there is not', both.replace('day=2023-09-05', 'day=2023-02-30')],
  ['a language that there is not', both.replace('in=nl', 'in=de')],
  ['no languages', both.replace(/&in=.*/u, '')],
  ['words in the place of ids', both.replace('situation.closed', '%3Cscript%3E.x')],
])('%s: 404, and nothing of it comes back', async (_name, path) => {
  const response = await fetch(bot.url + path);
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({ error: { code: 'NotFound', message: 'There is no such summary.' } });
});

test('it fits a phone and paper', async () => {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 320, height: 568 } });
  await page.goto(bot.url + both);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  const folder = join(__dirname, '..', '..', 'build', 'screenshots');
  mkdirSync(folder, { recursive: true });
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.screenshot({ path: join(folder, 'teams-summary-print-nl-ar.png') });
  const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/gu);
  expect(pages).toHaveLength(1);
  await browser.close();
}, 60_000);
