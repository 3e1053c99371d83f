import { readFileSync } from 'node:fs';
import { type Column, valueAt } from './column.ts';
import { IdTable } from './id-table.ts';
import { type FittedWeights, type LinearWeights, weightOf } from './linear.ts';
import type { FittedModel, Model } from './model.ts';

/** Raised when the file format changes, so that an old file is fitted anew instead of being misread. */
const FORMAT = 7;
/** Every list of numbers begins at a multiple of this, so that it can be used where it stands in the file. */
const ALIGNED = 8;

interface Header {
  readonly format: number;
  readonly fingerprint: string;
  readonly temperature: number;
  readonly thresholds: Model['thresholds'];
  readonly languages: readonly string[];
  readonly ideas: readonly [string, readonly string[]][];
  readonly features: number;
  readonly slots: number;
  /** How many classes each classifier has: topics, then languages. */
  readonly classes: readonly [number, number];
}

/**
 * Writes a model as bytes: the length of a JSON header, the header, the slots of the table of features, the biases of
 * both classifiers, and a row for each feature: its number, its rarity, what its weights are to be multiplied by, and
 * the weights of both classifiers as one signed byte each. A byte is enough: the ranking stays the same. Nothing has
 * to be built when the file is read.
 */
export function encodeModel({ topics, detector, ...facts }: FittedModel): Buffer {
  const ids = [...topics.vocabulary.places.keys()];
  const strange = [...detector.vocabulary.places.keys()].find((id) => !topics.vocabulary.places.has(id));
  if (strange !== undefined) throw new Error(`the feature ${strange} tells languages apart, but no topics`);
  const { slots } = IdTable.of(ids);
  const classes = [topics.classes, detector.classes] as const;
  const layout = layoutOf(classes);
  const rows = new ArrayBuffer(ids.length * layout.bytes);
  const columns = columnsOf(rows, layout);
  ids.forEach((id, place) => {
    set(columns.ids, place, [id]);
    set(columns.rarity, place, [valueAt(topics.vocabulary.rarity, place)]);
    setWeights(columns.topics, place, topics, place);
    // What does not tell languages apart keeps the scale 0.
    const own = detector.vocabulary.places.get(id);
    if (own !== undefined) setWeights(columns.detector, place, detector, own);
  });
  const { ideas, ...said } = facts;
  const header: Header = { ...said, format: FORMAT, ideas: [...ideas], features: ids.length, slots: slots.length, classes };
  const json = aligned(Buffer.from(JSON.stringify(header)), ' ');
  const length = Buffer.alloc(ALIGNED);
  length.writeUInt32LE(json.length);
  const lists = [slots, topics.bias, detector.bias].map((list) => Buffer.from(list.buffer, list.byteOffset, list.byteLength));
  return Buffer.concat([length, json, ...lists.map((list) => aligned(list)), Buffer.from(rows)]);
}

/** Reads what `encodeModel` wrote. Throws where the file is missing, cut off or of another format. */
export function readModel(file: string): Model {
  const buffer = readFileSync(file);
  const headerEnd = ALIGNED + buffer.readUInt32LE(0);
  const { format, features, slots, classes, ideas, ...facts } = JSON.parse(buffer.toString('utf8', ALIGNED, headerEnd)) as Header;
  if (format !== FORMAT) throw new Error(`model file of format ${format}, expected ${FORMAT}`);
  // Views need an aligned start. A large file is read into memory of its own, which has one: it is used where it stands.
  const bytes = buffer.byteOffset % ALIGNED === 0 ? buffer : Buffer.from(new Uint8Array(buffer).buffer);
  let start = headerEnd;
  const next = (size: number) => {
    const from = start;
    start = multiple(start + size);
    if (start > bytes.length) throw new Error('model file is cut off');
    return bytes.byteOffset + from;
  };
  const table = new Int32Array(bytes.buffer, next(slots * 4), slots);
  const biases = classes.map((count) => new Float32Array(bytes.buffer, next(count * 4), count)) as [Float32Array, Float32Array];
  const layout = layoutOf(classes);
  const columns = columnsOf(bytes.buffer, layout, next(features * layout.bytes));
  const vocabulary = { places: new IdTable(table, columns.ids, features), rarity: columns.rarity };
  const [topics, detector] = [columns.topics, columns.detector].map((weights, index) => ({
    ...weights,
    classes: classes[index] as number,
    bias: biases[index] as Float32Array,
  })) as [LinearWeights, LinearWeights];
  return { ...facts, ideas: new Map(ideas), vocabulary, topics, detector };
}

/** Where the parts of a row begin, in bytes. */
interface Layout {
  readonly detector: number;
  readonly bytes: number;
}

const ID = 0;
const RARITY = 8;
const SCALES = 12;
const TOPICS = 20;

function layoutOf([topics, languages]: readonly [number, number]): Layout {
  return { detector: TOPICS + topics, bytes: multiple(TOPICS + topics + languages) };
}

/** The columns of the rows that begin at `start`. */
function columnsOf(bytes: ArrayBufferLike, { detector, bytes: row }: Layout, start = 0) {
  const floats = new Float32Array(bytes, start);
  const cells = new Int8Array(bytes, start);
  const scales = (at: number): Column<Float32Array> => ({ list: floats, offset: at / 4, stride: row / 4 });
  const weights = (at: number): Column<Int8Array> => ({ list: cells, offset: at, stride: row });
  return {
    ids: { list: new Float64Array(bytes, start), offset: ID, stride: row / 8 } satisfies Column<Float64Array>,
    rarity: scales(RARITY),
    topics: { scales: scales(SCALES), weights: weights(TOPICS) },
    detector: { scales: scales(SCALES + 4), weights: weights(detector) },
  };
}

function set({ list, offset, stride }: Column, place: number, values: readonly number[]): void {
  list.set(values, offset + place * stride);
}

interface Scaled {
  readonly scales: Column<Float32Array>;
  readonly weights: Column<Int8Array>;
}

function setWeights(into: Scaled, place: number, from: FittedWeights, own: number): void {
  const values = Array.from({ length: from.classes }, (_, index) => weightOf(own, index, from));
  const scale = values.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127 || 1;
  set(into.scales, place, [scale]);
  set(
    into.weights,
    place,
    values.map((weight) => Math.round(weight / scale)),
  );
}

/** The same bytes, filled up to the next aligned length. */
function aligned(bytes: Buffer, filling = '\0'): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(multiple(bytes.length) - bytes.length, filling)]);
}

function multiple(length: number): number {
  return Math.ceil(length / ALIGNED) * ALIGNED;
}
