/** How wide a text is, in CSS pixels at its size. */
export type Measure = (text: string, font: TextFont) => number;

export interface TextFont {
  readonly size: number;
  readonly bold?: boolean;
}

/** The lines of a text that is not wider than `width`. Words stay whole; one that is too long stands alone on its line. */
export function wrap(text: string, font: TextFont, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  // Spaces that must not break (French, numbers) are no place to break.
  for (const word of text.split(/[ \n]+/u)) {
    const open = lines.at(-1);
    const longer = open === undefined ? word : `${open} ${word}`;
    if (open !== undefined && measure(longer, font) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
