/** A list of numbers that can be kept in a file as it stands in memory. */
export type Numbers = Float64Array | Float32Array | Int8Array;

/**
 * One value of every feature, or several side by side. All values of a feature lie beside each other in memory, those
 * of other columns between them: a text has a hundred features, and each should be fetched from far away once.
 */
export interface Column<List extends Numbers = Numbers> {
  readonly list: List;
  /** The value of the first feature, and how far it is from there to the one of the next. */
  readonly offset: number;
  readonly stride: number;
}

/** A column that stands alone: so many values a feature, one feature after the other. */
export function column<List extends Numbers>(list: List, values = 1): Column<List> {
  return { list, offset: 0, stride: values };
}

/** A value of the feature at a place: the first one, or the one so many after it. */
export function valueAt({ list, offset, stride }: Column, place: number, after = 0): number {
  return list[offset + place * stride + after] ?? 0;
}
