import type { Topics } from '../topics/topics.ts';
import type { Guess } from './model.ts';

/** Ideas by which a question asks if it is (still) the time for something. */
const ABOUT_TIME: ReadonlySet<string> = new Set(['still', 'late', 'until-when', 'window-dates']);

/**
 * Several topics can rest on one rule: what the help is, how to apply, until when. Where a question about one of them
 * asks for the time ("can I still get the money?"), the topic that the rule itself answers is meant; their
 * probabilities are added up, as they no longer compete.
 */
export function preferTimeTopic(guesses: readonly Guess[], concepts: ReadonlySet<string>, topics: Topics): readonly Guess[] {
  const best = guesses[0] && guesses[0].label !== 'none' ? topics.get(guesses[0].label) : undefined;
  if (best?.rule?.answers !== 'with-status' && best?.id !== timeTopicOf(best?.rule?.name, topics)) return guesses;
  if (![...ABOUT_TIME].some((idea) => concepts.has(idea))) return guesses;
  const rule = best?.rule?.name;
  const target = timeTopicOf(rule, topics);
  if (!target) return guesses;
  const family = guesses.filter(({ label }) => label !== 'none' && topics.get(label)?.rule?.name === rule);
  const probability = family.reduce((sum, guess) => sum + guess.probability, 0);
  return [{ label: target, probability }, ...guesses.filter(({ label }) => label !== target)];
}

/** The topic that answers a rule by its states while others only tell the state beside their own answer. */
function timeTopicOf(rule: string | undefined, topics: Topics) {
  const family = [...topics.values()].filter((topic) => topic.rule?.name === rule && rule !== undefined);
  return family.some((topic) => topic.rule?.answers === 'with-status')
    ? family.find((topic) => topic.rule?.answers === 'by-state')?.id
    : undefined;
}
