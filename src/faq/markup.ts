import { LANGUAGES, type Language } from '../../locales/languages.ts';
import { escapeMarkup } from '../escape-markup.ts';

/** HTML that is safe as it stands. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

type Part = string | number | Markup | undefined | readonly Part[];

/** A template of HTML: every value in it is escaped, unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.reduce((whole, next, index) => whole + written(parts[index - 1]) + next));
}

/** Latin words in a row, as the names of organisations and portals. It ends with a letter: the full stop belongs to the sentence. */
const LATIN_RUN = /(\p{Script=Latin}(?:[\p{Script=Latin}\p{M}\d &'’-]*\p{Script=Latin})?)/u;

/**
 * A text of a language as markup. In a language that is written from right to left each Latin name is isolated: else
 * it would draw the numbers and brackets beside it into its own direction.
 */
export function textIn(language: Language): (text: string) => Markup {
  if (LANGUAGES[language].direction === 'ltr') return (text) => new Markup(escapeMarkup(text));
  // Split at a group, every second part is what the group found.
  return (text) =>
    new Markup(
      text
        .split(LATIN_RUN)
        .map((part, index) => (index % 2 === 0 ? escapeMarkup(part) : `<bdi>${escapeMarkup(part)}</bdi>`))
        .join(''),
    );
}

function written(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.html;
  return typeof part === 'object' ? part.map(written).join('') : escapeMarkup(String(part));
}
