import { option, talk } from './talk.ts';

const NEGATIVE = option('next-step', 'where', 'negative');
const where = (id: string) => option('next-step', 'where', id);
const yes = 'Yes';
const no = 'No';

/** Each row: the clock, what the person says one after another, and what the last answer must hold. */
describe('My next step, to each of its ends, with today applied', () => {
  test.each<[string, string[], RegExp]>([
    ['2023-06-10T12:00', [where('not-answered')], /send the questionnaire back/u],
    ['2023-06-10T12:00', [where('said-yes')], /interview/u],
    ['2023-06-10T12:00', [where('said-no')], /another letter/u],
    ['2023-06-10T12:00', [where('not-returned')], /another letter/u],
    ['2023-06-10T12:00', [where('second-letter')], /respond to this letter/u],
    ['2023-06-10T12:00', [where('interview')], /prepare for the interview/u],
    ['2023-06-10T12:00', [NEGATIVE], /until 4 September 2023.*86 more days/u],
    ['2023-09-04T12:00', [NEGATIVE], /Today, 4 September 2023, is the last day/u],
    ['2023-09-05T12:00', [NEGATIVE], /is over: it lasted until 4 September 2023/u],
    ['2023-06-10T12:00', [where('closed')], /until 4 September 2023/u],
    ['2023-03-10T12:00', [where('no-letter'), yes], /wait for the letter: the IND sends it between 20 March 2023/u],
    ['2023-03-22T12:00', [where('no-letter'), yes], /is sending it/u],
    ['2023-06-10T12:00', [where('no-letter'), yes], /ask the IND about your letter/u],
    ['2023-06-10T12:00', [where('no-letter'), no], /wait for the letter/u],
    ['2023-06-10T12:00', [where('leave'), yes], /apply to DT&V: the last day is 31 July 2023/u],
    ['2023-07-31T12:00', [where('leave'), yes], /today, 31 July 2023, is the last day/u],
    ['2023-08-01T12:00', [where('leave'), yes], /time to apply to DT&V is over/u],
    ['2023-06-10T12:00', [where('leave'), no], /report it to the municipality/u],
    ['2023-06-10T12:00', ["I don't know"], /cannot say what your next step is/u],
  ])('at %s %j', async (now, answers, expected) => {
    const one = talk(now);
    let said = await one.say('My next step');
    expect(said).toContain('Where do you stand now?');
    for (const answer of answers) said = await one.say(answer);
    expect(said).toMatch(expected);
    expect(said).toContain('Source: page of the IND');
  });
});

describe('Is this about me?', () => {
  const all = ['No', 'Yes', 'Yes', 'Yes', 'Yes'];
  test.each<[string[], RegExp]>([
    [['Yes'], /without Ukrainian nationality/u],
    [['No', 'No'], /under the Temporary Protection Directive/u],
    [['No', 'Yes', 'No'], /asked for asylum when they collected/u],
    [['No', 'Yes', 'Yes', 'No'], /had a temporary residence permit in Ukraine/u],
    [['No', 'Yes', 'Yes', 'Yes', 'No'], /temporary protection until 4 September 2023/u],
    [[...all, 'Syria or Yemen'], /Yes, this page is about you.*one of the first groups/u],
    [[...all, 'A safe country of origin'], /one of the first groups.*safe countries/u],
    [[...all, 'Another country'], /after 4 September 2023/u],
    [[...all, 'idk'], /cannot say when/u],
    [['No', 'not sure'], /cannot say if this page is about you/u],
  ])('%j', async (answers, expected) => {
    const one = talk();
    let said = await one.say('Is this about me?');
    for (const answer of answers) said = await one.say(answer);
    expect(said).toMatch(expected);
  });
});

describe('Help with returning, and May I stay?, on a day that the person names', () => {
  test.each<[string, string[], RegExp]>([
    ['Help with returning', ['Today', 'My country of origin', 'Yes'], /Yes, on 10 June 2023 you can apply/u],
    ['Help with returning', ['31/07', 'My country of origin', 'Yes'], /31 July 2023 is the last day/u],
    ['Help with returning', ['2 August', 'My country of origin', 'Yes'], /on 2 August 2023 the time to apply .* is over/u],
    ['Help with returning', ['15 July', 'Another one, outside the EU', 'Yes', "I don't know"], /First read the requirements/u],
    ['Help with returning', ['15 July', 'Another one, outside the EU', 'No'], /only for your country of origin/u],
    ['Help with returning', ['15 July', 'A country in the EU'], /only for your country of origin/u],
    ['Help with returning', ['15 July', 'My country of origin', 'No'], /IOM/u],
    [
      'May I stay?',
      ['Negative decision', '20 August'],
      /Yes, on 20 August 2023 you may stay.*Work on 20 August 2023: allowed.*Reception .* on 20 August 2023: yes/su,
    ],
    ['May I stay?', ['Stopped or closed', '10 September'], /No, not on 10 September 2023.*Work on 10 September 2023: no longer/su],
    ['May I stay?', ['No decision yet', '10 September'], /The page does not say if you may stay on 10 September 2023/u],
    ['May I stay?', ["I don't know", '10 September'], /I cannot say if you may stay/u],
  ])('%s %j', async (dialog, answers, expected) => {
    const one = talk();
    let said = await one.say(dialog);
    for (const answer of answers) said = await one.say(answer);
    expect(said).toMatch(expected);
  });

  test('a text that is no day is asked for again, with an example', async () => {
    const one = talk();
    await one.say('Help with returning');
    expect(await one.say('blue')).toContain('I do not see a day in this');
  });
});

describe('in the middle of a dialog', () => {
  test('back, why do you ask, a number, a typo, stop', async () => {
    const one = talk();
    await one.say('Is this about me?');
    expect(await one.say('Why do you ask?')).toMatch(/people without Ukrainian nationality[\s\S]*Do you have Ukrainian nationality\?/u);
    expect(await one.say('2')).toContain('Temporary Protection Directive?');
    expect(await one.say('back')).toContain('Do you have Ukrainian nationality?');
    expect(await one.say('go back')).toContain('no question to go back to');
    expect(await one.say('nope')).toContain('Temporary Protection Directive?');
    expect(await one.say('stop')).toContain('I have stopped');
    expect(await one.say('stop')).toContain('nothing to stop');
  });

  test('a typed option with a typo is understood', async () => {
    const one = talk();
    await one.say('My next step');
    expect(await one.say('i got a negatve decison')).toMatch(/until 4 September 2023/u);
  });

  test('a question is answered, and the dialog goes on where it was', async () => {
    const one = talk();
    await one.say('Is this about me?');
    await one.say('No');
    const said = await one.say('What is the interview about?');
    expect(said).toMatch(/who you are, where you come from/u);
    expect(said).toMatch(/Back to your question:[\s\S]*Temporary Protection Directive\?/u);
    expect(await one.say('Yes')).toContain('Did you also ask for asylum');
  });

  test('a question that the page does not answer is refused, and the dialog goes on', async () => {
    const one = talk();
    await one.say('Is this about me?');
    const said = await one.say('What is the weather in Rotterdam tomorrow?');
    expect(said).toMatch(/does not say anything about this[\s\S]*Do you have Ukrainian nationality\?/u);
  });

  test('another dialog takes its place', async () => {
    const one = talk();
    await one.say('Is this about me?');
    expect(await one.say('My next step')).toContain('Where do you stand now?');
  });
});

describe('after a result', () => {
  test('"why?" names the answers, the rule, the day and the section', async () => {
    const one = talk('2023-08-10T12:00');
    await one.say('My next step');
    await one.say(NEGATIVE);
    const why = await one.say('Why?');
    expect(why).toContain(`Where do you stand now? – ${NEGATIVE}`);
    expect(why).toContain('the stay until 4 September 2023');
    expect(why).toContain('10 August 2023');
    expect(why).toContain('your stay afterwards');
  });

  test('"why?" with nothing before it says so', async () => {
    expect(await talk().say('why?')).toContain('no result to explain yet');
  });
});

describe('outside a dialog', () => {
  test('an answer has its source as a citation, and up to three next questions', async () => {
    const one = talk();
    await one.say('What will they ask me in the interview?');
    const [message] = one.last();
    expect(message?.entities?.[0]).toMatchObject({
      type: 'https://schema.org/Message',
      citation: [{ position: 1, appearance: { url: expect.stringContaining('https://ind.nl/') } }],
    });
    expect(one.buttons().length).toBeGreaterThan(0);
    expect(one.buttons().length).toBeLessThanOrEqual(3);
  });

  test('"and after that?" and "till when" are read with the last topic in mind', async () => {
    const one = talk();
    await one.say('What is the interview about?');
    expect(await one.say('and after that?')).toMatch(/decision comes in a letter/u);
    await one.say('May I work?');
    expect(await one.say('until when')).toMatch(/right to work/u);
  });

  test('two questions in one message get two answers', async () => {
    const one = talk();
    const said = await one.say('What is the interview about? Until when may I work?');
    expect(said).toMatch(/You asked more than one thing[\s\S]*who you are[\s\S]*right to work/u);
  });

  test('a range is judged at both ends', async () => {
    const said = await talk().say('Can I apply to DT&V between 25 July and 5 August?');
    expect(said).toMatch(/25 July 2023[\s\S]*5 August 2023 is too late/u);
  });

  test('another language, by name, changes everything from then on', async () => {
    const one = talk();
    await one.say('speak Dutch please');
    await one.say('in Dutch');
    expect(one.last().at(-1)?.locale).toBe('nl');
    await one.say('What is the interview about?');
    expect(one.last().at(-1)?.locale).toBe('nl');
    await one.say('English');
    expect(one.last().at(-1)?.locale).toBe('en');
  });

  test('the language dialog', async () => {
    const one = talk();
    expect(await one.say('Another language')).toContain('Which language');
    expect(one.buttons()).toContain('العربية');
    await one.say('العربية');
    expect(one.last().at(-1)?.locale).toBe('ar');
  });

  test('start again', async () => {
    expect(await talk().say('start again')).toContain('We start again');
  });
});

describe('delete my data', () => {
  test('asks once, then deletes the state and the feed, and says so', async () => {
    const one = talk();
    await one.say('What is the interview about?');
    expect(one.stored()).toContain('interview');
    expect(await one.say('delete my data')).toContain('Are you sure?');
    expect(await one.say('Yes, delete it')).toContain('I have deleted');
    expect(one.forgotten).toHaveLength(1);
    expect(one.stored()).not.toContain('interview');
    expect(one.stored()).not.toContain('memory');
  });

  test('a "no" deletes nothing', async () => {
    const one = talk();
    await one.say('delete my data');
    expect(await one.say('no')).toContain('deleted nothing');
    expect(one.forgotten).toHaveLength(0);
  });
});

describe('what is no question', () => {
  test.each<[string, string, RegExp]>([
    ['no text', '', /only read text/u],
    ['only spaces', '   ', /only read text/u],
    ['only emoji', '😀😭🙏', /cannot read a question/u],
    ['only signs', '?!…', /cannot read a question/u],
    ['5,000 characters of nonsense', 'qwx zzkp '.repeat(556), /very long|does not say/u],
    ['HTML and script', '<script>alert(1)</script><img src=x onerror=alert(1)>', /does not say|not sure what you mean/u],
  ])('%s gets a clear answer', async (_name, text, expected) => {
    expect(await talk().say(text)).toMatch(expected);
  });

  test('a question at the end of a very long story is still answered', async () => {
    const story = 'I came from Kharkiv by train with my brother and we slept in a school for many weeks. '.repeat(60);
    expect((await talk().say(`${story} Until when may I work here?`)).length).toBeGreaterThan(20);
  });

  test('nothing that a person writes is stored in the state', async () => {
    const one = talk();
    await one.say('My name is Jonathan Okafor, V-number 2815551234, what is the interview about?');
    await one.say('Is this about me?');
    await one.say('Jonathan Okafor again, what happens in the interview?');
    expect(one.stored()).not.toMatch(/Okafor|2815551234|Jonathan/u);
  });
});
