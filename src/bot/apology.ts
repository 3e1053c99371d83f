import { ActivityTypes, type TurnContext } from 'botbuilder';
import { supportedLanguage } from '../../knowledge/language/choose.ts';
import { LANGUAGE_CODES, SOURCE_LANGUAGE } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { note } from '../telemetry/turn-notes.ts';

/** Tells the person that the turn failed: never silence, never a stack trace. */
export async function apologise(context: TurnContext): Promise<void> {
  note({ failed: true });
  if (context.activity.type !== ActivityTypes.Message) return;
  const language = supportedLanguage(context.activity.locale, LANGUAGE_CODES);
  await context.sendActivity(textsOf(language ?? SOURCE_LANGUAGE).say('chat:error'));
}
