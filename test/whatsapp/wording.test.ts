/** WhatsApp's formatting, and its limits at their edges. */
import type { Activity } from 'botbuilder';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { LIMITS, messagesOf, optionId, optionIn } from '../../src/channels/whatsapp/messages.ts';
import { cutText, keepDirection, lengthOf, splitText, whatsappText } from '../../src/channels/whatsapp/wording.ts';

const FAMILY = '👨‍👩‍👧';
const lengthOfFamily = 5;

/** The messages of an activity with these options. */
function shown(options: string[], { text = 'Choose one.', locale = 'en' } = {}) {
  const actions = options.map((title) => ({ type: 'imBack', title, value: title }));
  return messagesOf({ type: 'message', text, locale, suggestedActions: { to: [], actions } } as Partial<Activity>);
}

/** `button` or `list` for a message with choices, `text` for a plain one. */
function kindOf(options: string[], more = {}): string {
  const last = shown(options, more).at(-1);
  return last?.type === 'interactive' ? (last.interactive as { type: string }).type : 'text';
}

const numbered = (count: number, word = 'Option') => Array.from({ length: count }, (_, index) => `${word} ${index + 1}`);

describe('choices', () => {
  test('three are buttons, four a list, ten a list, eleven numbers in the text', () => {
    expect([1, 3, 4, 10, 11].map((count) => kindOf(numbered(count)))).toEqual(['button', 'button', 'list', 'list', 'text']);
  });

  test.each([
    ['Latin letters', 'a'.repeat(20), 'a'.repeat(21)],
    ['Arabic letters', 'ب'.repeat(20), 'ب'.repeat(21)],
    ['emoji of two UTF-16 units', '😀'.repeat(20), '😀'.repeat(21)],
    ['emoji of five code points', FAMILY.repeat(4), `${FAMILY.repeat(4)}a`],
  ])('a button holds 20 code points of %s, 21 make a list', (_, fits, tooLong) => {
    expect(lengthOf(fits)).toBe(20);
    expect(lengthOf(tooLong)).toBe(21);
    expect(kindOf([fits])).toBe('button');
    expect(kindOf([tooLong])).toBe('list');
  });

  test('a row holds 24 code points; a longer one is cut at a word, and stands whole below', () => {
    const rowOf = (option: string) => {
      const [message] = shown([option, 'b', 'c', 'd']);
      if (message?.type !== 'interactive') throw new Error('a list was expected');
      return (message.interactive as { action: { sections: { rows: { title: string; description?: string }[] }[] } }).action.sections[0]
        ?.rows[0];
    };
    expect(rowOf('x'.repeat(24))).toEqual({ id: expect.any(String), title: 'x'.repeat(24) });
    const long = 'What may I use the support for?';
    expect(rowOf(long)).toMatchObject({ title: 'What may I use the…', description: long });
    expect(lengthOf(rowOf(`${'word '.repeat(40)}end`)?.description ?? '')).toBeLessThanOrEqual(LIMITS.rowDescription);
  });

  test('options that look the same when they are cut become numbers', () => {
    expect(kindOf(['A very long beginning that is the same: one', 'A very long beginning that is the same: two'])).toBe('text');
  });

  test('numbers in the text come with the words that say what to do, in the language', () => {
    for (const locale of LANGUAGE_CODES) {
      const [message] = shown(numbered(11), { locale });
      const body = message?.type === 'text' ? message.text.body : '';
      expect(body).toContain('11. Option 11');
      expect(body).toContain(textsOf(locale).say('chat:whatsapp.write-number'));
    }
  });

  test('a text of 1024 code points stands over its buttons, one of 1025 in front of them', () => {
    const fits = shown(['a'], { text: 'é'.repeat(LIMITS.interactiveBody) });
    const tooLong = shown(['a'], { text: 'é'.repeat(LIMITS.interactiveBody + 1) });
    expect(fits.map(({ type }) => type)).toEqual(['interactive']);
    expect(tooLong.map(({ type }) => type)).toEqual(['text', 'interactive']);
    expect(tooLong[1]).toMatchObject({ interactive: { body: { text: textsOf('en').say('chat:whatsapp.go-on') } } });
  });

  test('a choice without a text still has one: Meta takes no empty body', () => {
    expect(shown(['a'], { text: '' })).toMatchObject([{ interactive: { body: { text: expect.stringMatching(/\S/u) } } }]);
  });

  test('an id says which option was meant, within the limit; others say nothing', () => {
    expect(optionIn(optionId('Yes', 0))).toBe('Yes');
    expect(lengthOf(optionId('ж'.repeat(500), 9))).toBeLessThanOrEqual(LIMITS.rowId);
    expect(optionIn('__proto__')).toBeUndefined();
    expect(optionIn('option:999:x')).toBeUndefined();
  });
});

describe('long texts', () => {
  test('4096 code points are one message, 4097 two', () => {
    expect(splitText('😀'.repeat(LIMITS.text), LIMITS.text)).toHaveLength(1);
    const two = splitText('😀'.repeat(LIMITS.text + 1), LIMITS.text);
    expect(two.map(lengthOf)).toEqual([LIMITS.text, 1]);
  });

  test('they are split at paragraphs, and nothing is lost', () => {
    const paragraph = (letter: string) => `${letter.repeat(9)} ${letter.repeat(9)}.`;
    const text = ['a', 'b', 'c', 'd'].map(paragraph).join('\n\n');
    expect(splitText(text, 45)).toEqual([`${paragraph('a')}\n\n${paragraph('b')}`, `${paragraph('c')}\n\n${paragraph('d')}`]);
  });

  test('a paragraph that is too long is split at lines, sentences and words, never inside a grapheme', () => {
    const sentences = 'One two three. Four five six. Seven eight nine.';
    expect(splitText(sentences, 20)).toEqual(['One two three.', 'Four five six.', 'Seven eight nine.']);
    const families = splitText(FAMILY.repeat(7), 12);
    expect(families.join('')).toBe(FAMILY.repeat(7));
    expect(families.every((part) => lengthOf(part) % lengthOfFamily === 0 && lengthOf(part) <= 12)).toBe(true);
  });
});

describe('a cut', () => {
  test('ends at a word, with a sign that something is left out', () => {
    expect(cutText('What happens after a refusal', 20)).toBe('What happens after…');
    expect(cutText('short', 5)).toBe('short');
  });

  test.each([
    ['a family', `aaaa${FAMILY}b`, 'aaaa…'],
    ['a flag', 'aaaaaaa🇳🇱b', 'aaaaaaa…'],
    ['a letter with its accent', 'aaaaaaae\u0301b', 'aaaaaaa…'],
    ['an Arabic letter with its vowels', 'ببببببببُّب', 'بببببببب…'.slice(0, 8)],
  ])('keeps %s whole', (_, text, start) => {
    const cut = cutText(text, 9);
    expect(lengthOf(cut)).toBeLessThanOrEqual(9);
    expect(cut.endsWith('…')).toBe(true);
    expect(cut.startsWith(start.slice(0, -1))).toBe(true);
    expect(text.normalize('NFC').startsWith(cut.slice(0, -1).normalize('NFC'))).toBe(true);
    expect(cut).not.toMatch(/\u200D…|\p{RI}…$/u);
  });
});

describe('formatting', () => {
  test.each([
    ['**bold** and *slanted*', '*bold* and _slanted_'],
    ['- one\n- two', '- one\n- two'],
    ['1. one\n2. two', '1. one\n2. two'],
    ['[the page](https://ind.nl/en)', 'the page: https://ind.nl/en'],
    ['https://ind.nl/en', 'https://ind.nl/en'],
    ['> said', '> said'],
    ['one\n\ntwo', 'one\n\ntwo'],
    ['a < b & c', 'a < b & c'],
  ])('%j becomes %j', (markdown, expected) => expect(whatsappText(markdown)).toBe(expected));

  test('a line with Arabic letters begins from the right, also where a Latin name or a number comes first', () => {
    const mark = '\u200F';
    expect(keepDirection('IND تقرر\nhttps://ind.nl\n2. نعم\nVWN')).toBe(`${mark}IND تقرر\nhttps://ind.nl\n${mark}2. نعم\nVWN`);
  });
});
