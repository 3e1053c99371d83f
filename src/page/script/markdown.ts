import { parser } from './parser.ts';

/** A name or an abbreviation in Latin letters, with the numbers and signs inside it. */
const LATIN_RUN = /[\p{Script=Latin}\d](?:[\p{Script=Latin}\d .,:/&+'’-]*[\p{Script=Latin}\d])?/gu;
const LATIN = /\p{Script=Latin}/u;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

const { rules } = parser.renderer;
const { escapeHtml } = parser.utils;

for (const name of ['paragraph_open', 'list_item_open', 'heading_open']) {
  rules[name] = (tokens, index, options, _env, renderer) => {
    tokens[index]?.attrSet('dir', 'auto');
    return renderer.renderToken(tokens, index, options);
  };
}
rules['link_open'] = (tokens, index, options, _env, renderer) => {
  tokens[index]?.attrSet('target', '_blank');
  tokens[index]?.attrSet('rel', 'noopener');
  return renderer.renderToken(tokens, index, options);
};
rules['text'] = (tokens, index) =>
  isolate(
    tokens[index]?.content ?? '',
    tokens.some(({ content }) => RIGHT_TO_LEFT.test(content)),
  );

/** The HTML of an answer. Latin names inside Arabic and Persian stand for themselves, so that signs around them keep their place. */
export function renderMarkdown(text: string): string {
  return parser.render(text);
}

function isolate(text: string, rightToLeft: boolean): string {
  if (!rightToLeft) return escapeHtml(text);
  let html = '';
  let done = 0;
  for (const { 0: run, index } of text.matchAll(LATIN_RUN)) {
    if (!LATIN.test(run)) continue;
    html += `${escapeHtml(text.slice(done, index))}<bdi>${escapeHtml(run)}</bdi>`;
    done = index + run.length;
  }
  return html + escapeHtml(text.slice(done));
}

/** An answer in words alone, a paragraph a line; `withLinks` adds the addresses that it rests on. */
export function plainText(text: string, { withLinks }: { readonly withLinks: boolean }): string {
  const { body } = new DOMParser().parseFromString(renderMarkdown(text), 'text/html');
  const addresses = new Set<string>();
  for (const link of body.querySelectorAll('a')) {
    addresses.add(link.href);
    // The number of a source means nothing away from the list of sources.
    if (/^\d+$/u.test(link.textContent ?? '')) link.remove();
  }
  const lines = [...body.querySelectorAll('p, li, h1, h2, h3')].filter((element) => !element.querySelector('p'));
  const words = lines.map((element) => (element.textContent ?? '').replaceAll(/\s+/gu, ' ').trim());
  return [...words, ...(withLinks ? addresses : [])].filter((line) => line.length > 0).join('\n');
}
