import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

/** Draws a chart as SVG into `pictures` in a folder, and returns the Markdown that shows it. */
async function draw(folder: string, name: string, alternative: string, spec: TopLevelSpec): Promise<string> {
  const view = new View(parse(compile({ ...spec, background: 'white' }).spec), { renderer: 'none' });
  writeFileSync(join(folder, 'pictures', `${name}.svg`), `${await view.toSVG()}\n`);
  return `![${alternative}](pictures/${name}.svg)`;
}

export interface Point {
  readonly who: string;
  readonly x: number;
  readonly y: number;
}

/** Lines over a logarithmic axis, one for each of `who`. */
export function lines(
  folder: string,
  name: string,
  alternative: string,
  points: readonly Point[],
  { x, y }: { x: string; y: string },
): Promise<string> {
  return draw(folder, name, alternative, {
    width: 480,
    height: 260,
    data: { values: [...points] },
    mark: { type: 'line', point: true },
    encoding: {
      x: { field: 'x', type: 'quantitative', scale: { type: 'log' }, title: x },
      y: { field: 'y', type: 'quantitative', scale: { type: 'log' }, title: y },
      color: { field: 'who', type: 'nominal', title: null },
      strokeDash: { field: 'who', type: 'nominal', title: null },
    },
  });
}

/** Bars, one for each of `who`. */
export function bars(
  folder: string,
  name: string,
  alternative: string,
  values: readonly { who: string; value: number }[],
  title: string,
): Promise<string> {
  return draw(folder, name, alternative, {
    width: 480,
    height: 28 * values.length,
    data: { values: [...values] },
    mark: 'bar',
    encoding: {
      y: { field: 'who', type: 'nominal', sort: null, title: null },
      x: { field: 'value', type: 'quantitative', title },
    },
  });
}
