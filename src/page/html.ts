import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { factValues } from '../../knowledge/answers/values.ts';
import { lastDayOf } from '../../knowledge/editions/facts.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { LANGUAGE_CODES, LANGUAGES, type Language } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import type { AssetName } from './assets.ts';

const TEXTS = [
  'title',
  'subtitle',
  'current',
  'source-link',
  'language',
  'loading',
  'not-ind',
  'new-conversation',
  'connection-lost',
  'expired',
  'could-not-start',
  'deleted',
] as const;

/** What Web Chat itself says, by the names of our texts. Web Chat has no Persian, and no polite form in some languages. */
const CHAT_TEXTS = {
  placeholder: 'TEXT_INPUT_PLACEHOLDER',
  label: 'TEXT_INPUT_ALT',
  send: 'TEXT_INPUT_SEND_BUTTON_ALT',
  sending: 'ACTIVITY_STATUS_SEND_STATUS_ALT_SENDING',
  failed: 'ACTIVITY_STATUS_SEND_FAILED_RETRY',
  'just-now': 'ACTIVITY_STATUS_TIMESTAMP_JUST_NOW',
  'minute-ago': 'ACTIVITY_STATUS_TIMESTAMP_ONE_MINUTE_AGO',
  'hour-ago': 'ACTIVITY_STATUS_TIMESTAMP_ONE_HOUR_AGO',
  today: 'ACTIVITY_STATUS_TIMESTAMP_TODAY',
  yesterday: 'ACTIVITY_STATUS_TIMESTAMP_YESTERDAY',
  'bot-said': 'ACTIVITY_BOT_SAID_ALT',
  'you-said': 'ACTIVITY_YOU_SAID_ALT',
  'new-messages': 'TRANSCRIPT_NEW_MESSAGES',
  history: 'TRANSCRIPT_ARIA_LABEL_ALT',
  suggestions: 'SUGGESTED_ACTIONS_LABEL_ALT',
  connecting: 'CONNECTIVITY_STATUS_ALT_CONNECTING',
  reconnecting: 'CONNECTIVITY_STATUS_ALT_RECONNECTING',
  'no-connection': 'CONNECTIVITY_STATUS_ALT_FATAL',
  reference: 'REFERENCE_LIST_HEADER',
} as const;

/** Web Chat counts references, in a form for each number; ours says "Source" for any. */
const COUNTED = 'REFERENCE_LIST_HEADER';
const FORMS = ['ONE', 'TWO', 'FEW', 'MANY', 'OTHER'];

/** Makes the page in a language. `now` decides whether its information is called out of date; `nonce` allows its scripts. */
export function pageRenderer(knowledge: Knowledge, assets: Record<AssetName, string>) {
  const template = readFileSync(join(import.meta.dirname, 'index.html'), 'utf8');
  return (language: Language, now: Date, nonce: string): string => {
    const all = Object.fromEntries(
      LANGUAGE_CODES.map((code) => [
        code,
        { direction: LANGUAGES[code].direction, texts: pageTexts(code, now, knowledge), chat: chatTexts(code) },
      ]),
    );
    const own = pageTexts(language, now, knowledge);
    const texts = textsOf(language);
    const values: Record<string, string> = {
      language,
      direction: LANGUAGES[language].direction,
      title: escapeHtml(own['title']),
      subtitle: escapeHtml(own['subtitle']),
      current: escapeHtml(own['current']),
      source: escapeHtml(knowledge.facts.page),
      sourceLink: escapeHtml(own['source-link']),
      languageLabel: escapeHtml(own['language']),
      languageOptions: languageOptions(language),
      loading: escapeHtml(own['loading']),
      noScript: escapeHtml(texts.say('page:no-script', factValues(knowledge.facts, texts))),
      faqLink: escapeHtml(own['faq']),
      notInd: escapeHtml(own['not-ind']),
      newConversation: escapeHtml(own['new-conversation']),
      texts: JSON.stringify(all).replaceAll('<', '\\u003c'),
      ...assets,
    };
    return template
      .replace(/\{\{(\w+)\}\}/gu, (_, name: string) => values[name] ?? '')
      .replaceAll('<script src', `<script nonce="${nonce}" src`);
  };
}

function chatTexts(language: Language): Record<string, string> {
  const { say } = textsOf(language);
  const names = Object.keys(CHAT_TEXTS) as (keyof typeof CHAT_TEXTS)[];
  const said = names.map((name) => [CHAT_TEXTS[name], say(`page:chat.${name}`)] as const);
  const thumbs = { VOTE_LIKE_ALT: say('feedback:like'), VOTE_DISLIKE_ALT: say('feedback:dislike') };
  const own = Object.fromEntries(
    said.flatMap(([id, text]) => (id === COUNTED ? FORMS.map((form) => [`${COUNTED}_${form}`, text]) : [[id, text]])),
  );
  return { ...own, ...thumbs };
}

function pageTexts(language: Language, now: Date, { facts, today }: Knowledge): Record<string, string> {
  const texts = textsOf(language);
  const values = factValues(facts, texts);
  const outdated = today(now) > lastDayOf(facts);
  const own = TEXTS.map((name) => [name, texts.say(name === 'current' && outdated ? 'page:current-outdated' : `page:${name}`, values)]);
  return { ...Object.fromEntries(own), faq: texts.say('faq:link') };
}

function languageOptions(chosen: Language): string {
  return LANGUAGE_CODES.map((code) => {
    const name = escapeHtml(textsOf(code).say('common:language-name'));
    return `<option value="${code}" lang="${code}"${code === chosen ? ' selected' : ''}>${name}</option>`;
  }).join('');
}

function escapeHtml(text = ''): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
