/** Adds to the count of a key. What has come down to nothing is not kept: the keys are people. */
export function addTo(counts: Map<string, number>, key: string, number: number): void {
  const sum = (counts.get(key) ?? 0) + number;
  if (sum > 0) counts.set(key, sum);
  else counts.delete(key);
}
