/** A member of staff helps a resident at the desk, through the real endpoint; Microsoft's side is played by nock. */
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Flow, Step } from '../../dialogs/flow.ts';
import { FLOWS } from '../../dialogs/flows.ts';
import { LANGUAGE_CODES, type Language } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import type { Card } from '../../src/channels/teams/cards/elements.ts';
import { type Running, removeFolders } from '../service/running.ts';
import { actionsOf, button, cardOf, readingOf, rightToLeft } from './cards.ts';
import { activity, type Microsoft, microsoft, post, teamsBot } from './microsoft.ts';

let bot: Running;
let internet: Microsoft;
beforeAll(async () => {
  internet = await microsoft();
  bot = await teamsBot();
});
beforeEach(() => {
  internet.clear();
  internet.answerUpdatesWith(200);
});
afterAll(async () => {
  await bot.stop();
  removeFolders();
  internet.leave();
});

let desks = 0;

/** A chat of its own for each test. */
function desk(locale = 'nl-NL', platform = 'Windows') {
  desks += 1;
  const conversation = { id: `a:desk-${desks}`, conversationType: 'personal', tenantId: '00000000-0000-4000-8000-00000000000a' };
  const more = { conversation, locale, entities: [{ type: 'clientInfo', locale, platform }] };
  let last: { id: string; card: Card | undefined } | undefined;
  const note = () => {
    const message = internet.messages().at(-1);
    const card = message?.activity.attachments ? cardOf(message.activity) : undefined;
    last = { id: `sent-${internet.sent()}`, card };
    return message;
  };
  return {
    conversation,
    /** Says something, and gives back the message that came last. */
    async say(text: string, extra: Record<string, unknown> = {}) {
      internet.clear();
      const response = await post(bot, activity({ ...more, text, ...extra }));
      expect(response.status).toBe(200);
      return note()?.activity;
    },
    async ask(text: string): Promise<Card> {
      return cardOf(await this.say(text));
    },
    /** Taps a button of the last card, with what was entered, and gives back what came in its place. */
    async tap(title: string, entered: Record<string, unknown> = {}, on: Card | undefined = last?.card) {
      if (!on) throw new Error('there is no card to tap on');
      const { verb, data } = button(on, title);
      const value = { action: { type: 'Action.Execute', verb, data: { ...(data as object), ...entered } }, trigger: 'manual' };
      const invoke = activity({ ...more, type: 'invoke', name: 'adaptiveCard/action', value, replyToId: last?.id });
      const response = await post(bot, invoke);
      expect(response.status).toBe(200);
      const body = (await response.json()) as { statusCode: number; type: string; value: Card };
      if (body.statusCode === 200 && body.type.endsWith('card.adaptive')) last = { id: last?.id ?? '', card: body.value };
      return body;
    },
    card: () => last?.card as Card,
  };
}

const nl = textsOf('nl');
const ar = textsOf('ar');

test('a question in Dutch is answered in Dutch; with Arabic chosen the same card shows both, and so does the next answer', async () => {
  const one = desk();
  const first = await one.ask('Tot wanneer mag ik werken?');
  expect(readingOf(first)).toContain('4 september 2023');
  expect(rightToLeft(first)).toEqual([]);
  expect(first.lang).toBe('nl');

  const before = internet.calls.length;
  const { type, value } = await one.tap(nl.say('teams:card.show'), { resident: 'ar', own: 'nl' });
  expect(type).toBe('application/vnd.microsoft.card.adaptive');
  // In place: nothing new is sent.
  expect(internet.calls).toHaveLength(before);
  expect(readingOf(value)).toContain('4 september 2023');
  const [inArabic] = rightToLeft(value);
  expect(inArabic).toContain('4 سبتمبر 2023');
  expect(inArabic).toContain(ar.say('common:language-name'));
  expect(value.body?.find(({ type: kind }) => kind === 'ColumnSet')).toBeDefined();

  const second = await one.ask('Hoe krijg ik de beslissing?');
  expect(rightToLeft(second).join()).toContain(ar.say('common:language-name'));
});

test('source and date stand on the card in both languages, and the day that was asked about is kept over a change of language', async () => {
  const one = desk();
  await one.ask('Mag ik op 1 augustus nog werken?');
  const { value } = await one.tap(nl.say('teams:card.show'), { resident: 'ar', own: 'nl' });
  const reading = readingOf(value);
  expect(reading).toContain('1 augustus 2023');
  expect(reading).toContain('1 أغسطس 2023');
  expect(reading).toMatch(/\[Bron: [^\]]*9 juni 2023[^\]]*\]\(https:\/\/ind\.nl\//u);
  expect(reading).toMatch(/\[المصدر[^\]]*9 يونيو 2023[^\]]*\]\(https:\/\/ind\.nl\//u);
});

test('a message of the resident in another language is answered in both; the language of the staff stays', async () => {
  const one = desk();
  await one.ask('Tot wanneer mag ik werken?');
  const card = await one.ask('ماذا يحدث إذا لم أرسل الاستبيان؟');
  expect(card.lang).toBe('nl');
  expect(rightToLeft(card)).toHaveLength(1);
  const dated = await one.ask('هل يمكنني العمل في 1 أغسطس؟');
  expect(readingOf(dated)).toContain('1 augustus 2023');
});

test('a client in English does not decide: the first question shows the language of the staff', async () => {
  const one = desk('en-US');
  await post(
    bot,
    activity({ type: 'installationUpdate', action: 'add', text: undefined, conversation: one.conversation, locale: 'en-US' }),
  );
  const card = await one.ask('Tot wanneer mag ik werken?');
  expect(card.lang).toBe('nl');
  expect(readingOf(card)).not.toContain('4 September');
});

test('"no second language" takes the second one away again, and the staff may change their own', async () => {
  const one = desk();
  await one.ask('Tot wanneer mag ik werken?');
  await one.tap(nl.say('teams:card.show'), { resident: 'fa', own: 'nl' });
  const { value } = await one.tap(nl.say('teams:card.show'), { resident: 'none', own: 'en' });
  expect(rightToLeft(value)).toEqual([]);
  expect(value.lang).toBe('en');
  expect((await one.ask('When does the interview take place?')).lang).toBe('en');
});

test('a language that is named changes the last card where it stands, and is said in one line', async () => {
  const one = desk();
  await one.ask('Tot wanneer mag ik werken?');
  const shownIn = `sent-${internet.sent()}`;
  await one.say('Türkçe');
  const change = internet.calls.find(({ method }) => method === 'PUT');
  expect(change?.activityId).toBe(shownIn);
  expect(readingOf(cardOf(change?.activity))).toContain('4 Eylül 2023');
  expect(internet.messages().filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('a card that was deleted in the chat is no reason to fail', async () => {
  const one = desk();
  await one.ask('Tot wanneer mag ik werken?');
  internet.answerUpdatesWith(404);
  expect(readingOf(cardOf(await one.say('Türkçe')))).toContain('Türkçe');
});

test('on a phone the languages stand one below the other', async () => {
  const one = desk('nl-NL', 'Android');
  await one.ask('Tot wanneer mag ik werken?');
  const { value } = await one.tap(nl.say('teams:card.show'), { resident: 'ar', own: 'nl' });
  expect(value.body?.some(({ type }) => type === 'ColumnSet')).toBe(false);
  expect(rightToLeft(value)).toHaveLength(1);
});

test('"typing" comes before the answer', async () => {
  await desk().say('Tot wanneer mag ik werken?');
  expect(internet.calls.map(({ activity: { type } }) => type)).toEqual(['typing', 'message']);
});

test('the answer as text can be copied, and the card comes back', async () => {
  const one = desk();
  const card = await one.ask('Tot wanneer mag ik werken?');
  const { value } = await one.tap(nl.say('teams:card.copy'));
  const field = value.body?.find(({ type }) => type === 'Input.Text') as { value: string; isMultiline: boolean };
  expect(field.isMultiline).toBe(true);
  expect(field.value).toContain('4 september 2023');
  expect(field.value).toContain('https://bot.example.org/faq/nl#work');
  const back = await one.tap(nl.say('teams:card.back'));
  expect(back.value).toEqual(card);
});

test('"next question" is said as if it were typed', async () => {
  const one = desk();
  const card = await one.ask('Tot wanneer mag ik werken?');
  const [next] = actionsOf(card).filter(({ type }) => type === 'Action.Submit');
  const { msteams } = (next?.data ?? {}) as { msteams: { text: string; value: object } };
  const answer = cardOf(await one.say('', { text: '', value: msteams.value }));
  expect(readingOf(answer)).toContain(msteams.text);
});

describe('in a group chat and a channel', () => {
  const mention = (text: string, id = '28:00000000-0000-4000-8000-000000000001') => ({
    type: 'mention',
    text,
    mentioned: { id, name: 'x' },
  });
  const group = (conversationType: string, text: string, entities: object[]) =>
    activity({ text, entities, conversation: { id: `19:${conversationType}-${desks++}@thread`, conversationType, isGroup: true } });

  test.each(['groupChat', 'channel'])('%s: silence where it is not mentioned', async (type) => {
    await post(bot, group(type, 'Tot wanneer mag ik werken?', []));
    await post(bot, group(type, '<at>Piet</at> tot wanneer mag ik werken?', [mention('<at>Piet</at>', '29:piet')]));
    expect(internet.calls).toEqual([]);
  });

  test.each<[Language, string]>([
    ['en', '<at>IND procedure help</at> Until when may I work?'],
    ['nl', 'Tot wanneer mag ik werken, <at>IND procedure help</at>'],
    ['ar', '<at>IND procedure help</at>&nbsp;إلى متى يحق لي العمل؟'],
    ['fr', 'Jusqu’à quand puis-je travailler <at>IND procedure help</at> ?'],
    ['ru', '<at>IND procedure help</at>\u00A0До какого числа я могу работать?'],
    ['uk', '<at>IND procedure help</at> До якої дати я можу працювати?\n'],
    ['tr', '<at>IND procedure help</at>  Ne zamana kadar çalışabilirim?'],
    ['fa', '\u200F<at>IND procedure help</at>\u200F تا کی می‌توانم کار کنم؟'],
  ])('%s: the mention is taken out and the question answered', async (language, text) => {
    const mentioned = { ...group('channel', text, [mention('<at>IND procedure help</at>')]), locale: language };
    expect((await post(bot, mentioned)).status).toBe(200);
    const card = cardOf(internet.messages().at(-1)?.activity);
    expect(card.lang).toBe(language);
    expect(JSON.stringify(card)).toContain('"topic":"work"');
  });

  test('a mention alone is answered with what the bot can do', async () => {
    await post(bot, { ...group('groupChat', '<at>IND procedure help</at>', [mention('<at>IND procedure help</at>')]), locale: 'nl' });
    expect(readingOf(cardOf(internet.messages()[0]?.activity))).toContain(nl.say('answers:capabilities.answer'));
  });
});

describe('the app comes and goes', () => {
  const installed = (action: string, conversation: object) =>
    activity({ type: 'installationUpdate', action, text: undefined, conversation });

  test('one welcome when it is installed, none for the members that come with it, none for a new version', async () => {
    const { conversation } = desk();
    await post(
      bot,
      activity({ type: 'conversationUpdate', membersAdded: [{ id: '29:staff' }, { id: '28:bot' }], conversation, text: undefined }),
    );
    expect(internet.calls).toEqual([]);
    await post(bot, installed('add', conversation));
    expect(internet.messages()).toHaveLength(1);
    const card = cardOf(internet.messages()[0]?.activity);
    expect(readingOf(card)).toContain(nl.say('staff:shared.welcome'));
    expect(actionsOf(card).map(({ title }) => title)).toContain(nl.say('staff:next-step.title'));
    await post(bot, installed('add-upgrade', conversation));
    expect(internet.messages()).toHaveLength(1);
  });

  test('when it goes, nothing of the conversation is left', async () => {
    const one = desk();
    await one.ask('Tot wanneer mag ik werken?');
    expect(statesOf(one.conversation.id)).toBe(1);
    await post(bot, installed('remove', one.conversation));
    expect(statesOf(one.conversation.id)).toBe(0);
  });
});

describe('the dialogs, asked about the resident', () => {
  test('"next step" is walked by tapping: each card takes the place of the one before, and the last is a summary', async () => {
    const one = desk();
    const question = await one.ask(nl.say('staff:next-step.title'));
    expect(readingOf(question)).toContain(nl.say('staff:next-step.questions.where.text'));
    const sent = internet.calls.length;
    await one.tap(nl.say('teams:card.go-on'), { input: nl.say('staff:next-step.questions.where.options.negative') });
    const summary = one.card();
    expect(internet.calls).toHaveLength(sent);
    expect(readingOf(summary)).toContain(nl.say('teams:card.no-personal-data'));
    expect(readingOf(summary)).toContain(nl.say('staff:next-step.questions.where.options.negative'));
    expect(button(summary, nl.say('teams:card.print')).url).toBe(
      'https://bot.example.org/summary/next-step/negative?day=2023-06-10&given=where.negative&in=nl',
    );
    const { value } = await one.tap(nl.say('teams:card.show'), { resident: 'fa', own: 'nl' });
    expect(rightToLeft(value).join()).toContain(textsOf('fa').say('common:language-name'));
  });

  test('a day is chosen from a calendar', async () => {
    const one = desk();
    await one.say(nl.say('staff:may-i-stay.title'));
    await one.tap(nl.say('flows:may-i-stay.questions.situation.options.closed'));
    expect(one.card().body?.some(({ type }) => type === 'Input.Date')).toBe(true);
    await one.tap(nl.say('teams:card.go-on'), { input: '2023-09-05' });
    expect(readingOf(one.card())).toContain('5 september 2023');
    expect(readingOf(one.card())).toMatch(/^Nee, /mu);
  });

  test('today, chosen from the calendar, is a day too', async () => {
    const one = desk();
    await one.say(nl.say('staff:may-i-stay.title'));
    await one.tap(nl.say('flows:may-i-stay.questions.situation.options.closed'));
    await one.tap(nl.say('teams:card.go-on'), { input: '2023-06-10' });
    expect(readingOf(one.card())).toContain('10 juni 2023');
  });

  test('back, "why do you ask" and an empty answer stay on the same card', async () => {
    const one = desk();
    await one.say(nl.say('staff:about-me.title'));
    await one.tap(nl.say('flows:about-me.questions.nationality.options.no'));
    expect(readingOf(one.card())).toContain(nl.say('staff:about-me.questions.directive.text'));
    await one.tap(nl.say('chat:button.why-ask'));
    expect(readingOf(one.card())).toContain(nl.say('flows:about-me.questions.directive.why'));
    await one.tap(nl.say('chat:button.back'));
    expect(readingOf(one.card())).toContain(nl.say('staff:about-me.questions.nationality.text'));
    await one.say(nl.say('staff:next-step.title'));
    await one.tap(nl.say('teams:card.go-on'));
    expect(readingOf(one.card())).toContain(nl.say('staff:next-step.questions.where.text'));
  });

  test('a card of a question that is over answers nothing: it must not answer the open one', async () => {
    const one = desk();
    await one.say(nl.say('staff:about-me.title'));
    const old = one.card();
    await one.tap(nl.say('flows:about-me.questions.nationality.options.no'));
    const late = await one.tap(nl.say('flows:about-me.questions.nationality.options.yes'), {}, old);
    expect(late).toEqual({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: nl.say('teams:card.closed') });
    await one.tap(nl.say('flows:about-me.questions.directive.options.yes'));
    expect(readingOf(one.card())).toContain(nl.say('staff:about-me.questions.asylum.text'));
  });

  test('a question in the middle is answered, and the dialog goes on', async () => {
    const one = desk();
    await one.say(nl.say('staff:about-me.title'));
    await one.say('Tot wanneer mag ik werken?');
    const [answer, again] = internet.messages().map(({ activity: sent }) => readingOf(cardOf(sent)));
    expect(answer).toContain('4 september 2023');
    expect(again).toContain(nl.say('staff:about-me.questions.nationality.text'));
  });

  const ends = FLOWS.filter(({ id }) => !['language', 'delete-data'].includes(id)).flatMap((flow) =>
    waysOf(flow).map((way) => ({ flow, way })),
  );
  test.each(ends.map(({ flow, way }) => [flow.id, way.map(({ answer }) => answer).join(' > '), flow, way] as const))(
    '%s: %s ends in a summary',
    async (_id, _name, flow, way) => {
      const one = desk('en-GB');
      const en = textsOf('en');
      await one.say(en.find(`staff:${flow.id}.title`) ?? en.find(`flows:${flow.id}.title`) ?? '');
      for (const { question, answer } of way) {
        const words =
          en.find(`staff:${flow.id}.questions.${question}.options.${answer}`) ??
          en.find(`flows:${flow.id}.questions.${question}.options.${answer}`);
        const title = answer === 'unknown' ? en.say('chat:button.unknown') : answer === 'day' ? en.say('teams:card.go-on') : (words ?? '');
        const listed = !actionsOf(one.card()).some((action) => action.title === title);
        if (answer === 'day') await one.tap(title, { input: '2023-07-31' });
        else if (listed) await one.tap(en.say('teams:card.go-on'), { input: title });
        else await one.tap(title);
      }
      expect(readingOf(one.card())).toContain(en.say('teams:card.no-personal-data'));
    },
  );
});

test('"delete my data" deletes the state of the conversation', async () => {
  const one = desk();
  await one.ask('Tot wanneer mag ik werken?');
  expect(statesOf(one.conversation.id)).toBe(1);
  await one.say(nl.list('chat:command.stop')[0] ?? '');
  await one.say('Verwijder mijn gegevens');
  await one.tap(nl.say('flows:delete-data.questions.sure.options.yes'));
  expect(statesOf(one.conversation.id)).toBe(0);
});

test('nothing that was written, and no name or id of a person, is in the store', async () => {
  const one = desk();
  await one.say('Mijn naam is Fatima Haddad, tot wanneer mag ik werken?');
  await one.say(nl.say('staff:next-step.title'));
  const file = readFileSync(bot.storeFile, 'latin1') + readFileSync(`${bot.storeFile}-wal`, 'latin1');
  for (const word of ['Fatima', 'Haddad', 'Jan de Vries', '29:staff', '0000000000aa']) expect(file).not.toContain(word);
});

test.each(LANGUAGE_CODES)('%s: the staff titles are short and start their dialog', async (language) => {
  const texts = textsOf(language);
  for (const id of ['about-me', 'next-step', 'may-i-stay', 'language', 'human']) {
    const title = texts.find(`staff:${id}.title`) ?? '';
    expect([...title].length).toBeLessThanOrEqual(32);
    const one = desk(language);
    const card = await one.ask(title);
    expect(JSON.stringify(actionsOf(card).map(({ data }) => data))).toContain(`"flow":"${id}"`);
  }
});

function statesOf(conversation: string): number {
  const database = new DatabaseSync(bot.storeFile, { readOnly: true });
  const rows = database.prepare('SELECT key FROM state').all() as { key: string }[];
  database.close();
  return rows.filter(({ key }) => key.includes(conversation)).length;
}

/** Every way through a flow: each question once, with each of its answers. */
function waysOf(flow: Flow): { question: string; answer: string }[][] {
  const from = (step: Step): { question: string; answer: string }[][] => {
    if ('outcome' in step) return [[]];
    const question = flow.questions[step.question];
    if (!question) throw new Error(step.question);
    const steps =
      question.kind === 'choice'
        ? [...Object.entries(question.options), ['unknown', question.unknown] as const]
        : [['day', question.next] as const];
    return steps.flatMap(([answer, next]) => from(next).map((rest) => [{ question: step.question, answer }, ...rest]));
  };
  return from({ question: flow.start });
}
