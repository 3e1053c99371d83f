import { readFileSync } from 'node:fs';
import { IdTable } from './id-table.ts';
import type { FittedWeights, LinearWeights } from './linear.ts';
import type { FittedModel, Model } from './model.ts';

/** Raised when the file format changes, so that an old file is fitted anew instead of being misread. */
const FORMAT = 5;
/** Every list of numbers begins at a multiple of this, so that it can be used where it stands in the file. */
const ALIGNED = 8;

interface Header {
  readonly format: number;
  readonly fingerprint: string;
  readonly temperature: number;
  readonly thresholds: Model['thresholds'];
  readonly languages: readonly string[];
  readonly ideas: readonly [string, readonly string[]][];
  /** The two classifiers in the order of the bytes: topics, then languages. */
  readonly classifiers: readonly { readonly classes: number; readonly features: number; readonly slots: number }[];
}

/**
 * Writes a model as bytes: the length of a JSON header, the header, then for each classifier the table of its features
 * with their numbers, rarity, row scales and biases in 32 bits each, and the weights as one signed byte each. A byte is
 * enough: the ranking stays the same. Nothing has to be built when the file is read.
 */
export function encodeModel(model: FittedModel): Buffer {
  const parts = [model.topics, model.detector].map(encodeLinear);
  const { fingerprint, temperature, thresholds, languages } = model;
  const ideas = [...model.ideas];
  const classifiers = parts.map(({ classes, features, slots }) => ({ classes, features, slots }));
  const header: Header = { format: FORMAT, fingerprint, temperature, thresholds, languages, ideas, classifiers };
  const json = aligned(Buffer.from(JSON.stringify(header)), ' ');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return Buffer.concat([length, json, ...parts.map(({ bytes }) => bytes)]);
}

/** Reads what `encodeModel` wrote. Throws where the file is missing, cut off or of another format. */
export function readModel(file: string): Model {
  const buffer = readFileSync(file);
  const headerEnd = 4 + buffer.readUInt32LE(0);
  const header = JSON.parse(buffer.toString('utf8', 4, headerEnd)) as Header;
  if (header.format !== FORMAT) throw new Error(`model file of format ${header.format}, expected ${FORMAT}`);
  // Views need an aligned start, which the place of a file in memory does not promise.
  const bytes = new Uint8Array(buffer.subarray(headerEnd)).buffer;
  let start = 0;
  const [topics, detector] = header.classifiers.map(({ classes, features, slots }) => {
    const list = <T>(Kind: new (buffer: ArrayBuffer, from: number, length: number) => T, count: number, size = 4): T => {
      if (start + count * size > bytes.byteLength) throw new Error('model file is cut off');
      const view = new Kind(bytes, start, count);
      start = Math.ceil((start + count * size) / ALIGNED) * ALIGNED;
      return view;
    };
    const places = new IdTable(list(Int32Array, slots), list(Float64Array, features, 8));
    const [rarity, scales, bias] = [list(Float32Array, features), list(Float32Array, features), list(Float32Array, classes)];
    return { classes, vocabulary: { places, rarity }, scales, bias, weights: list(Int8Array, features * classes, 1) } as LinearWeights;
  });
  if (!topics || !detector) throw new Error('model file lacks a classifier');
  const { temperature, thresholds, fingerprint, languages } = header;
  return { topics, detector, languages, ideas: new Map(header.ideas), temperature, thresholds, fingerprint };
}

function encodeLinear({ classes, vocabulary, weights, bias }: FittedWeights) {
  const features = vocabulary.places.size;
  const table = IdTable.of([...vocabulary.places.keys()]);
  const scales = new Float32Array(features);
  const cells = new Int8Array(weights.length);
  for (let row = 0; row < features; row += 1) {
    const values = weights.subarray(row * classes, (row + 1) * classes);
    const scale = values.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127 || 1;
    scales[row] = scale;
    values.forEach((weight, column) => {
      cells[row * classes + column] = Math.round(weight / scale);
    });
  }
  const lists = [table.slots, table.ids, vocabulary.rarity, scales, bias, cells];
  const bytes = Buffer.concat(lists.map((list) => aligned(Buffer.from(list.buffer, list.byteOffset, list.byteLength))));
  return { classes, features, slots: table.slots.length, bytes };
}

/** The same bytes, filled up to the next aligned length. */
function aligned(bytes: Buffer, filling = '\0'): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((ALIGNED - (bytes.length % ALIGNED)) % ALIGNED, filling)]);
}
