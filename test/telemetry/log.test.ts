/** What the log holds: each turn once, and nothing of anybody. */
import { DatabaseSync } from 'node:sqlite';
import { conversationHash } from '../../src/telemetry/conversation-hash.ts';
import { newPerson } from '../service/person.ts';
import { removeFolders, until } from '../service/running.ts';
import { allChannels, PRIVATE, type Script } from './all-channels.ts';
import { capture } from './capture.ts';
import { scrape } from './scrape.ts';

describe('a conversation in every channel', () => {
  const captured = capture();
  let script: Script;
  let conversation: string;
  beforeAll(async () => {
    script = await allChannels(captured.log);
    ({ conversation } = await script.talk());
    await until(() => captured.turns().some(({ outcome }) => outcome === 'forgotten'), 'the last turn');
  }, 60_000);
  afterAll(async () => {
    await script?.stop();
    removeFolders();
  });

  test('is a line for each turn, with what it came to', () => {
    const shown = captured.turns().map(({ channel, outcome, language, topic, dialog }) => [channel, outcome, language, topic ?? dialog]);
    expect(shown).toEqual([
      ['directline', 'welcome', 'en', undefined],
      ['directline', 'answered', 'en', 'greeting'],
      ['directline', 'answered', 'en', 'work'],
      ['directline', 'unknown', 'en', undefined],
      ['directline', 'dialog', 'en', 'next-step'],
      ['directline', 'command', 'en', undefined],
      ['directline', 'dialog', 'en', 'delete-data'],
      ['directline', 'forgotten', 'en', 'delete-data'],
      ['whatsapp', 'answered', 'en', 'work'],
      ['whatsapp', 'unknown', 'en', undefined],
      ['teams', 'answered', 'nl', 'work'],
      ['teams', 'unknown', 'nl', undefined],
      ['teams', 'command', 'nl', undefined],
    ]);
    for (const { ms } of captured.turns()) expect(ms).toBeGreaterThan(0);
  });

  test('has one name for the lines of a conversation, which is not its id', () => {
    const names = captured.turns().map(({ channel, conversation: name }) => `${channel} ${name}`);
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name).toMatch(/^\w+ [\w-]{12}$/u);
    expect(captured.text()).not.toContain(conversation);
  });

  test('leaves nothing of anybody in the log, nor in the metrics', async () => {
    for (const text of [captured.text(), (await scrape(script.bot)).text]) {
      const found = [...PRIVATE, conversation].filter((one) => text.toLowerCase().includes(one.toLowerCase()));
      expect(found).toEqual([]);
    }
  });

  test('a turn that fails is told once as failed, and the error without what it quotes', async () => {
    const person = await newPerson(script.bot);
    await person.ask('Until when may I work?');
    const database = new DatabaseSync(script.bot.storeFile);
    // What cannot be read any more is quoted by the error of the parser.
    database.prepare("UPDATE state SET value = 'Amina Okafor' WHERE key LIKE ?").run(`%${person.conversation}%`);
    database.close();
    await person.post({ type: 'message', text: 'Until when may I work?' });
    await until(() => captured.turns().some(({ outcome }) => outcome === 'failed'), 'the failed turn');
    expect(captured.turns().filter(({ outcome }) => outcome === 'failed')).toHaveLength(1);
    const [failure] = captured.lines().filter(({ msg }) => msg === 'a turn failed');
    expect(failure).toMatchObject({ error: 'SyntaxError', stack: expect.stringMatching(/^ {4}at .*bot-storage\.ts/mu) });
    expect(captured.text()).not.toMatch(/Amina|not valid JSON/u);
  });
});

test('a field that a line may not hold is dropped, and so is what is too long or no plain value', () => {
  const { log, lines, text } = capture();
  const careless = { channel: 'directline', text: 'I am Amina', from: { id: 'x' }, topic: { of: 'Amina' }, reason: 'x'.repeat(5_000) };
  log.info(careless as never, 'careless');
  log.error(new Error('Amina said: \n    at home') as never);
  log.error({ err: new Error('Amina') } as never);
  expect(text()).not.toContain('Amina');
  const [first, second, third] = lines();
  expect(first).toMatchObject({ channel: 'directline', dropped: 3, reason: 'x'.repeat(200) });
  expect(second).toMatchObject({ error: 'Error', msg: 'an error', stack: expect.stringContaining('log.test.ts') });
  expect(third).toMatchObject({ msg: 'an error', dropped: 1 });
});

test('a conversation has one name on a day and in a process, and another one after it', () => {
  let now = Date.parse('2023-06-10T10:00:00Z');
  const hash = conversationHash(() => now);
  const name = hash('conversation');
  now += 3_600_000;
  expect(hash('conversation')).toBe(name);
  expect(hash('other')).not.toBe(name);
  expect(conversationHash(() => now)('conversation')).not.toBe(name);
  now += 24 * 3_600_000;
  const next = hash('conversation');
  expect(next).not.toBe(name);
  now -= 24 * 3_600_000;
  expect(hash('conversation')).not.toBe(name);
});
