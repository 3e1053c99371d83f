import { LANGUAGE_CODES, type Language } from '../locales/languages.ts';
import { type Texts, textsOf } from '../locales/texts.ts';
import { type CalendarDay, dayAt } from './calendar/day.ts';
import { type DateContext, daysAskedAbout, type NamedDays } from './dates/index.ts';
import { type DateWords, loadDateWords } from './dates/words.ts';
import { DEFAULT_EDITION, type Facts, lastDayOf, loadFacts } from './editions/facts.ts';
import { type DetectedLanguage, detectLanguage } from './language/detect.ts';
import { featuresOf } from './matching/features.ts';
import { buildLexicon, type Lexicon } from './matching/lexicon.ts';
import { loadModel } from './matching/load-model.ts';
import { type Guess, type Model, rank } from './matching/model.ts';
import { wordsOf } from './matching/normalise.ts';
import { type Outcome, outcomeOf } from './matching/thresholds.ts';
import { preferTimeTopic } from './matching/time-questions.ts';
import { type Vector, vectorOf } from './matching/vectors.ts';
import { KNOWLEDGE_PATHS } from './paths.ts';
import type { TopicId } from './topics/topic-ids.ts';
import { loadTopics, type Topic, type Topics } from './topics/topics.ts';

/** What the bot makes of a message: what it would do, and the labels by likelihood. */
export interface Match {
  readonly outcome: Outcome;
  readonly guesses: readonly Guess[];
}

/** Everything that the bot knows, loaded and checked once at start. */
export interface Knowledge {
  readonly facts: Facts;
  readonly topics: Topics;
  readonly lexicon: Lexicon;
  readonly model: Model;
  readonly languages: readonly Language[];
  topic(id: TopicId): Topic;
  texts(language: Language): Texts;
  match(text: string): Match;
  detect(text: string): DetectedLanguage | undefined;
  /** The days, other than today, that a text asks about. */
  daysIn(text: string, language: Language, now: Date): NamedDays | undefined;
  today(now: Date): CalendarDay;
}

/**
 * Loads the knowledge with the facts of an edition.
 * Throws a KnowledgeError with file, line and reason where a file is broken: the service must not start then.
 */
export function loadKnowledge(options: { edition?: string | undefined; onFit?: () => void } = {}): Knowledge {
  const facts = loadFacts(KNOWLEDGE_PATHS.editions, options.edition ?? DEFAULT_EDITION);
  const topics = loadTopics(KNOWLEDGE_PATHS.topics, facts);
  const dateWords = loadDateWords(KNOWLEDGE_PATHS.dateWords);
  const model = loadModel(options.onFit);
  const lexicon = buildLexicon(model.ideas);
  return { facts, topics, lexicon, model, languages: LANGUAGE_CODES, ...readers({ facts, topics, lexicon, dateWords, model }) };
}

interface Parts {
  readonly facts: Facts;
  readonly topics: Topics;
  readonly lexicon: Lexicon;
  readonly dateWords: ReadonlyMap<string, DateWords>;
  readonly model: Model;
}

function readers({ facts, topics, lexicon, dateWords, model }: Parts) {
  const around = { first: firstDayOf(facts), last: lastDayOf(facts) };
  // The language and the topic of a message are found one after the other.
  let last = { text: '', ...lookAt('', lexicon, model) };
  const seen = (text: string) => {
    if (text !== last.text) last = { text, ...lookAt(text, lexicon, model) };
    return last;
  };
  return {
    topic(id: TopicId): Topic {
      return topics.get(id) as Topic;
    },
    texts: textsOf,
    match(text: string): Match {
      const { vector, ideas } = seen(text);
      const guesses = preferTimeTopic(rank(vector, model), ideas, topics);
      return { outcome: wordsOf(text).length === 0 ? 'unknown' : outcomeOf(guesses, model.thresholds), guesses };
    },
    detect(text: string) {
      return detectLanguage(seen(text).vector, model);
    },
    daysIn(text: string, language: Language, now: Date) {
      const context: DateContext = { today: dayAt(now, facts.timeZone), around };
      return daysAskedAbout(text, language, dateWords, context);
    },
    today(now: Date) {
      return dayAt(now, facts.timeZone);
    },
  };
}

/** What the model sees of a text, and the ideas in it. */
function lookAt(text: string, lexicon: Lexicon, { vocabulary }: Model): { vector: Vector; ideas: ReadonlySet<string> } {
  const features = featuresOf(text, lexicon);
  return { vector: vectorOf(features, vocabulary), ideas: new Set(features.ideas) };
}

function firstDayOf(facts: Facts): CalendarDay {
  const [first] = [facts.periods.remigration.first, facts.periods.safeCountryLetters.first].sort();
  return first as CalendarDay;
}
