import type {
  Action,
  CardElement,
  IAdaptiveCard,
  IColumn,
  IExecuteAction,
  IMessageBackSubmitActionData,
  ITextBlock,
} from '@microsoft/teams.cards';
import { LANGUAGES, type Language } from '../../../../locales/languages.ts';

export type { Action, CardElement } from '@microsoft/teams.cards';
export type Card = IAdaptiveCard;

/** The highest version of Adaptive Cards that Teams shows on desktop and on phones. */
export const CARD_VERSION = '1.5';
export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

/** How two languages stand on a card: next to each other, or one below the other where the screen is narrow. */
export type Layout = 'beside' | 'below';

/** What one language says on a card. */
export interface Part {
  readonly language: Language;
  readonly items: CardElement[];
}

/** A card; `fallbackText` is what a client shows that does not know this version. */
export function card(language: Language, fallbackText: string, body: CardElement[], actions: Action[] = []): Card {
  return { ...inner(body, actions), $schema: 'http://adaptivecards.io/schemas/adaptive-card.json', lang: language, fallbackText };
}

/** A paragraph. Teams reads Markdown in it; our sentences hold none, and nothing that a person wrote stands on a card. */
export function paragraph(text: string, more: Partial<ITextBlock> = {}): ITextBlock {
  return { type: 'TextBlock', text, wrap: true, ...more };
}

export function heading(text: string): ITextBlock {
  return paragraph(text, { weight: 'Bolder', size: 'Medium', style: 'heading' });
}

export function quiet(text: string): ITextBlock {
  return paragraph(text, { size: 'Small', isSubtle: true });
}

/** One language, or two: the first on the left or above, the second on the right or below, each in its direction. */
export function inLanguages(parts: readonly Part[], layout: Layout): CardElement[] {
  if (parts.length === 1 || layout === 'below') {
    return parts.map(({ language, items }, index) => ({ type: 'Container', items, rtl: isRightToLeft(language), ...apart(index) }));
  }
  const columns = parts.map(
    ({ language, items }, index): IColumn => ({ type: 'Column', width: 'stretch', items, rtl: isRightToLeft(language), ...apart(index) }),
  );
  return [{ type: 'ColumnSet', columns }];
}

/** A row of buttons; nothing where there are none. */
export function buttons(actions: Action[]): CardElement[] {
  return actions.length > 0 ? [{ type: 'ActionSet', actions }] : [];
}

/** A button that asks the bot for another card in the place of this one. */
export function execute(verb: string, title: string, data: object, more: Partial<IExecuteAction> = {}): Action {
  return { type: 'Action.Execute', verb, title, data: { ...data }, ...more };
}

/** A button that says its title, as if the person had typed it. */
export function saying(title: string): Action {
  const msteams: IMessageBackSubmitActionData = { type: 'messageBack', text: title, displayText: title, value: { say: title } };
  return { type: 'Action.Submit', title, data: { msteams } };
}

export function opening(title: string, url: string): Action {
  return { type: 'Action.OpenUrl', title, url };
}

/** A button that unfolds a part of the card, without asking the bot. */
export function unfolding(title: string, body: CardElement[], actions: Action[] = []): Action {
  return { type: 'Action.ShowCard', title, card: inner(body, actions) };
}

function inner(body: CardElement[], actions: Action[]): Card {
  return { type: 'AdaptiveCard', version: CARD_VERSION, body, ...(actions.length > 0 && { actions }) };
}

function apart(index: number): Pick<ITextBlock, 'separator' | 'spacing'> {
  return index === 0 ? {} : { separator: true, spacing: 'Large' };
}

function isRightToLeft(language: Language): boolean {
  return LANGUAGES[language].direction === 'rtl';
}
