import type { TurnContext } from 'botbuilder';
import { isAhead } from '../knowledge/calendar/days-ahead.ts';
import type { RuleReference } from '../knowledge/rules/index.ts';
import type { Texts } from '../locales/texts.ts';
import type { DialogServices } from './services.ts';

/**
 * A paragraph that offers the calendar file, where one of these rules rests on a day that still lies ahead and the
 * channel can follow a link to the file; else no paragraph.
 */
export function calendarOffer(context: TurnContext, rules: readonly RuleReference[], texts: Texts, services: DialogServices): string[] {
  const { knowledge, now, links } = services;
  const address = links.calendar(context.activity.channelId, texts.language);
  return address !== undefined && isAhead(knowledge.facts, rules, now()) ? [`[${texts.say('calendar:offer')}](${address})`] : [];
}
