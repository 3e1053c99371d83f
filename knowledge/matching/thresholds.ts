import type { Label } from '../topics/topic-ids.ts';
import type { Guess, Thresholds } from './model.ts';

/** A question whose topic is known, with what the model makes of it. */
export interface Judged {
  readonly label: Label;
  readonly guesses: readonly Guess[];
}

/**
 * What an outcome is worth. A wrong answer does harm, most of all where the page says nothing. A choice that holds the
 * right topic costs the person one tap; one that holds nothing costs a look. To say that the page is silent when it
 * is not leaves a person without help.
 */
const WORTH = {
  right: 1,
  choiceWithRight: 0.2,
  choiceWithout: -0.3,
  choiceOutOfScope: 0.4,
  wrong: -1.25,
  wrongOutOfScope: -2.5,
  unknown: -0.5,
};

/** Thresholds whose worth differs by less than this share of the questions are equally good: their middle is taken. */
const EQUALLY_GOOD = 0.006;

/** What the bot does with a guess. */
export type Outcome = 'answer' | 'choose' | 'unknown';

/** How many topics a choice offers. */
export const CHOICES = 3;

/** Sure: the answer. Nearly sure: a choice. Not sure, or nothing that the page speaks of: unknown. */
export function outcomeOf(guesses: readonly Guess[], thresholds: Thresholds): Outcome {
  const [best] = guesses;
  if (!best) return 'unknown';
  if (best.label !== 'none' && best.probability >= thresholds.answer) return 'answer';
  const offered = inScope(guesses)
    .slice(0, CHOICES)
    .reduce((sum, { probability }) => sum + probability, 0);
  return offered >= thresholds.choose ? 'choose' : 'unknown';
}

/** The guesses that are topics, likeliest first. */
export function inScope(guesses: readonly Guess[]): Guess[] {
  return guesses.filter(({ label }) => label !== 'none');
}

/** The temperature under which the probabilities fit the held-back questions best (least log loss). */
export function fitTemperature(judge: (temperature: number) => Judged[]): number {
  const candidates = Array.from({ length: 26 }, (_, step) => 0.5 + step * 0.1);
  return best(candidates, (temperature) =>
    judge(temperature).reduce((sum, { label, guesses }) => {
      const guess = guesses.find((one) => one.label === label);
      return sum + Math.log(Math.max(guess?.probability ?? 0, 1e-6));
    }, 0),
  );
}

/**
 * The two thresholds that are worth most on the held-back questions: the middle of all that are equally good, so that
 * a few questions more or less do not make them jump.
 */
export function fitThresholds(judged: readonly Judged[]): Thresholds {
  const steps = Array.from({ length: 37 }, (_, step) => 0.05 + step * 0.025);
  const pairs = steps.flatMap((answer) => steps.map((choose): Thresholds => ({ answer, choose })));
  const rated = pairs.map((thresholds) => ({ thresholds, value: judged.reduce((sum, one) => sum + worth(one, thresholds), 0) }));
  const most = Math.max(...rated.map(({ value }) => value));
  const good = rated.filter(({ value }) => value >= most - EQUALLY_GOOD * judged.length).map(({ thresholds }) => thresholds);
  const middle = (part: keyof Thresholds) => good.reduce((sum, one) => sum + one[part], 0) / good.length;
  return { answer: middle('answer'), choose: middle('choose') };
}

function worth({ label, guesses }: Judged, thresholds: Thresholds): number {
  const outcome = outcomeOf(guesses, thresholds);
  const outOfScope = label === 'none';
  if (outcome === 'unknown') return outOfScope ? WORTH.right : WORTH.unknown;
  if (outcome === 'answer') {
    if (outOfScope) return WORTH.wrongOutOfScope;
    return guesses[0]?.label === label ? WORTH.right : WORTH.wrong;
  }
  if (outOfScope) return WORTH.choiceOutOfScope;
  const offered = inScope(guesses).slice(0, CHOICES);
  return offered.some((guess) => guess.label === label) ? WORTH.choiceWithRight : WORTH.choiceWithout;
}

function best<T>(candidates: readonly T[], worthOf: (candidate: T) => number): T {
  const rated = candidates.map((candidate) => ({ candidate, value: worthOf(candidate) }));
  return rated.reduce((top, next) => (next.value > top.value ? next : top)).candidate;
}
