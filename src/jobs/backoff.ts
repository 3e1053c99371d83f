const LONGEST_DELAY = 5 * 60_000;

/** Doubles with every attempt, and chance takes up to a half off it, so that many waiting do not come back together. */
export function backoff(firstMs: number, random: () => number = Math.random): (attempts: number) => number {
  return (attempts) => Math.ceil(Math.min(firstMs * 2 ** (attempts - 1), LONGEST_DELAY) * (0.5 + random() / 2));
}
