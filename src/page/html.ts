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

/** Makes the page in a language. `now` decides whether its information is called out of date; `nonce` allows its scripts. */
export function pageRenderer(knowledge: Knowledge, assets: Record<AssetName, string>) {
  const template = readFileSync(join(import.meta.dirname, 'index.html'), 'utf8');
  return (language: Language, now: Date, nonce: string): string => {
    const all = Object.fromEntries(
      LANGUAGE_CODES.map((code) => [code, { direction: LANGUAGES[code].direction, texts: pageTexts(code, now, knowledge) }]),
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

function pageTexts(language: Language, now: Date, { facts, today }: Knowledge): Record<string, string> {
  const texts = textsOf(language);
  const values = factValues(facts, texts);
  const outdated = today(now) > lastDayOf(facts);
  return Object.fromEntries(
    TEXTS.map((name) => [name, texts.say(name === 'current' && outdated ? 'page:current-outdated' : `page:${name}`, values)]),
  );
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
