import type { TurnContext } from 'botbuilder';
import type { Language } from '../locales/languages.ts';
import { type Texts, textsOf } from '../locales/texts.ts';
import type { Memory } from './memory.ts';
import type { Presenter } from './presenter.ts';

/**
 * Takes the language that was asked for. A person who asks for one wants to be answered in it; a member of staff who
 * names one means the resident's, which then stands beside their own.
 */
export async function setLanguage(context: TurnContext, language: Language, memory: Memory, presenter: Presenter): Promise<void> {
  if (presenter.about === 'person') Object.assign(memory, { language, chosen: language });
  else if (language === memory.language) delete memory.resident;
  else memory.resident = language;
  await presenter.signal(context, 'language', { language });
  await presenter.languagesChanged(context, memory);
}

/** What is said when a language was taken. */
export function languageChanged(texts: Texts, memory: Memory, presenter: Presenter): string {
  if (presenter.about === 'person') return texts.say('chat:language-changed');
  const own = texts.say('common:language-name');
  if (!memory.resident) return texts.say('staff:shared.one-language', { own });
  return texts.say('staff:shared.two-languages', { own, other: textsOf(memory.resident).say('common:language-name') });
}
