import MarkdownIt from 'markdown-it';

/** What stands for what is left out. */
const ELLIPSIS = '…';
const RIGHT_TO_LEFT_MARK = '\u200F';
const RIGHT_TO_LEFT_LETTER = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const ADDRESS_ONLY = /^https?:\S+$/u;

const markdown = new MarkdownIt({ html: false });
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const MARKS: Readonly<Record<string, string>> = {
  strong_open: '*',
  strong_close: '*',
  em_open: '_',
  em_close: '_',
  s_open: '~',
  s_close: '~',
  softbreak: '\n',
  hardbreak: '\n',
};

/** How long a text is by Meta's count: in code points. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** Markdown in WhatsApp's own formatting: bold, italic, lists, quotes; links as plain addresses. */
export function whatsappText(source: string): string {
  const blocks: string[] = [];
  const prefixes: string[] = [];
  const numbers: number[] = [];
  for (const token of markdown.parse(source, {})) {
    if (token.type === 'ordered_list_open') numbers.push(Number(token.attrGet('start') ?? 1));
    if (token.type === 'bullet_list_open') numbers.push(Number.NaN);
    if (token.type.endsWith('_list_close')) numbers.pop();
    if (token.type === 'list_item_open') prefixes.push(itemPrefix(numbers));
    if (token.type === 'blockquote_open') prefixes.push('> ');
    if (token.type === 'list_item_close' || token.type === 'blockquote_close') prefixes.pop();
    if (token.type === 'inline') {
      const line = `${prefixes.join('')}${inlineText(token.children ?? [])}`;
      const previous = blocks.at(-1);
      // Items of one list stand under each other, without an empty line.
      if (numbers.length > 0 && previous !== undefined && token.level > 2 && inList(previous))
        blocks[blocks.length - 1] = `${previous}\n${line}`;
      else blocks.push(line);
    }
    if (token.type === 'fence' || token.type === 'code_block') blocks.push(token.content.trimEnd());
  }
  return blocks.join('\n\n');
}

function itemPrefix(numbers: number[]): string {
  const number = numbers.at(-1) ?? Number.NaN;
  if (Number.isNaN(number)) return '- ';
  numbers[numbers.length - 1] = number + 1;
  return `${number}. `;
}

function inList(block: string): boolean {
  return /^(?:- |\d+\. )/u.test(block);
}

type Token = ReturnType<typeof markdown.parse>[number];

function inlineText(tokens: readonly Token[]): string {
  let text = '';
  let link: { address: string; from: number } | undefined;
  for (const token of tokens) {
    if (token.type === 'link_open') link = { address: String(token.attrGet('href') ?? ''), from: text.length };
    else if (token.type === 'link_close' && link) {
      const words = text.slice(link.from);
      // A reference such as "[1]" says nothing where the address can be seen: the address takes its place.
      if (/^\d+$/u.test(words)) text = `${text.slice(0, link.from).trimEnd()}\n${link.address}`;
      else if (words !== link.address) text = `${text}: ${link.address}`;
      link = undefined;
    } else text += MARKS[token.type] ?? token.content;
  }
  return text;
}

/**
 * Keeps lines in a right-to-left language from being turned round by a Latin name or a number at their beginning. An
 * address alone on its line stays as it is.
 */
export function keepDirection(text: string): string {
  return text
    .split('\n')
    .map((line) => (RIGHT_TO_LEFT_LETTER.test(line) && !ADDRESS_ONLY.test(line) ? `${RIGHT_TO_LEFT_MARK}${line}` : line))
    .join('\n');
}

/** A text of at most `most` code points, cut at a word where one ends in its second half, and never inside a grapheme. */
export function cutText(text: string, most: number): string {
  if (lengthOf(text) <= most) return text;
  const kept = startOf(text, most - 1);
  const word = kept.lastIndexOf(' ');
  const next = text[kept.length];
  const whole = next === undefined || next === ' ';
  return `${(whole || word < kept.length / 2 ? kept : kept.slice(0, word)).trimEnd()}${ELLIPSIS}`;
}

/** The parts of a long text, each of at most `most` code points: at paragraphs, else at lines, sentences, words, graphemes. */
export function splitText(text: string, most: number, separators: readonly string[] = ['\n\n', '\n', '. ', ' ']): string[] {
  if (lengthOf(text) <= most) return text === '' ? [] : [text];
  const [separator, ...finer] = separators;
  if (separator === undefined) {
    const start = startOf(text, most);
    return [start, ...splitText(text.slice(start.length), most, [])];
  }
  const parts: string[] = [];
  let open = '';
  for (const piece of withSeparator(text, separator)) {
    if (lengthOf((open + piece).trimEnd()) <= most) {
      open += piece;
      continue;
    }
    const [whole, rest] = lengthOf(piece.trimEnd()) <= most ? [[], piece] : [splitText(piece.trim(), most, finer), ''];
    parts.push(open, ...whole);
    open = rest;
  }
  parts.push(open);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** The pieces of a text, each with the separator that ends it. */
function withSeparator(text: string, separator: string): string[] {
  const pieces = text.split(separator);
  return pieces.map((piece, index) => (index < pieces.length - 1 ? piece + separator : piece));
}

/** The longest beginning of whole graphemes with at most `most` code points; at least one grapheme, so that there is an end. */
function startOf(text: string, most: number): string {
  let start = '';
  let count = 0;
  for (const { segment } of graphemes.segment(text)) {
    count += lengthOf(segment);
    if (count > most && start !== '') break;
    if (count > most) return [...segment].slice(0, most).join('');
    start += segment;
  }
  return start;
}
