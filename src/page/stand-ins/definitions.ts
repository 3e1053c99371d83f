import { parser } from '../script/parser.ts';

/** A link definition as mdast describes it. */
interface Definition {
  readonly type: 'definition';
  readonly identifier: string;
  readonly label: string;
  readonly title: string | undefined;
  readonly url: string;
}

/** Stands in for mdast-util-from-markdown, of which Web Chat reads the link definitions only: markdown-it finds them too. */
export function fromMarkdown(text: string): { readonly children: readonly Definition[] } {
  const found: { references?: Record<string, { href: string; title: string }> } = {};
  parser.parse(text, found);
  const children = Object.entries(found.references ?? {}).map(([label, { href, title }]) => ({
    type: 'definition' as const,
    identifier: label.toLowerCase(),
    label,
    title: title || undefined,
    url: href,
  }));
  return { children };
}
