import { readFileSync } from 'node:fs';
import type { LinearWeights } from './linear.ts';
import type { Model } from './model.ts';

/** Raised when the file format changes, so that an old file is fitted anew instead of being misread. */
const FORMAT = 2;

interface Header {
  readonly format: number;
  readonly fingerprint: string;
  readonly temperature: number;
  readonly thresholds: Model['thresholds'];
  readonly languages: readonly string[];
  readonly ideas: readonly [string, readonly string[]][];
  /** The two classifiers in the order of the bytes: topics, then languages. */
  readonly classifiers: readonly { readonly classes: number; readonly features: readonly string[] }[];
}

/**
 * Writes a model as bytes: the length of a JSON header, the header, then for each classifier rarity, row scales and
 * biases as 32-bit floats and the weights as one signed byte each. A byte is enough: the ranking stays the same.
 */
export function encodeModel(model: Model): Buffer {
  const parts = [model.topics, model.detector].map(encodeLinear);
  const { fingerprint, temperature, thresholds, languages } = model;
  const ideas = [...model.ideas];
  const classifiers = parts.map(({ classes, features }) => ({ classes, features }));
  const header: Header = { format: FORMAT, fingerprint, temperature, thresholds, languages, ideas, classifiers };
  const json = Buffer.from(JSON.stringify(header));
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
  let start = headerEnd;
  const [topics, detector] = header.classifiers.map(({ classes, features }) => {
    const end = start + features.length * (8 + classes) + 4 * classes;
    if (end > buffer.length) throw new Error('model file is cut off');
    const linear = decodeLinear(buffer.subarray(start, end), classes, features);
    start = end;
    return linear;
  });
  if (!topics || !detector) throw new Error('model file lacks a classifier');
  const { temperature, thresholds, fingerprint, languages } = header;
  return { topics, detector, languages, ideas: new Map(header.ideas), temperature, thresholds, fingerprint };
}

function encodeLinear({ classes, vocabulary, weights, bias }: LinearWeights) {
  const features = [...vocabulary.places.keys()];
  const scales = new Float32Array(features.length);
  const cells = new Int8Array(weights.length);
  for (let row = 0; row < features.length; row += 1) {
    const values = weights.subarray(row * classes, (row + 1) * classes);
    const scale = values.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127 || 1;
    scales[row] = scale;
    values.forEach((weight, column) => {
      cells[row * classes + column] = Math.round(weight / scale);
    });
  }
  const floats = [vocabulary.rarity, scales, bias].map((list) => Buffer.from(list.buffer, list.byteOffset, list.byteLength));
  return { classes, features, bytes: Buffer.concat([...floats, Buffer.from(cells.buffer)]) };
}

function decodeLinear(bytes: Buffer, classes: number, features: readonly string[]): LinearWeights {
  const count = features.length;
  const floats = (start: number, length: number) => new Float32Array(Uint8Array.from(bytes.subarray(start, start + 4 * length)).buffer);
  const rarity = floats(0, count);
  const scales = floats(4 * count, count);
  const bias = floats(8 * count, classes);
  const cells = new Int8Array(bytes.buffer, bytes.byteOffset + 8 * count + 4 * classes, count * classes);
  const weights = Float32Array.from(cells, (value, cell) => value * (scales[Math.floor(cell / classes)] ?? 0));
  return { classes, vocabulary: { places: new Map(features.map((name, place) => [name, place])), rarity }, weights, bias };
}
