/** Reading cards in tests: what stands on them, and what their buttons do. */
import type { Activity } from 'botbuilder';
import type { Action, Card, CardElement } from '../../src/channels/teams/cards/elements.ts';
import { CARD_TYPE } from '../../src/channels/teams/cards/elements.ts';

type Node = Record<string, unknown>;

/** The card of an activity; fails where it has none. */
export function cardOf(activity: Partial<Activity> | undefined): Card {
  const attachment = activity?.attachments?.[0];
  if (attachment?.contentType !== CARD_TYPE) throw new Error(`no card in ${JSON.stringify(activity)}`);
  return attachment.content as Card;
}

/** Every element and action of a card, unfolded ones too. */
export function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Node;
  const inner = Object.entries(node).filter(([name]) => name !== 'data');
  return [...(typeof node['type'] === 'string' ? [node] : []), ...inner.flatMap(([, one]) => nodesOf(one))];
}

/** What a person reads on a card, a line for each text. */
export function readingOf(card: Card | CardElement[]): string {
  return nodesOf(card)
    .filter(({ type }) => type === 'TextBlock')
    .map(({ text }) => text)
    .join('\n');
}

export function actionsOf(card: Card): (Action & { title: string; verb?: string; data?: Record<string, unknown>; url?: string })[] {
  return nodesOf(card).filter(({ type }) => String(type).startsWith('Action.')) as never;
}

/** The button with a title; fails where there is none. */
export function button(card: Card, title: string) {
  const found = actionsOf(card).find((action) => action.title === title);
  if (!found) throw new Error(`no button "${title}" among ${actionsOf(card).map((action) => action.title)}`);
  return found;
}

/** The parts of a card, unfolded ones left out, that stand in a language written from right to left. */
export function rightToLeft(card: Card): string[] {
  return nodesOf(card.body)
    .filter(({ rtl }) => rtl === true)
    .map((node) => readingOf(node['items'] as CardElement[]));
}
