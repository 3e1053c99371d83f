import type { Language } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { option, talk } from './talk.ts';

const OPEN = '2023-06-20T12:00';
const PUBLIC = 'https://bot.example.nl';

/** What the bot says to these messages at last. */
async function said(messages: readonly string[], now: string, publicUrl: string | undefined, channelId: string, language: Language = 'en') {
  const person = talk(now, language, channelId, publicUrl ?? null);
  let last = '';
  for (const message of messages) last = await person.say(message);
  return last;
}

const RETURN_HELP = [
  'Help with returning',
  'today',
  option('return-help', 'country', 'origin'),
  option('return-help', 'requirements', 'yes'),
];
const MAY_I_STAY = ['May I stay?', option('may-i-stay', 'situation', 'negative'), 'today'];
const NEXT_STEP = ['My next step', option('next-step', 'where', 'negative')];

test.each<[string, string[], string, boolean]>([
  ['return-help', RETURN_HELP, OPEN, true],
  ['return-help when the window is over', RETURN_HELP, '2023-08-10T12:00', false],
  ['may-i-stay', MAY_I_STAY, OPEN, true],
  ['may-i-stay on the last day', MAY_I_STAY, '2023-09-04T12:00', true],
  ['may-i-stay when the protection is over', MAY_I_STAY, '2023-09-05T12:00', false],
  ['next-step', NEXT_STEP, OPEN, true],
  ['a result that rests on no rule', ['My next step', option('next-step', 'where', 'said-yes')], OPEN, false],
  ['an answer of a topic with a rule', ['Until when may I work?'], OPEN, true],
  ['an answer of a topic without one', ['What is the interview about?'], OPEN, false],
  ['an answer of a rule that is over', ['Can I still apply for money to go home?'], '2023-08-10T12:00', false],
])('%s: is the calendar file offered?', async (_name, messages, now, offered) => {
  const text = await said(messages, now, PUBLIC, 'whatsapp');
  expect(text).toContain('Source: page of the IND');
  expect(text.includes(`[${textsOf('en').say('calendar:offer')}](${PUBLIC}/calendar/en.ics)`)).toBe(offered);
});

test.each<[string, string | undefined, string, string | undefined]>([
  ['the own page, without a public address', undefined, 'directline', '(/calendar/nl.ics)'],
  ['the own page, with one', PUBLIC, 'directline', `(${PUBLIC}/calendar/nl.ics)`],
  ['another app, without one', undefined, 'msteams', undefined],
  ['another app, with one', PUBLIC, 'msteams', `(${PUBLIC}/calendar/nl.ics)`],
])('on %s the link is one that can be followed there, in the language of the answer', async (_name, publicUrl, channel, link) => {
  const text = await said(['Tot wanneer mag ik werken?'], OPEN, publicUrl, channel, 'nl');
  expect(text).toContain('4 september 2023');
  expect(/\(\S*\/calendar\/\S*\)/u.exec(text)?.[0]).toBe(link);
});
