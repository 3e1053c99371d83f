import { LANGUAGE_CODES, type Language } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { type Talk, talk } from './talk.ts';

/** The page's channel: it alone has thumbs. */
const onPage = (language: Language = 'en') => talk(undefined, language, 'directline');
const MAY_I = /May I keep this one question/u;
const UNKNOWN = 'Which vaccinations does my dog need for the train to Italy?';

/** Says one thing after another on the page and gives back the last answer. */
async function say(one: Talk, ...texts: string[]): Promise<string> {
  let last = '';
  for (const text of texts) last = await one.say(text);
  return last;
}

describe('thumbs', () => {
  test('are counted once for each answer, by topic and language', async () => {
    const one = onPage();
    await say(one, 'What is the interview about?');
    expect(await one.judge('up')).toBe('');
    await one.judge('up');
    await one.judge('down');
    await say(one, 'Tot wanneer mag ik werken in Nederland?');
    await one.judge('up');
    expect(one.counted).toEqual(['answered interview en', 'judged interview en up', 'answered work nl', 'judged work nl up']);
  });

  test('exist on the page only, and below answers that have a source', async () => {
    const judging = async (one: Talk, text: string) => {
      await one.say(text);
      return JSON.stringify(one.last()).includes('LikeAction');
    };
    expect(await judging(talk(undefined, 'en', 'msteams'), 'What is the interview about?')).toBe(false);
    expect(await judging(onPage(), 'Hello')).toBe(false);
    expect(await judging(onPage(), 'What is the interview about?')).toBe(true);
  });

  test.each([
    'answer:nothing:en:talk|1:up',
    'answer:work:xx:talk|1:up',
    'answer:work:en:talk|1:sideways',
    '',
    'answer:constructor:en:talk|1:up',
  ])('a click with the id "%s" counts nothing', async (id) => {
    const one = onPage();
    await one.say('', { type: 'event', name: 'webchat:activity-status/feedback', entities: [{ type: 'x', '@id': id }] });
    expect(one.counted).toEqual([]);
  });
});

describe('a question is kept', () => {
  test('after a thumb down and a yes, cleaned, and it is shown what is kept', async () => {
    const one = onPage();
    await say(one, 'What is the interview about? a@b.nl');
    expect(await one.judge('down')).toMatch(MAY_I);
    expect(one.buttons()).toEqual(['Yes, keep this question', 'No, do not keep it']);
    const said = await say(one, 'Yes, keep this question');
    const text = 'What is the interview about? …';
    expect(said).toContain(`“${text}”`);
    expect([...one.kept.values()]).toEqual([{ text, topic: 'interview', language: 'en' }]);
  });

  test('after "the page does not say" and a yes in any wording', async () => {
    const one = onPage();
    await say(one, UNKNOWN);
    await say(one, 'yes');
    expect([...one.kept.values()].at(-1)).toEqual({ text: UNKNOWN, topic: 'none', language: 'en' });
    expect(one.counted).toContain('not-understood unknown en');
  });

  test('never before the yes; no sentence stands in the memory meanwhile', async () => {
    const one = onPage();
    await say(one, UNKNOWN);
    expect(one.kept.size).toBe(0);
    expect(one.stored()).not.toMatch(/dog|vaccination|Italy/u);
    await say(one, 'Yes, keep this question');
    expect(one.stored()).not.toMatch(/dog|vaccination|Italy/u);
  });

  test('after "none of these", and then it is the question that is kept, not the button', async () => {
    const one = onPage();
    const unclear = 'money and house';
    expect(await say(one, unclear)).toContain('Did you mean');
    expect(await say(one, 'None of these')).toMatch(MAY_I);
    await say(one, 'yes');
    expect([...one.kept.values()].map(({ text }) => text)).toEqual([unclear]);
    expect(one.counted).toEqual(['not-understood choose en', 'not-understood unknown en']);
  });

  test('"delete my data" takes it too', async () => {
    const one = onPage();
    await say(one, UNKNOWN, 'yes');
    expect(one.kept.size).toBe(1);
    await say(one, 'delete my data', 'Yes, delete it');
    expect(one.kept.size).toBe(0);
  });
});

describe('nothing is kept', () => {
  test('after a no, and it is not asked again in this conversation', async () => {
    const one = onPage();
    expect(await say(one, UNKNOWN, 'No, do not keep it')).toBe(textsOf('en').say('feedback:not-kept'));
    expect(await say(one, 'Can I take my parrot on the plane to Canada?')).not.toMatch(MAY_I);
    await say(one, 'What is the interview about?');
    expect(await one.judge('down')).toBe('');
    expect(one.kept.size).toBe(0);
  });

  test('where the person goes on with something else: it is answered, and not asked again', async () => {
    const one = onPage();
    expect(await say(one, UNKNOWN, 'What is the interview about?')).toMatch(/who you are/u);
    expect(await say(one, 'yes')).not.toMatch(/I keep only this/u);
    expect(await say(one, UNKNOWN)).not.toMatch(MAY_I);
    expect(one.kept.size).toBe(0);
  });

  test.each<[string, string]>([
    ['of a long story', `${UNKNOWN} ${'My family and I travelled for a long time with our dog. '.repeat(8)}`],
    ['of personal data alone', 'x1234567890 0612345678 amina@example.org'],
  ])('%s', async (_name, text) => {
    const one = onPage();
    expect(await say(one, text)).not.toMatch(MAY_I);
  });

  test('of a button, or on another channel', async () => {
    const one = onPage();
    await say(one, 'What is the interview about?');
    await say(one, 'Do I get a lawyer?');
    expect(await one.judge('down')).toBe('');
    expect(await talk(undefined, 'en', 'whatsapp').say(UNKNOWN)).not.toMatch(MAY_I);
  });

  test('in the middle of a dialog: it has a question of its own', async () => {
    const one = onPage();
    await say(one, 'What is the interview about, I wonder?', 'Is this about me?');
    expect(await one.judge('down')).toBe('');
    expect(await say(one, UNKNOWN)).not.toMatch(MAY_I);
    expect(await say(one, 'Yes')).toContain('without Ukrainian nationality');
  });
});

test.each(LANGUAGE_CODES)('in %s both buttons mean what they say', async (language: Language) => {
  const texts = textsOf(language);
  for (const answer of ['yes', 'no'] as const) {
    const one = onPage(language);
    await one.say(texts.find('flows:next-step.title', {}) ?? '');
    await one.say(texts.say('chat:button.stop'));
    await one.say('zxqv wkrt plmf');
    if (one.buttons().length !== 2) throw new Error(`nothing is asked: ${JSON.stringify(one.last())}`);
    await one.say(texts.say(`feedback:${answer}`));
    expect(one.kept.size).toBe(answer === 'yes' ? 1 : 0);
    expect(one.last()[0]?.locale).toBe(language);
  }
});
