import Fuse from 'fuse.js';
import { titleOf } from '../../../knowledge/answers/reply.ts';
import { factValues } from '../../../knowledge/answers/values.ts';
import type { Knowledge } from '../../../knowledge/knowledge.ts';
import { normalise } from '../../../knowledge/matching/normalise.ts';
import { inScope } from '../../../knowledge/matching/thresholds.ts';
import { RULE_STATES } from '../../../knowledge/rules/index.ts';
import { TOPIC_IDS, type TopicId } from '../../../knowledge/topics/topic-ids.ts';
import type { Language } from '../../../locales/languages.ts';
import { textsOf } from '../../../locales/texts.ts';

/** A whole question is understood as in a conversation; from this certainty on its topic stands first. */
const UNDERSTOOD = 0.3;
/** How unlike the words may be to what they find (0 is equal): a typo in each word. */
const TYPO_TOLERANCE = 0.34;

/**
 * The topics of the procedure that words find, best first, while they are typed: what the bot would answer, then
 * titles and answers that hold the words, typos allowed. No words find every topic, in the order of the page.
 */
export function findTopics(words: string, language: Language, knowledge: Knowledge): TopicId[] {
  const all = TOPIC_IDS.filter((id) => !knowledge.topic(id).talk);
  const asked = normalise(words).trim();
  if (asked === '') return all;
  const { guesses } = knowledge.match(words);
  const understood = inScope(guesses)
    .filter(({ probability }) => probability >= UNDERSTOOD)
    .map(({ label }) => label as TopicId);
  const found = indexOf(language, all, knowledge)
    .search(asked)
    .map(({ item }) => item.topic);
  return [...new Set([...understood, ...found])].filter((id) => all.includes(id));
}

interface Entry {
  readonly topic: TopicId;
  readonly title: string;
  readonly text: string;
}

const indexes = new WeakMap<Knowledge, Map<Language, Fuse<Entry>>>();

function indexOf(language: Language, topics: readonly TopicId[], knowledge: Knowledge): Fuse<Entry> {
  const own = indexes.get(knowledge) ?? new Map<Language, Fuse<Entry>>();
  indexes.set(knowledge, own);
  const known = own.get(language);
  if (known) return known;
  const entries = topics.map((topic) => ({
    topic,
    title: normalise(titleOf(topic, language, knowledge)),
    text: normalise(sentencesOf(topic, language, knowledge)),
  }));
  const index = new Fuse(entries, {
    keys: [
      { name: 'title', weight: 2 },
      { name: 'text', weight: 1 },
    ],
    threshold: TYPO_TOLERANCE,
    ignoreLocation: true,
    minMatchCharLength: 2,
    useTokenSearch: true,
  });
  own.set(language, index);
  return index;
}

/** Everything that the bot can say about a topic, in whatever state its rule is. */
function sentencesOf(topic: TopicId, language: Language, knowledge: Knowledge): string {
  const texts = textsOf(language);
  const values = factValues(knowledge.facts, texts);
  const { rule } = knowledge.topic(topic);
  const states = rule?.answers === 'by-state' ? RULE_STATES[rule.name].map((state) => `.${state}`) : [''];
  const keys = states.flatMap((state) => ['answer', 'next'].map((name) => `answers:${topic}${state}.${name}`));
  return keys.map((key) => texts.find(key, values) ?? '').join(' ');
}
