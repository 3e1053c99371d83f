import { titleOf } from '../knowledge/answers/reply.ts';
import { factValues } from '../knowledge/answers/values.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { TOPIC_IDS, type TopicId } from '../knowledge/topics/topic-ids.ts';
import { DIALOG_IDS, type DialogId } from '../knowledge/topics/topics.ts';
import { LANGUAGE_CODES, type Language } from '../locales/languages.ts';
import { type Texts, textsOf } from '../locales/texts.ts';
import type { Presenter } from './presenter.ts';
import { plain } from './recognise.ts';

/** What a tapped button means, and the languages in which it says so. */
export type TitleTarget = ({ readonly dialog: DialogId } | { readonly topic: TopicId }) & { readonly languages: readonly Language[] };

/** The words on the buttons of topics. */
export function topicTitles(topics: readonly TopicId[], texts: Texts, knowledge: Knowledge): string[] {
  return topics.map((topic) => titleOf(topic, texts.language, knowledge));
}

/** The words on the button of a dialog, and whom it is about. */
export function dialogTitle(dialog: DialogId, texts: Texts, knowledge: Knowledge, about: Presenter['about'] = 'person'): string {
  const values = factValues(knowledge.facts, texts);
  const forStaff = about === 'resident' ? texts.find(`staff:${dialog}.title`, values) : undefined;
  return forStaff ?? texts.find(`flows:${dialog}.title`, values) ?? dialog;
}

/**
 * What each title means, in every language: a button sends its title as text, on every channel. Where a dialog and
 * a topic have the same title, the dialog is meant.
 */
export function titleIndex(knowledge: Knowledge): ReadonlyMap<string, TitleTarget> {
  const known = indexes.get(knowledge) ?? buildIndex(knowledge);
  indexes.set(knowledge, known);
  return known;
}

const indexes = new WeakMap<Knowledge, ReadonlyMap<string, TitleTarget>>();

function buildIndex(knowledge: Knowledge): ReadonlyMap<string, TitleTarget> {
  const index = new Map<string, TitleTarget>();
  for (const texts of LANGUAGE_CODES.map(textsOf)) {
    const add = (title: string, target: { topic: TopicId } | { dialog: DialogId }) => {
      const key = plain(title);
      index.set(key, { ...target, languages: [...(index.get(key)?.languages ?? []), texts.language] });
    };
    for (const topic of TOPIC_IDS) add(titleOf(topic, texts.language, knowledge), { topic });
    for (const dialog of DIALOG_IDS) {
      const titles = (['person', 'resident'] as const).map((about) => dialogTitle(dialog, texts, knowledge, about));
      for (const title of new Set(titles)) add(title, { dialog });
    }
  }
  return index;
}
