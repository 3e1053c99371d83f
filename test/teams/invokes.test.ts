/** Every invoke of Teams, with good and bad input: its status, its body, and that a bad one changes nothing. */
import type { TopicId } from '../../knowledge/topics/topic-ids.ts';
import { TOPIC_IDS } from '../../knowledge/topics/topic-ids.ts';
import { textsOf } from '../../locales/texts.ts';
import type { Card } from '../../src/channels/teams/cards/elements.ts';
import { type Running, removeFolders } from '../service/running.ts';
import { actionsOf, button, readingOf } from './cards.ts';
import { activity, type Microsoft, microsoft, post, teamsBot } from './microsoft.ts';

let bot: Running;
let internet: Microsoft;
beforeAll(async () => {
  internet = await microsoft();
  bot = await teamsBot();
});
beforeEach(() => internet.clear());
afterAll(async () => {
  await bot.stop();
  removeFolders();
  internet.leave();
});

const nl = textsOf('nl');
const invoke = async (name: string | undefined, value: unknown, more: Record<string, unknown> = {}) => {
  const response = await post(bot, activity({ type: 'invoke', name, value, ...more }));
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
};
const execute = (verb: unknown, data: unknown, type = 'Action.Execute') =>
  invoke('adaptiveCard/action', { action: { type, verb, data }, trigger: 'manual' });

describe('adaptiveCard/action', () => {
  const work = { about: { topic: 'work' }, languages: ['nl'] };

  test.each<[string, string, object]>([
    ['show', 'with what was chosen', { ...work, own: 'en', resident: 'tr' }],
    ['show', 'without a choice', work],
    ['card', 'back to the card', { ...work, languages: ['nl', 'ar'] }],
    ['text', 'as text', work],
    ['card', 'about a named day', { ...work, about: { topic: 'work', days: { first: '2023-08-01', last: '2023-08-01' } } }],
  ])('"%s" %s: 200 with a card', async (verb, _name, data) => {
    const { status, body } = await execute(verb, data);
    expect(status).toBe(200);
    expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: { type: 'AdaptiveCard' } });
    expect(internet.calls).toEqual([]);
  });

  test.each<[string, () => ReturnType<typeof invoke>]>([
    ['no value', () => invoke('adaptiveCard/action', undefined)],
    ['a value that is a text', () => invoke('adaptiveCard/action', 'x')],
    ['no action', () => invoke('adaptiveCard/action', {})],
    ['no verb', () => execute(undefined, work)],
    ['an unknown verb', () => execute('explode', work)],
    ['a verb of every object', () => execute('constructor', work)],
    ['another kind of action', () => execute('show', work, 'Action.Submit')],
    ['no data', () => execute('show', undefined)],
    ['data that is a list', () => execute('show', [])],
    ['an unknown topic', () => execute('show', { ...work, about: { topic: 'weather' } })],
    ['an unknown language', () => execute('show', { ...work, languages: ['de'] })],
    ['three languages', () => execute('show', { ...work, languages: ['nl', 'ar', 'fa'] })],
    [
      'a day that does not exist',
      () => execute('show', { ...work, about: { topic: 'work', days: { first: '2023-02-30', last: '2023-02-30' } } }),
    ],
    [
      'a result that no dialog has',
      () => execute('show', { ...work, about: { result: { flow: 'next-step', outcome: 'rich', answers: [], day: '2023-06-10' } } }),
    ],
    [
      'a dialog that does not exist',
      () => execute('show', { ...work, about: { result: { flow: '__proto__', outcome: 'x', answers: [], day: '2023-06-10' } } }),
    ],
    [
      'an answer that no question has',
      () =>
        execute('show', {
          ...work,
          about: {
            result: { flow: 'next-step', outcome: 'negative', answers: [{ question: 'where', option: 'on the moon' }], day: '2023-06-10' },
          },
        }),
    ],
    ['an answer without its question', () => execute('answer', { say: 'Ja' })],
  ])('%s: 200 over HTTP, 400 in the body, with a code and a message', async (_name, send) => {
    const { status, body } = await send();
    expect(status).toBe(200);
    expect(body).toEqual({
      statusCode: 400,
      type: 'application/vnd.microsoft.error',
      value: { code: expect.stringMatching(/^(?:BadRequest|NotSupported)$/u), message: expect.stringMatching(/\w/u) },
    });
    expect(internet.calls).toEqual([]);
  });

  test('an answer to a question that nobody asked is told to be over', async () => {
    const { body } = await execute('answer', { flow: 'about-me', question: 'nationality', say: 'Ja' });
    expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.activity.message' });
  });
});

describe('composeExtension/query', () => {
  const search = (words: unknown, more: object = {}) =>
    invoke('composeExtension/query', { commandId: 'search-answers', parameters: [{ name: 'question', value: words }], ...more });
  type Hit = {
    contentType: string;
    content: Card;
    preview: { contentType: string; content: { title: string; text: string; tap: { type: string; value: object } } };
  };
  const hits = ({ body }: { body: { composeExtension: { attachments: Hit[] } } }) => body.composeExtension.attachments;
  const topicOf = (hit: Hit | undefined) => (hit?.preview.content.tap.value as { about: { topic: TopicId } } | undefined)?.about.topic;
  const ALL = TOPIC_IDS.filter(
    (id) => !/^(?:greeting|thanks|goodbye|capabilities|bot-identity|human|privacy|delete-data|change-language)$/u.test(id),
  );

  test('nothing typed yet: every answer, in pages, with a preview and the card', async () => {
    const first = hits(await search('', { queryOptions: { skip: 0, count: 25 } }));
    const second = hits(await search('', { queryOptions: { skip: 25, count: 25 } }));
    const third = hits(await search('', { queryOptions: { skip: 50, count: 25 } }));
    expect([first.length, second.length, third.length]).toEqual([25, ALL.length - 25, 0]);
    expect([...first, ...second].map(topicOf)).toEqual(ALL);
    for (const { contentType, content, preview } of first) {
      expect(contentType).toBe('application/vnd.microsoft.card.adaptive');
      expect(content.lang).toBe('nl');
      expect(preview.contentType).toBe('application/vnd.microsoft.card.thumbnail');
      expect(preview.content.text).toMatch(/\w/u);
    }
  });

  test.each<[string, string, TopicId]>([
    ['a whole question', 'Tot wanneer mag de bewoner werken?', 'work'],
    ['a word of a title', 'advocaat', 'lawyer'],
    ['a word that is not finished', 'advoc', 'lawyer'],
    ['a typo', 'vragenljst', 'questionnaire'],
    ['two typos', 'opvng gemente', 'reception'],
    ['a name', 'IOM', 'iom'],
    ['capitals and marks', '  VRAGENLIJST!! ', 'questionnaire'],
  ])('%s finds its answer among the first three', async (_name, words, topic) => {
    expect(
      hits(await search(words))
        .slice(0, 3)
        .map(topicOf),
    ).toContain(topic);
  });

  test('each letter that is typed keeps the answer in sight', async () => {
    const word = 'beslissing';
    for (let length = 4; length <= word.length; length += 1) {
      expect(
        hits(await search(word.slice(0, length)))
          .slice(0, 5)
          .map(topicOf),
      ).toContain('decision');
    }
  });

  test('the language is the one of the person who searches', async () => {
    const { body } = await invoke(
      'composeExtension/query',
      { commandId: 'search-answers', parameters: [] },
      { locale: 'fr-FR', conversation: { id: 'x' } },
    );
    expect(body.composeExtension.attachments[0].content.lang).toBe('fr');
  });

  test('the card in a message holds no button that only works in a chat with the bot', async () => {
    const [hit] = hits(await search('advocaat'));
    expect(actionsOf(hit?.content as Card).filter(({ type }) => type === 'Action.Submit')).toEqual([]);
    expect(button(hit?.content as Card, nl.say('teams:card.open')).url).toBe('https://bot.example.org/faq/nl#lawyer');
  });

  test.each<[string, unknown, RegExp]>([
    ['words that nothing has', { commandId: 'search-answers', parameters: [{ name: 'question', value: 'qqqqqq zzzzzz' }] }, /./u],
    ['a command of another version of the app', { commandId: 'old' }, /./u],
  ])('%s: 200 with a message', async (_name, value) => {
    const { status, body } = await invoke('composeExtension/query', value);
    expect(status).toBe(200);
    expect(body.composeExtension).toEqual({ type: 'message', text: expect.stringMatching(/\w/u) });
  });

  test.each<[string, unknown]>([
    ['no value', undefined],
    ['a text', 'x'],
    ['no command', {}],
    ['parameters that are no list', { commandId: 'search-answers', parameters: 'x' }],
    ['a page before the first', { commandId: 'search-answers', queryOptions: { skip: -1, count: 25 } }],
    ['a page of nothing', { commandId: 'search-answers', queryOptions: { skip: 0, count: 0 } }],
  ])('%s: 400', async (_name, value) => {
    const { status, body } = await invoke('composeExtension/query', value);
    expect(status).toBe(400);
    expect(body).toEqual({ error: { code: 'BadRequest', message: expect.stringMatching(/query/u) } });
  });

  test('a value that is no text is no word', async () => {
    expect(hits(await search({ $ne: 1 }))).toHaveLength(25);
  });
});

describe('composeExtension/selectItem', () => {
  test('the hit that was tapped comes as its card', async () => {
    const { status, body } = await invoke('composeExtension/selectItem', { about: { topic: 'lawyer' }, languages: ['nl', 'fa'] });
    expect(status).toBe(200);
    expect(body.composeExtension).toMatchObject({ type: 'result', attachmentLayout: 'list' });
    const [attachment] = body.composeExtension.attachments;
    expect(readingOf(attachment.content)).toContain(textsOf('fa').say('common:language-name'));
    expect(attachment.preview.content.title).toBe(nl.say('titles:lawyer'));
  });

  test.each([undefined, 'x', {}, { about: { topic: 'x' }, languages: ['nl'] }])('%j: 400', async (value) => {
    const { status, body } = await invoke('composeExtension/selectItem', value);
    expect(status).toBe(400);
    expect(body.error.code).toBe('BadRequest');
  });
});

describe('message/submitAction', () => {
  const feedback = (actionValue: unknown) => ({ actionName: 'feedback', actionValue });

  test.each(['like', 'dislike'])('"%s": 200, and nothing is sent', async (reaction) => {
    const text = JSON.stringify({ feedbackText: 'my number is 0612345678' });
    expect(await invoke('message/submitAction', feedback({ reaction, feedback: text }))).toEqual({ status: 200, body: {} });
    expect(internet.calls).toEqual([]);
  });

  test.each([
    undefined,
    'x',
    {},
    feedback(undefined),
    feedback({ reaction: 'angry' }),
    { actionName: 'other', actionValue: { reaction: 'like' } },
  ])('%j: 400', async (value) => {
    const { status, body } = await invoke('message/submitAction', value);
    expect(status).toBe(400);
    expect(body.error.code).toBe('BadRequest');
  });
});

test.each([undefined, '', 'unknown', 'composeExtension/fetchTask', 'task/fetch', 'signin/verifyState', 'constructor'])(
  'the unknown invoke %j: 501',
  async (name) => {
    const { status, body } = await invoke(name, { x: 1 });
    expect(status).toBe(501);
    expect(body.error.code).toBe('NotImplemented');
  },
);

test('invokes of other kinds, and reactions, end quietly', async () => {
  for (const type of ['messageReaction', 'event', 'messageUpdate', 'endOfConversation', 'typing', 'unknown']) {
    expect((await post(bot, activity({ type, text: undefined }))).status).toBe(200);
  }
  expect(internet.calls).toEqual([]);
});
