import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { factValues } from '../../knowledge/answers/values.ts';
import { isOutdated } from '../../knowledge/editions/facts.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import type { TopicId } from '../../knowledge/topics/topic-ids.ts';
import { LANGUAGE_CODES, LANGUAGES, type Language } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { escapeMarkup } from '../escape-markup.ts';
import type { AssetName } from './assets.ts';
import type { PublishedTexts } from './page-texts.ts';

/** What people ask most: shown before the chat is there, as links to the plain answers. */
const MOST_ASKED: readonly TopicId[] = [
  'letter',
  'questionnaire',
  'questionnaire-unreturned',
  'protection-end',
  'work',
  'reception',
  'remigration-window',
  'safe-country',
  'after-end-date',
  'contact',
];

/** Makes the page in a language. `now` decides whether its information is called out of date; `nonce` allows its scripts. */
export function pageRenderer(knowledge: Knowledge, assets: Readonly<Record<AssetName, string>>, published: PublishedTexts) {
  const template = readFileSync(join(import.meta.dirname, 'index.html'), 'utf8');
  return (language: Language, now: Date, nonce: string): string => {
    const texts = textsOf(language);
    const facts = factValues(knowledge.facts, texts);
    const outdated = isOutdated(knowledge.facts, knowledge.today(now));
    const own = published.of(language);
    const values: Record<string, string> = {
      language,
      nonce,
      direction: own.direction,
      outdated: outdated ? ' data-outdated' : '',
      current: escapeMarkup(own.texts[outdated ? 'current-outdated' : 'current'] ?? ''),
      source: escapeMarkup(knowledge.facts.page),
      answers: `/faq/${language}`,
      'language-word': escapeMarkup(own.texts['language'] ?? ''),
      loading: escapeMarkup(texts.say('page:loading')),
      'no-script': escapeMarkup(texts.say('page:no-script', facts)),
      'most-asked': escapeMarkup(texts.say('page:most-asked')),
      topics: MOST_ASKED.map((topic) => topicLink(topic, language)).join(''),
      'language-links': LANGUAGE_CODES.map((code) => languageLink(code, language)).join(' '),
      'language-options': LANGUAGE_CODES.map((code) => languageOption(code, language)).join(''),
      data: JSON.stringify({ own, addresses: published.addresses }).replaceAll('<', '\\u003c'),
      ...assets,
    };
    return template.replace(/\{\{([\w-]+)\}\}/gu, (_, name: string) => values[name] ?? escapeMarkup(own.texts[name] ?? ''));
  };
}

function topicLink(topic: TopicId, language: Language): string {
  return `<li><a class="topic" href="/faq/${language}#${topic}">${escapeMarkup(textsOf(language).say(`titles:${topic}`))}</a></li>`;
}

function languageLink(code: Language, chosen: Language): string {
  const current = code === chosen ? ' aria-current="page"' : '';
  return `<a class="language-link" href="/?lang=${code}" lang="${code}" hreflang="${code}" dir="${LANGUAGES[code].direction}"${current}>${languageName(code)}</a>`;
}

function languageOption(code: Language, chosen: Language): string {
  return `<option value="${code}" lang="${code}"${code === chosen ? ' selected' : ''}>${languageName(code)}</option>`;
}

function languageName(code: Language): string {
  return escapeMarkup(textsOf(code).say('common:language-name'));
}
