import type { Activity } from 'botbuilder';
import { calendarDay } from '../../knowledge/calendar/day.ts';
import { messagesOf } from '../../src/channels/whatsapp/messages.ts';
import { createLinks } from '../../src/links.ts';
import { option, talk } from './talk.ts';

const day = calendarDay('2023-06-10');

describe('the address of the picture', () => {
  test.each([
    ['directline', undefined, '/timeline/fa.svg?on=2023-06-10&at=closed'],
    ['directline', 'https://bot.example.org', '/timeline/fa.svg?on=2023-06-10&at=closed'],
    ['whatsapp', undefined, undefined],
    ['msteams', undefined, undefined],
    ['whatsapp', 'https://bot.example.org/', 'https://bot.example.org/timeline/fa.png?on=2023-06-10&at=closed'],
    ['msteams', 'https://example.org/bot', 'https://example.org/bot/timeline/fa.png?on=2023-06-10&at=closed'],
  ])('on %s with the public address %s is %s', (channel, publicUrl, expected) =>
    expect(createLinks(publicUrl).timeline(channel, 'fa', day, 'closed')?.address).toBe(expected),
  );
});

/** The result of "My next step" at "I said yes", as a channel gets it. */
async function result(channelId: string): Promise<Partial<Activity>> {
  const one = talk(undefined, 'en', channelId);
  await one.say('My next step');
  await one.say(option('next-step', 'where', 'said-yes'));
  return one.last().at(-1) ?? {};
}

test('the result carries the picture with its words, in Teams as an image of pixels', async () => {
  const { attachments = [] } = await result('msteams');
  expect(attachments).toEqual([
    {
      contentType: 'image/png',
      contentUrl: 'https://bot.example.org/timeline/en.png?on=2023-06-10&at=said-yes',
      name: expect.stringMatching(/Your procedure in dates\..*You are here: Interview at the IND\./u),
    },
  ]);
});

test('on WhatsApp the picture comes first, and the text with its buttons after it', async () => {
  const [first, ...rest] = messagesOf(await result('whatsapp'));
  expect(first).toEqual({ type: 'image', image: { link: 'https://bot.example.org/timeline/en.png?on=2023-06-10&at=said-yes' } });
  expect(rest.map(({ type }) => type)).toEqual(['interactive']);
});

test('other results and answers carry none', async () => {
  const one = talk(undefined, 'en', 'msteams');
  await one.say('May I stay?');
  await one.say('Negative decision');
  await one.say('Today');
  expect(one.last().flatMap(({ attachments = [] }) => attachments)).toEqual([]);
});
