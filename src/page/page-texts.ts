import { createHash } from 'node:crypto';
import { factValues } from '../../knowledge/answers/values.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { LANGUAGE_CODES, LANGUAGES, type Language } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';

/** The texts that the script of the page needs in a language. */
const TEXTS = [
  'title',
  'subtitle',
  'current',
  'current-outdated',
  'source-link',
  'language',
  'not-ind',
  'new-conversation',
  'all-answers',
  'offline',
  'could-not-start',
  'busy',
  'deleted',
  'waiting',
  'later',
  'not-delivered',
  'read-aloud',
  'stop-reading',
  'copy',
  'copied',
  'share',
  'print',
  'guard-title',
  'guard-why',
  'guard-not-sent',
  'guard-send',
  'guard-edit',
] as const;

/** What Web Chat itself says, by the names of our texts. It brings no words of its own. */
const CHAT_TEXTS = {
  placeholder: ['TEXT_INPUT_PLACEHOLDER'],
  label: ['TEXT_INPUT_ALT'],
  send: ['TEXT_INPUT_SEND_BUTTON_ALT'],
  empty: ['SEND_BOX_IS_EMPTY_TOOLTIP_ALT'],
  'bot-said': ['ACTIVITY_BOT_SAID_ALT'],
  'you-said': ['ACTIVITY_YOU_SAID_ALT'],
  'new-messages': ['TRANSCRIPT_NEW_MESSAGES', 'TRANSCRIPT_MORE_MESSAGES'],
  history: ['TRANSCRIPT_ARIA_LABEL_ALT'],
  role: ['TRANSCRIPT_ARIA_ROLE_ALT'],
  end: ['TRANSCRIPT_TERMINATOR_TEXT'],
  suggestions: ['SUGGESTED_ACTIONS_LABEL_ALT'],
  'has-suggestions': [
    'TRANSCRIPT_LIVE_REGION_SUGGESTED_ACTIONS_LABEL_ALT',
    'TRANSCRIPT_LIVE_REGION_SUGGESTED_ACTIONS_WITH_ACCESS_KEY_LABEL_ALT',
  ],
  // Said of a message that is looked at, not after each answer: all of them have buttons.
  'has-links': ['ACTIVITY_INTERACTIVE_REASON_INTERACTIVE_CONTENT_ALT', 'ACTIVITY_INTERACTIVE_REASON_LINK_ALT'],
  typing: ['TYPING_INDICATOR_ALT', 'TYPING_INDICATOR_SINGLE_TEXT'],
  'new-window': ['MARKDOWN_EXTERNAL_LINK_ALT'],
  picture: ['ATTACHMENT_IMAGE', 'ACTIVITY_BOT_ATTACHED_ALT'],
  // Web Chat counts references, in a form for each number; ours says "Source" for any.
  reference: ['ONE', 'TWO', 'FEW', 'MANY', 'OTHER'].map((form) => `REFERENCE_LIST_HEADER_${form}`),
} as const satisfies Record<string, readonly string[]>;

export interface PageTexts {
  readonly language: Language;
  readonly direction: 'ltr' | 'rtl';
  readonly texts: Readonly<Record<string, string>>;
  readonly chat: Readonly<Record<string, string>>;
}

/** The texts of each language, and the address under which a browser may keep them for good. */
export interface PublishedTexts {
  readonly of: (language: Language) => PageTexts;
  readonly addresses: Readonly<Record<Language, string>>;
  /** The JSON at an address, or undefined. */
  readonly at: (address: string) => string | undefined;
}

export function publishTexts(knowledge: Knowledge): PublishedTexts {
  const all = new Map(LANGUAGE_CODES.map((language) => [language, pageTexts(language, knowledge)]));
  const files = new Map<string, string>();
  const addresses = {} as Record<Language, string>;
  for (const [language, texts] of all) {
    const content = JSON.stringify(texts);
    addresses[language] = `/texts/${language}-${createHash('sha256').update(content).digest('hex').slice(0, 8)}.json`;
    files.set(addresses[language], content);
  }
  return { of: (language) => all.get(language) as PageTexts, addresses, at: (address) => files.get(address) };
}

function pageTexts(language: Language, { facts }: Knowledge): PageTexts {
  const texts = textsOf(language);
  const values = factValues(facts, texts);
  // What an action and an answer are called is put in by the page.
  const ofAnswer = texts.say('page:of-answer', { action: '$action', answer: '$answer' });
  const names = Object.keys(CHAT_TEXTS) as (keyof typeof CHAT_TEXTS)[];
  return {
    language,
    direction: LANGUAGES[language].direction,
    texts: { ...Object.fromEntries(TEXTS.map((name) => [name, texts.say(`page:${name}`, values)])), 'of-answer': ofAnswer },
    chat: {
      ...Object.fromEntries(names.flatMap((name) => CHAT_TEXTS[name].map((id) => [id, texts.say(`page:chat.${name}`)]))),
      VOTE_LIKE_ALT: texts.say('feedback:like'),
      VOTE_DISLIKE_ALT: texts.say('feedback:dislike'),
    },
  };
}
