import type { Example } from './linear.ts';
import { softmax } from './softmax.ts';
import { type Vector, type Vocabulary, vectorOf } from './vectors.ts';

const NEIGHBOURS = 8;
const WIDTH = 0.35;

/** Classes by the nearest known questions: the rival that the linear model is measured against. */
export function nearestNeighbours(examples: readonly Example[], vocabulary: Vocabulary, classes: number) {
  const index = new Map<number, { example: number; value: number }[]>();
  examples.forEach(({ features }, example) => {
    const { places, values } = vectorOf(features, vocabulary);
    places.forEach((place, at) => {
      const list = index.get(place) ?? [];
      list.push({ example, value: values[at] ?? 0 });
      index.set(place, list);
    });
  });

  return (vector: Vector): Float64Array => {
    const likeness = new Map<number, number>();
    vector.places.forEach((place, at) => {
      for (const { example, value } of index.get(place) ?? []) {
        likeness.set(example, (likeness.get(example) ?? 0) + value * (vector.values[at] ?? 0));
      }
    });
    const nearest = [...likeness].sort((a, b) => b[1] - a[1]).slice(0, NEIGHBOURS);
    const weights = softmax(
      Float64Array.from(nearest, ([, value]) => value),
      WIDTH,
    );
    const result = new Float64Array(classes).fill(0.02 / classes);
    nearest.forEach(([example], at) => {
      const label = examples[example]?.label ?? 0;
      result[label] = (result[label] ?? 0) + 0.98 * (weights[at] ?? 0);
    });
    return result;
  };
}
