import { escapeMarkup } from '../escape-markup.ts';
import type { FontFamily } from './fonts.ts';
import { type Measure, type TextFont, wrap } from './wrap.ts';

/** How wide the picture is, in CSS pixels: the narrowest telephone. */
export const WIDTH = 320;

/** What a browser draws the picture with where it has not the font: each line keeps the width that was measured. */
const OTHER_FONTS = "system-ui, Roboto, 'Segoe UI', Arial, sans-serif";
const RIGHT_TO_LEFT = ['\u202B', '\u202C'] as const;

export interface TextStyle extends TextFont {
  readonly colour: string;
}

export interface SheetOptions {
  readonly direction: 'ltr' | 'rtl';
  readonly family: FontFamily;
  readonly measure: Measure;
}

/**
 * A sheet that shapes and texts are put on. Places count from where a line of text begins: from the right in a
 * right-to-left language, so that whoever draws need not think of it.
 */
export class Sheet {
  readonly #options: SheetOptions;
  readonly #parts: string[] = [];

  constructor(options: SheetOptions) {
    this.#options = options;
  }

  /** Begins a part, which a test or a reader of the source can find by its name. */
  open(part: string): void {
    this.#parts.push(`<g data-part="${escapeMarkup(part)}">`);
  }

  close(): void {
    this.#parts.push('</g>');
  }

  box(x: number, y: number, width: number, height: number, fill: string, more: { radius?: number; stroke?: string } = {}): void {
    const { radius = 0, stroke } = more;
    const left = this.#options.direction === 'ltr' ? x : WIDTH - x - width;
    const line = stroke ? ` stroke="${stroke}" stroke-width="2"` : '';
    this.#parts.push(
      `<rect x="${round(left)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${radius}" fill="${fill}"${line}/>`,
    );
  }

  dot(x: number, y: number, radius: number, fill: string, stroke?: string): void {
    const line = stroke ? ` stroke="${stroke}" stroke-width="2.5"` : '';
    this.#parts.push(`<circle cx="${round(this.#at(x))}" cy="${round(y)}" r="${radius}" fill="${fill}"${line}/>`);
  }

  line(x: number, from: number, to: number, colour: string, dashed = false): void {
    const dashes = dashed ? ' stroke-dasharray="2 5" stroke-linecap="round"' : '';
    const at = round(this.#at(x));
    this.#parts.push(`<line x1="${at}" y1="${round(from)}" x2="${at}" y2="${round(to)}" stroke="${colour}" stroke-width="2"${dashes}/>`);
  }

  /** Puts lines of text under each other, from `y` down. Returns the place under the last one. */
  text(lines: readonly string[], x: number, y: number, style: TextStyle): number {
    const { direction, family, measure } = this.#options;
    const anchor = direction === 'ltr' ? 'start' : 'end';
    // Marks in the text rather than the attribute: not every renderer reads the attribute, all follow the marks.
    const [open, shut] = direction === 'ltr' ? ['', ''] : RIGHT_TO_LEFT;
    const height = this.lineHeight(style);
    lines.forEach((line, index) => {
      const width = round(measure(line, style));
      const baseline = y + index * height + height / 2 + style.size * 0.36;
      this.#parts.push(
        `<text x="${round(this.#at(x))}" y="${round(baseline)}" font-family="'${family.name}', ${OTHER_FONTS}" font-size="${style.size}"` +
          `${style.bold ? ' font-weight="700"' : ''} fill="${style.colour}" text-anchor="${anchor}"` +
          ` textLength="${width}" lengthAdjust="spacingAndGlyphs">${open}${escapeMarkup(line)}${shut}</text>`,
      );
    });
    return y + lines.length * height;
  }

  lineHeight({ size }: TextFont): number {
    return Math.round(size * this.#options.family.lineHeight);
  }

  wrap(text: string, font: TextFont, width: number): string[] {
    return wrap(text, font, width, this.#options.measure);
  }

  /** The width of the widest line. */
  widest(lines: readonly string[], font: TextFont): number {
    return Math.max(...lines.map((line) => this.#options.measure(line, font)));
  }

  /** The whole picture as SVG, with its texts for those who cannot see it. */
  svg(height: number, language: string, title: string, description: string): string {
    const size = `width="${WIDTH}" height="${Math.ceil(height)}" viewBox="0 0 ${WIDTH} ${Math.ceil(height)}"`;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-labelledby="title description" xml:lang="${language}">`,
      `<title id="title">${escapeMarkup(title)}</title><desc id="description">${escapeMarkup(description)}</desc>`,
      ...this.#parts,
      '</svg>',
    ].join('\n');
  }

  #at(x: number): number {
    return this.#options.direction === 'ltr' ? x : WIDTH - x;
  }
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}
