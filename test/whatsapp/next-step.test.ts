/** "My next step" through webhooks, to each of its ends: buttons, rows and typed numbers mixed. */
import nock from 'nock';
import type { Step } from '../../dialogs/flow.ts';
import { stepsOf } from '../../dialogs/flow.ts';
import { outcomeWords } from '../../dialogs/flow-words.ts';
import { nextStep } from '../../dialogs/next-step.ts';
import { dayAt, instantFrom } from '../../knowledge/calendar/day.ts';
import { loadKnowledge } from '../../knowledge/knowledge.ts';
import { textsOf } from '../../locales/texts.ts';
import { until } from '../service/running.ts';
import { delivery, type Line, leaveNetwork, meta, removeStores, type SentMessage, startLine, textDelivery, wordsOf } from './line.ts';

const { facts } = loadKnowledge();
const now = instantFrom('2023-06-10T12:00', facts.timeZone);
const RIGHT_TO_LEFT_MARK = /\u200F/gu;

let line: Line;
beforeAll(async () => {
  nock.disableNetConnect();
  nock.enableNetConnect('127.0.0.1');
  line = await startLine();
});
afterEach(() => nock.cleanAll());
afterAll(async () => {
  await line.stop();
  leaveNetwork();
  removeStores();
});

/** The options of a message as a person sees them: how to tap each, or the number that stands before it. */
function choicesIn(message: SentMessage): { title: string; reply: object }[] {
  const { action, type = '' } = message.interactive ?? {};
  const interactive = (kind: string, reply: object) => ({ type: 'interactive', interactive: { type: kind, [kind]: reply } });
  if (type === 'button')
    return (action?.buttons ?? []).map(({ reply }) => ({ title: reply.title, reply: interactive('button_reply', reply) }));
  if (type === 'list') {
    const rows = action?.sections?.flatMap((section) => section.rows) ?? [];
    return rows.map((row) => ({ title: row.description ?? row.title, reply: interactive('list_reply', row) }));
  }
  const numbered = [
    ...wordsOf(message)
      .replace(RIGHT_TO_LEFT_MARK, '')
      .matchAll(/^(\d+)\. (.+)$/gmu),
  ];
  return numbered.map(([, number, title]) => ({ title: title ?? '', reply: { type: 'text', text: { body: number } } }));
}

interface Way {
  readonly choose: readonly { readonly question: string; readonly option: string }[];
  readonly outcome: string;
}

/** All ways through the flow: the options to choose and the outcome at the end. */
function ways(question = nextStep.start): Way[] {
  const { options = {} } = nextStep.questions[question] as { options?: Record<string, Step> };
  return Object.entries(options).flatMap(([option, step]): Way[] => {
    const here = { question, option };
    if ('outcome' in step) return [{ choose: [here], outcome: step.outcome }];
    return ways(step.question).map(({ choose, outcome }) => ({ choose: [here, ...choose], outcome }));
  });
}

/** Digits as people of the language may type them. */
const arabicDigits = (number: string) => number.replace(/\d/gu, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? digit);

const cases = (['ar', 'en'] as const).flatMap((language) =>
  ways().map((way, index) => ({ ...way, language, person: `31600000${index}0` })),
);

test('a way leads to every outcome but the one of "I do not know"', () => {
  expect(new Set(ways().map(({ outcome }) => outcome)).size).toBe(Object.keys(nextStep.outcomes).length - 1);
  expect(Object.values(nextStep.questions).every((question) => stepsOf(question).length > 1)).toBe(true);
});

test.each(cases)('$language: $outcome', async ({ language, choose, outcome, person }) => {
  const texts = textsOf(language);
  const to = meta();
  const whole = { person: `${person}${language === 'ar' ? 1 : 2}` };
  const say = async (body: string): Promise<SentMessage> => {
    const before = to.sent.length;
    await line.post(body);
    await until(() => to.sent.length > before, 'an answer');
    return to.sent.at(-1) as SentMessage;
  };
  let last = await say(textDelivery(texts.say('flows:next-step.title'), whole));
  for (const { question, option } of choose) {
    const title = texts.find(`flows:next-step.questions.${question}.options.${option}`, {});
    const found = choicesIn(last).find((choice) => choice.title === title);
    if (!found) throw new Error(`"${title}" is not offered: ${JSON.stringify(last)}`);
    const typed = (found.reply as { text?: { body: string } }).text?.body;
    const body = typed && language === 'ar' ? textDelivery(arabicDigits(typed), whole) : delivery(found.reply, whole);
    last = await say(body);
  }
  const counted = async () => (await line.counted())['bot_whatsapp_sent_total sent'] === (await line.turns());
  await until(async () => (await counted()) || to.sent.length > 2, 'the rest');
  const given = { flow: 'next-step', outcome, answers: [], day: dayAt(now, facts.timeZone) } as const;
  const { paragraphs } = outcomeWords({ flow: nextStep, facts, texts }, given, now);
  const read = to.sent.map(wordsOf).join('\n').replace(RIGHT_TO_LEFT_MARK, '');
  expect(paragraphs.length).toBeGreaterThan(0);
  for (const paragraph of paragraphs) expect(read).toContain(paragraph);
});

test('a number chooses from the last message only, and an old button still means what it said', async () => {
  const to = meta();
  const person = { person: '316111111' };
  const say = async (body: string): Promise<SentMessage> => {
    const before = to.sent.length;
    await line.post(body);
    await until(() => to.sent.length > before, 'an answer');
    return to.sent.at(-1) as SentMessage;
  };
  const first = await say(textDelivery('Hello', person));
  const [option] = choicesIn(first);
  if (!option) throw new Error('a greeting offers something');
  await say(textDelivery('Until when may I work?', person));
  const tapped = await say(delivery(option.reply, person));
  const again = await say(delivery(option.reply, person));
  expect(wordsOf(again)).toBe(wordsOf(tapped));
});

test('with a public address the picture of the procedure goes out before the result', async () => {
  const to = meta();
  const open = await startLine({ publicUrl: 'https://bot.example.org' });
  const person = { person: '316222222' };
  await open.post(textDelivery('My next step', person));
  await until(() => to.sent.length === 1, 'the question');
  await open.post(textDelivery('I got a negative decision', person));
  await until(() => to.sent.length >= 3, 'the picture and the result');
  expect(to.sent[1]).toMatchObject({ type: 'image', image: { link: 'https://bot.example.org/timeline/en.png?on=2023-06-10&at=negative' } });
  expect(wordsOf(to.sent[2] as SentMessage)).toContain('4 September 2023');
  await open.stop();
});
