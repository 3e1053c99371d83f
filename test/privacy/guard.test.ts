/** The guard in every channel: what is personal is cut out before anything is kept, the question is answered, the person is told once. */
import type { TurnContext } from 'botbuilder';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { option, talk } from '../dialogs/talk.ts';
import { newPerson } from '../service/person.ts';
import { type Running, runningForAll, until } from '../service/running.ts';
import { cardOf, readingOf } from '../teams/cards.ts';
import { activity, type Microsoft, microsoft, post, TENANT, teamsBot } from '../teams/microsoft.ts';
import { meta, removeStores, startLine, textDelivery, wordsOf } from '../whatsapp/line.ts';

const PHONE = '0612345678';
const MAIL = 'amina@example.org';
const TOLD = textsOf('en').say('chat:personal-data');

describe('over Direct Line', () => {
  const bot = runningForAll();

  test('the feed has the message without it, the question is answered, and the person is told once', async () => {
    const one = await newPerson(bot);
    await one.post({ type: 'message', text: `Until when may I work? Call me at ${PHONE}` });
    await until(async () => (await one.heard()).length === 3, 'the answer');
    await one.ask(`What is the interview about? My mail is ${MAIL}`);
    const heard = (await one.heard()).map(({ text }) => text);
    expect(heard).toEqual([expect.any(String), TOLD, expect.stringMatching(/right to work/u), expect.stringMatching(/who you are/u)]);
    const said = (await one.feed()).filter(({ from }) => from.role === 'user').map(({ text }) => text);
    expect(said).toEqual(['Until when may I work? Call me at …', 'What is the interview about? My mail is …']);
  });

  test('a message that is nothing else is not kept either, in the language of the person', async () => {
    const one = await newPerson(bot, 'nl');
    await one.post({ type: 'message', text: PHONE, locale: 'nl' });
    await until(async () => (await one.heard()).length === 3, 'the answer');
    const { say } = textsOf('nl');
    expect((await one.heard()).slice(1).map(({ text }) => text)).toEqual([say('chat:personal-data'), say('chat:only-signs')]);
  });

  test('of a message nothing but the text is kept: no value, no name beside it', async () => {
    const one = await newPerson(bot);
    await one.post({ type: 'message', text: 'hello', name: `n ${PHONE}`, value: { mail: MAIL } });
    await until(async () => (await one.heard()).length === 2, 'the answer');
    expect(JSON.stringify(await one.feed())).not.toMatch(/0612345678|example\.org/u);
  });
});

describe('on WhatsApp and in Teams', () => {
  let internet: Microsoft;
  let bot: Running;
  beforeAll(async () => {
    internet = await microsoft();
    bot = await teamsBot();
  });
  afterAll(async () => {
    await bot.stop();
    internet.leave();
    removeStores();
  });

  test('WhatsApp: the queue gets the message without it; the person is told once and answered', async () => {
    const to = meta();
    const line = await startLine();
    await line.post(textDelivery(`Until when may I work? Call me at ${PHONE}`));
    await until(() => to.sent.length >= 2, 'the answer');
    await line.post(textDelivery(`What is the interview about? My mail is ${MAIL}`));
    await until(() => to.sent.length >= 3, 'the second answer');
    await line.stop();
    const words = to.sent.map(wordsOf);
    expect(words[0]).toBe(TOLD);
    expect(words.filter((text) => text === TOLD)).toHaveLength(1);
    expect(words[1]).toMatch(/right to work/u);
    expect(words.slice(2).join()).toMatch(/who you are/u);
  });

  test('WhatsApp: what runs later, maybe after a restart, has never seen it', async () => {
    const heard: string[] = [];
    const run = async ({ activity: { text } }: TurnContext) => void heard.push(text);
    const line = await startLine({ run });
    await line.post(textDelivery(`my V-number 1234567890 and ${MAIL}`));
    await until(() => heard.length > 0, 'the turn');
    await line.stop();
    expect(heard).toEqual(['my … and …']);
  });

  test('Teams: data of a resident that staff pastes is cut out too; told once, answered', async () => {
    const conversation = { id: 'a:guard', conversationType: 'personal', tenantId: TENANT };
    const say = async (text: string) => {
      internet.clear();
      expect((await post(bot, activity({ conversation, text }))).status).toBe(200);
      return internet.messages().map((call) => call.activity);
    };
    const [told, answer] = await say(`Tot wanneer mag de bewoner werken? V-nummer 1234567890, tel ${PHONE}`);
    expect(told?.text).toBe(textsOf('nl').say('chat:personal-data'));
    expect(readingOf(cardOf(answer))).toContain('4 september 2023');
    const [second, ...more] = await say(`Waar gaat het gehoor over? Mail: ${MAIL}`);
    expect(second?.attachments).toHaveLength(1);
    expect(more).toEqual([]);
  });

  test('Teams: what is typed on a card or into the search is guarded as well', async () => {
    const conversation = { id: 'a:guard-card', conversationType: 'personal', tenantId: TENANT };
    const invoke = async (name: string, value: object) => {
      internet.clear();
      const response = await post(bot, activity({ conversation, type: 'invoke', name, value, replyToId: `sent-${internet.sent()}` }));
      return JSON.stringify(await response.json());
    };
    await post(bot, activity({ conversation, text: textsOf('nl').find('flows:return-help.title', {}) }));
    const data = { flow: 'return-help', question: 'day', input: PHONE };
    const answer = await invoke('adaptiveCard/action', { action: { type: 'Action.Execute', verb: 'answer', data } });
    expect(answer).not.toContain(PHONE);
    expect(internet.messages().map((call) => call.activity.text)).toEqual([textsOf('nl').say('chat:personal-data')]);

    const search = (value: string) =>
      invoke('composeExtension/query', { commandId: 'search-answers', parameters: [{ name: 'question', value }] });
    expect(await search(`werken ${MAIL}`)).toBe(await search('werken …'));
  });
});

test.each(LANGUAGE_CODES)('a dialog that asks for a day takes it as before, in %s', async (language) => {
  const one = talk('2023-06-10T12:00', language);
  const { find, say } = textsOf(language);
  await one.say(find('flows:return-help.title', {}) ?? '');
  const answer = await one.say('15-07-2023');
  expect(answer).not.toContain(say('chat:personal-data'));
  expect(answer).toContain(find('flows:return-help.questions.country.text', {}));
});

test('in the middle of a dialog the person is told, and the dialog goes on', async () => {
  const one = talk();
  await one.say('Is this about me?');
  const cut = { channelData: { personalDataCut: true } };
  const answer = await one.say(`${option('about-me', 'nationality', 'no')}`, cut);
  expect(answer.startsWith(TOLD)).toBe(true);
  expect(await one.say('Yes', cut)).not.toContain(TOLD);
  expect(one.stored()).toContain('about-me');
});
