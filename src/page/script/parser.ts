import MarkdownIt from 'markdown-it';

/** Reads Markdown without HTML in it: everything else is escaped, so that no message can bring a script. */
export const parser = new MarkdownIt({ html: false });
