import type { Certainty } from './evaluation.ts';

/** Questions about which the bot was about equally sure: how sure on average, and how often it was right. */
export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly questions: number;
  readonly sure: number;
  readonly right: number;
}

const EDGES = [0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1] as const;

/** Sorts questions by how sure the bot was of them. A well calibrated bot is right as often as it is sure. */
export function calibrationOf(certainties: readonly Certainty[]): CalibrationBin[] {
  return EDGES.slice(0, -1).flatMap((from, index) => {
    const to = EDGES[index + 1] ?? 1;
    const inside = certainties.filter(({ confidence }) => confidence >= from && (confidence < to || to === 1));
    if (inside.length === 0) return [];
    const mean = (value: (one: Certainty) => number) => inside.reduce((sum, one) => sum + value(one), 0) / inside.length;
    return [{ from, to, questions: inside.length, sure: mean(({ confidence }) => confidence), right: mean(({ right }) => Number(right)) }];
  });
}

/** The expected calibration error: how far, on average over the questions, being sure and being right lie apart. */
export function calibrationError(bins: readonly CalibrationBin[]): number {
  const total = bins.reduce((sum, { questions }) => sum + questions, 0);
  return bins.reduce((sum, { questions, sure, right }) => sum + (questions / total) * Math.abs(sure - right), 0);
}
