/** Every card that can be shown, in every language and state: valid, small enough for Teams, and complete. */
import { AdaptiveCard, SerializationContext, Versions } from 'adaptivecards';
import * as jsqr from 'jsqr';
import { PNG } from 'pngjs';
import { questionWords } from '../../dialogs/flow-words.ts';
import { FLOWS } from '../../dialogs/flows.ts';
import type { About } from '../../dialogs/memory.ts';
import { answerTopic } from '../../knowledge/answers/reply.ts';
import { type CalendarDay, calendarDay, instantFrom } from '../../knowledge/calendar/day.ts';
import { TOPIC_IDS } from '../../knowledge/topics/topic-ids.ts';
import { LANGUAGE_CODES, LANGUAGES, type Language } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { answerCard } from '../../src/channels/teams/cards/answer-card.ts';
import type { Card } from '../../src/channels/teams/cards/elements.ts';
import type { CardParts } from '../../src/channels/teams/cards/parts.ts';
import { questionCard, wordsCard } from '../../src/channels/teams/cards/question-card.ts';
import { readShown, type Shown, shown } from '../../src/channels/teams/cards/shown.ts';
import { textCard } from '../../src/channels/teams/cards/text-card.ts';
import { cardLinks } from '../../src/channels/teams/links.ts';
import { knowledge } from '../dialogs/talk.ts';
import { actionsOf, button, nodesOf, readingOf, rightToLeft } from './cards.ts';

/** Hundreds of cards with a drawn QR code each take so many milliseconds at the most. */
const LONG = 120_000;
/** Teams sends no card that is larger than this, in bytes; our texts are counted as UTF-8 and, to be sure, as UTF-16 too. */
const LARGEST = 28 * 1024;
const LARGEST_UTF16 = 40 * 1024;
/** One day in each state of every rule. */
const DAYS = ['2023-03-01', '2023-03-22', '2023-06-10', '2023-07-31', '2023-08-01', '2023-09-04', '2023-09-05'];
const VIEWS = [
  { layout: 'beside', asksNext: true },
  { layout: 'below', asksNext: false },
] as const;

const partsOn = (day: string): CardParts => ({
  knowledge: knowledge(),
  now: () => instantFrom(`${day}T12:00`, 'Europe/Amsterdam'),
  links: cardLinks(() => 'https://bot.example.org'),
});

const topics = (): About[] => TOPIC_IDS.filter((id) => !knowledge().topic(id).talk).map((topic) => ({ topic }));
const results: About[] = FLOWS.flatMap((flow) =>
  Object.entries(flow.outcomes)
    .filter(([, { section }]) => section !== undefined)
    .map(([outcome]) => {
      const answers = Object.entries(flow.questions).map(([question, { kind }]) =>
        kind === 'day' ? { question, option: 'day', day: calendarDay('2023-07-31') } : { question, option: 'unknown' },
      );
      return { result: { flow: flow.id, outcome, answers, day: '2023-07-31' as CalendarDay } };
    }),
);

/** The properties of Adaptive Cards 1.5, by https://adaptivecards.io/explorer, of what our cards are made of. */
const ELEMENT = ['type', 'id', 'isVisible', 'spacing', 'separator', 'height', 'fallback', 'requires'];
const INPUT = [...ELEMENT, 'label', 'isRequired', 'errorMessage', 'value', 'placeholder'];
const ACTION = ['type', 'id', 'title', 'iconUrl', 'style', 'fallback', 'tooltip', 'isEnabled', 'mode', 'requires'];
const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  AdaptiveCard: ['type', '$schema', 'version', 'lang', 'fallbackText', 'body', 'actions', 'rtl', 'speak'],
  TextBlock: [...ELEMENT, 'text', 'wrap', 'weight', 'size', 'isSubtle', 'style', 'color', 'horizontalAlignment', 'maxLines'],
  Container: [...ELEMENT, 'items', 'rtl', 'style', 'bleed'],
  ColumnSet: [...ELEMENT, 'columns'],
  Column: [...ELEMENT, 'items', 'width', 'rtl', 'style'],
  ActionSet: [...ELEMENT, 'actions'],
  Image: [...ELEMENT, 'url', 'altText', 'width', 'size', 'horizontalAlignment'],
  'Input.Text': [...INPUT, 'isMultiline', 'maxLength'],
  'Input.Date': [...INPUT, 'min', 'max'],
  'Input.ChoiceSet': [...INPUT, 'choices', 'style', 'wrap', 'isMultiSelect'],
  'Action.Execute': [...ACTION, 'verb', 'data', 'associatedInputs'],
  'Action.Submit': [...ACTION, 'data', 'associatedInputs'],
  'Action.OpenUrl': [...ACTION, 'url'],
  'Action.ShowCard': [...ACTION, 'card'],
};

/** What is wrong with a card: for the SDK's own schema of version 1.5, for the list above, and for Teams. */
function problemsOf(card: Card): string[] {
  const context = new SerializationContext(Versions.v1_5);
  const parsed = new AdaptiveCard();
  parsed.parse(card, context);
  // The SDK checks "lang" with a regular expression that remembers its last match and refuses every second one; it is checked below.
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message).filter(
    (message) => !/for property "lang"/u.test(message),
  );
  const lang = /^[a-z]{2}$/u.test(card.lang ?? '') ? [] : ['no language'];
  const rendered = nodesOf(card).flatMap((node) => {
    const known = PROPERTIES[String(node['type'])];
    if (!known) return [`unknown type ${node['type']}`];
    return Object.keys(node)
      .filter((name) => !known.includes(name))
      .map((name) => `${node['type']} has no "${name}"`);
  });
  const json = JSON.stringify(card);
  const size = Buffer.byteLength(json) > LARGEST || json.length * 2 > LARGEST_UTF16 ? [`${Buffer.byteLength(json)} bytes`] : [];
  const empty = nodesOf(card)
    .filter(({ type, text }) => type === 'TextBlock' && !/\p{L}/u.test(String(text)))
    .map(() => 'an empty text');
  const left = /\{\{|undefined/u.test(json) ? ['something is not filled in'] : [];
  return [...events, ...lang, ...rendered, ...size, ...empty, ...left];
}

test('the check sees mistakes', () => {
  const card = {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'TextBlock', text: 'x', wrapp: true }, { type: 'Blink' }],
  } as unknown as Card;
  expect(problemsOf(card)).toEqual(expect.arrayContaining(['no language', 'TextBlock has no "wrapp"', 'unknown type Blink']));
});

describe.each(LANGUAGE_CODES)('%s, with every other language beside it', (own: Language) => {
  test.each(DAYS)('every answer on %s', async (day) => {
    const parts = partsOn(day);
    for (const [index, about] of topics().entries()) {
      const resident = LANGUAGE_CODES[index % LANGUAGE_CODES.length];
      const card = await answerCard(shown(about, own, resident), VIEWS[index % 2] ?? VIEWS[0], parts);
      expect({ about, problems: problemsOf(card) }).toEqual({ about, problems: [] });
    }
  });

  test(
    'every result of a dialog',
    async () => {
      for (const [index, about] of results.entries()) {
        const resident = LANGUAGE_CODES[index % LANGUAGE_CODES.length];
        const card = await answerCard(shown(about, own, resident), VIEWS[0], partsOn(DAYS[index % DAYS.length] ?? ''));
        expect({ about, problems: problemsOf(card) }).toEqual({ about, problems: [] });
      }
    },
    LONG,
  );

  test.each(LANGUAGE_CODES)('the longest cards with %s, and as text', async (resident) => {
    const parts = partsOn('2023-06-10');
    for (const about of [{ topic: 'after-end-date' }, { topic: 'applies-to-me' }, results[8]] as About[]) {
      const what = shown(about, own, resident);
      const card = await answerCard(what, VIEWS[0], parts);
      expect(problemsOf(card)).toEqual([]);
      expect(problemsOf(textCard(what, parts))).toEqual([]);
      const expected = [own, resident].filter((one, index, all) => all.indexOf(one) === index);
      expect(rightToLeft(card)).toHaveLength(expected.filter((one) => LANGUAGES[one].direction === 'rtl').length);
      for (const language of what.languages) expect(card.fallbackText).toContain(`/${'topic' in about ? `faq/${language}#` : 'summary/'}`);
    }
  });
});

describe.each(LANGUAGE_CODES)('%s', (language) => {
  test('every question of every dialog, with a reason before it', () => {
    const { facts } = knowledge();
    const texts = textsOf(language);
    for (const flow of FLOWS) {
      for (const [question, { kind }] of Object.entries(flow.questions)) {
        const words = questionWords({ flow, facts, texts, about: 'resident' }, question);
        const card = questionCard({
          kind: 'question',
          language,
          flow: flow.id,
          question,
          opening: [words.why],
          text: words.text,
          options:
            kind === 'language'
              ? LANGUAGE_CODES.map((code) => textsOf(code).say('common:language-name'))
              : words.options.map(({ label }) => label),
          commands: ['unknown', 'why-ask', 'back', 'stop'].map((name) => texts.find(`chat:button.${name}`) ?? ''),
          day: kind === 'day',
        });
        expect({ flow: flow.id, question, problems: problemsOf(card) }).toEqual({ flow: flow.id, question, problems: [] });
      }
    }
  });

  test('every answer about the bot itself', () => {
    for (const id of TOPIC_IDS.filter((topic) => knowledge().topic(topic).talk)) {
      const { paragraphs } = answerTopic(id, '', language, partsOn('2023-06-10').now(), knowledge());
      expect(
        problemsOf(wordsCard({ kind: 'words', language, paragraphs, buttons: [textsOf(language).say('staff:next-step.title')] })),
      ).toEqual([]);
    }
  });
});

test(
  'what a button sends back is read as what the card shows',
  async () => {
    for (const about of [...topics(), ...results]) {
      const what: Shown = shown(about, 'nl', 'ar');
      const card = await answerCard(what, VIEWS[0], partsOn('2023-06-10'));
      const { data } = button(card, textsOf('nl').say('teams:card.copy'));
      expect(readShown(JSON.parse(JSON.stringify(data)))).toEqual(JSON.parse(JSON.stringify(what)));
    }
  },
  LONG,
);

test('the QR code leads to the same address as the link beside it: the answer in the language of the resident', async () => {
  const card = await answerCard(shown({ topic: 'work' }, 'nl', 'fa'), VIEWS[0], partsOn('2023-06-10'));
  const image = nodesOf(card).find(({ type }) => type === 'Image');
  const png = PNG.sync.read(Buffer.from(String(image?.['url']).replace('data:image/png;base64,', ''), 'base64'));
  const read = jsqr.default as unknown as typeof jsqr.default.default;
  const code = read(new Uint8ClampedArray(png.data), png.width, png.height);
  expect(code?.data).toBe('https://bot.example.org/faq/fa#work');
  expect(button(card, textsOf('nl').say('teams:card.open')).url).toBe(code?.data);
});

test('a summary holds the questions and answers, the day, and nothing about who the resident is', async () => {
  const answers = [
    { question: 'situation', option: 'closed' },
    { question: 'day', option: 'day', day: calendarDay('2023-09-05') },
  ];
  const about: About = { result: { flow: 'may-i-stay', outcome: 'refused-or-closed', answers, day: calendarDay('2023-09-05') } };
  const card = await answerCard(shown(about, 'en', 'tr'), VIEWS[0], partsOn('2023-06-10'));
  const en = textsOf('en');
  expect(readingOf(card)).toContain(
    `${en.say('staff:may-i-stay.questions.situation.text')} – ${en.say('flows:may-i-stay.questions.situation.options.closed')}`,
  );
  expect(readingOf(card)).toContain('5 September 2023');
  expect(readingOf(card)).toContain('5 Eylül 2023');
  expect(actionsOf(card).find(({ title }) => title === en.say('teams:card.print'))?.url).toBe(
    'https://bot.example.org/summary/may-i-stay/refused-or-closed?day=2023-09-05&given=situation.closed%7Eday.2023-09-05&in=en%7Etr',
  );
});
