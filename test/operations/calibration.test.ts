import { calibrationError, calibrationOf } from '../../src/operations/calibration.ts';

const many = (confidence: number, rights: number, wrongs: number) => [
  ...Array.from({ length: rights }, () => ({ confidence, right: true })),
  ...Array.from({ length: wrongs }, () => ({ confidence, right: false })),
];

test('questions are sorted by certainty, and being sure is compared with being right', () => {
  expect(calibrationOf([...many(0.6, 3, 2), ...many(1, 4, 0)])).toEqual([
    { from: 0.5, to: 0.7, questions: 5, sure: expect.closeTo(0.6), right: expect.closeTo(0.6) },
    { from: 0.95, to: 1, questions: 4, sure: 1, right: 1 },
  ]);
});

test('the error is nothing where it is as often right as sure, and the distance where it is not', () => {
  expect(calibrationError(calibrationOf(many(0.6, 3, 2)))).toBeCloseTo(0);
  expect(calibrationError(calibrationOf([...many(0.9, 0, 5), ...many(0.6, 3, 2)]))).toBeCloseTo(0.45);
});
