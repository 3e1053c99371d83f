/** Thumbs on the page, in a real browser: what a click does, and what is left of it in the store. */
import { textsOf } from '../../locales/texts.ts';
import { openSqliteStore } from '../../src/stores/sqlite.ts';
import { until } from '../service/running.ts';
import { openPage, withBrowser } from './opened.ts';

const there = withBrowser({ CLOCK: '2023-07-10T12:00' });
const { bot } = there;

test('a thumb down, a yes, and the question is kept without what is personal; everything is counted', async () => {
  const texts = textsOf('fa');
  const one = await openPage(there.browser, `${bot.url}/?lang=fa`);
  await one.say('اگر فرم را پس نفرستم چه می‌شود؟ ۰۶۱۲۳۴۵۶۷۸');
  await one.tap(texts.say('page:guard-send'));
  await one.page
    .getByRole('button', { name: texts.say('feedback:dislike'), exact: true })
    .last()
    .waitFor();
  await one.shoot('thumbs-fa');
  await one.tap(texts.say('feedback:dislike'));
  await one.page.getByText(texts.say('feedback:sorry')).last().waitFor();
  await one.shoot('may-i-keep-fa');
  await one.tap(texts.say('feedback:yes'));
  await one.answer('اگر فرم را پس نفرستم چه می‌شود؟ …').waitFor();

  // The words of the question stand on the page before the answer does: the store tells when it is kept.
  const store = openSqliteStore(bot.storeFile);
  const [kept] = await until(async () => {
    const questions = await store.keptQuestions();
    return questions.length > 0 && questions;
  }, 'the kept question');
  expect(one.errors).toEqual([]);
  await one.context.close();
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
