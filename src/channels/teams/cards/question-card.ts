import type { SaidQuestion, SaidWords } from '../../../../dialogs/presenter.ts';
import { textsOf } from '../../../../locales/texts.ts';
import { type Action, buttons, type Card, type CardElement, card, execute, paragraph, saying } from './elements.ts';

/** More answers than this stand in a list: Teams shows only so many buttons in a row. */
const MOST_BUTTONS = 5;

/** A question of a dialog. Whatever is tapped brings the next card in the place of this one. */
export function questionCard(said: SaidQuestion): Card {
  const { language, opening, text, options, commands, flow, question, day } = said;
  const texts = textsOf(language);
  const at = { flow, question };
  const goOn = execute('answer', texts.say('teams:card.go-on'), at);
  const answer = (title: string): Action => execute('answer', title, { ...at, say: title }, { associatedInputs: 'none' });
  const input: CardElement[] = day
    ? [{ type: 'Input.Date', id: 'input', label: texts.say('teams:card.day') }]
    : options.length > MOST_BUTTONS
      ? [
          {
            type: 'Input.ChoiceSet',
            id: 'input',
            label: texts.say('teams:card.choose'),
            style: 'expanded',
            wrap: true,
            choices: options.map((title) => ({ title, value: title })),
          },
        ]
      : [];
  const tapped = input.length > 0 ? [goOn, ...(day ? options.map(answer) : [])] : options.map(answer);
  return card(language, [...opening, text].join('\n\n'), [
    ...opening.map((one) => paragraph(one)),
    paragraph(text, { weight: 'Bolder' }),
    ...input,
    ...buttons(tapped),
    ...buttons(commands.map(answer)),
  ]);
}

/** Words with buttons that say their title. */
export function wordsCard({ language, paragraphs, buttons: titles }: SaidWords): Card {
  return card(language, paragraphs.join('\n\n'), [...paragraphs.map((text) => paragraph(text)), ...buttons(titles.map(saying))]);
}
