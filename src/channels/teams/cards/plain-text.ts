import type { Language } from '../../../../locales/languages.ts';
import type { CardParts } from './parts.ts';
import type { Shown } from './shown.ts';
import { tell } from './telling.ts';

/** What a card says as plain text: each language with its source, and the address of its page. */
export function plainText(what: Shown, { knowledge, now, links }: CardParts): string {
  const inOne = (language: Language) => {
    const { title, paragraphs, source } = tell(what.about, language, now(), knowledge);
    const rests = source ? [`${source.line}\n${source.page}`] : [];
    return [title, ...paragraphs, ...rests, links.page(what.about, language)].join('\n\n');
  };
  return what.languages.map(inOne).join('\n\n—\n\n');
}
