import { textsOf } from '../../../../locales/texts.ts';
import { type Card, card, execute, paragraph } from './elements.ts';
import type { CardParts } from './parts.ts';
import { plainText } from './plain-text.ts';
import type { Shown } from './shown.ts';

/** The content of a card as text to select and copy. Teams gives a card no way to the clipboard: a field does it everywhere. */
export function textCard(what: Shown, parts: CardParts): Card {
  const [own] = what.languages;
  const texts = textsOf(own);
  const text = plainText(what, parts);
  return card(
    own,
    text,
    [
      paragraph(texts.say('teams:card.copy-hint')),
      { type: 'Input.Text', id: 'text', label: texts.say('teams:card.text-label'), isMultiline: true, value: text },
    ],
    [execute('card', texts.say('teams:card.back'), what, { associatedInputs: 'none' })],
  );
}
