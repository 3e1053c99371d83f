/** The dashboard, the alerts and the docs speak of metrics that there are, with the labels that they have. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { createLog } from '../../src/operations/log.ts';
import { removeFolders } from '../service/running.ts';
import { allChannels, type Script } from './all-channels.ts';
import { type Sample, scrape } from './scrape.ts';

const doc = (name: string) => readFileSync(join(__dirname, '..', '..', 'docs', name), 'utf8');

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string; readonly refId: string }[];
}
const dashboard = JSON.parse(doc('grafana-dashboard.json')) as { title: string; schemaVersion: number; panels: Panel[] };
interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly action: string };
}
const rules = (parse(doc('alerts.yml')) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules);

/** Grafana fills its variables in before Prometheus reads an expression. */
const filledIn = (expr: string) => expr.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*');
const expressions: [string, string][] = [
  ...dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }): [string, string] => [title, filledIn(expr)])),
  ...rules.map(({ alert, expr }): [string, string] => [alert, expr]),
];

/** Every metric of the registry with the labels of its samples, also those that a test run has none of. */
let labelsOf: ReadonlyMap<string, ReadonlySet<string>>;
/** The metrics as the registry names them. */
let names: string[];
let samples: Sample[];
let script: Script;
beforeAll(async () => {
  script = await allChannels(createLog('silent'));
  await script.talk();
  const { text, samples: found } = await scrape(script.bot);
  samples = found;
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gmu)].map(([, name = '', type = '']) => [name, type] as const);
  names = types.map(([name]) => name);
  const documented = new Map(rows().flatMap(({ metrics, labels }) => metrics.map((metric) => [metric, labels] as const)));
  labelsOf = new Map(
    types.flatMap(([name, type]) => {
      const labels = documented.get(name) ?? new Set();
      const parts = type === 'histogram' ? ['_bucket', '_sum', '_count'].map((part) => name + part) : [name];
      return parts.map((part) => [part, new Set([...labels, 'instance', ...(part.endsWith('_bucket') ? ['le'] : [])])] as const);
    }),
  );
}, 60_000);
afterAll(async () => {
  await script?.stop();
  removeFolders();
});

/** The rows of the tables in operations.md: the metrics of each, and its labels. */
function rows(): { metrics: string[]; labels: Set<string> }[] {
  const lines = doc('operations.md').split('\n');
  const tables = lines.filter((line) => /^\| `(?:bot|process|nodejs)_/u.test(line)).map((line) => line.split('|'));
  const quoted = (cell = '') => [...cell.matchAll(/`([a-z0-9_]+)`/gu)].map(([, name = '']) => name);
  return tables.map((cells) => ({ metrics: quoted(cells[1]), labels: new Set(quoted(cells[2]).filter((label) => label !== '_total')) }));
}

/** What an expression selects and groups by, as Prometheus's own grammar reads it. */
function readingOf(expr: string): { errors: number; metrics: string[]; labels: string[] } {
  const found = { errors: 0, metrics: [] as string[], labels: [] as string[] };
  parser.parse(expr).iterate({
    enter({ type, from, to, node }) {
      const words = expr.slice(from, to);
      if (type.isError) found.errors += 1;
      if (type.name === 'Identifier' && node.parent?.name === 'VectorSelector') found.metrics.push(words);
      if (type.name === 'LabelName') found.labels.push(words);
    },
  });
  return found;
}

test('the grammar is read as it is meant here', () => {
  const expr = 'sum by (le, code) (rate(bot_x_bucket{route="a", instance=~".*"}[5m])) / bot_y';
  const { errors, metrics, labels } = readingOf(expr);
  expect([errors, metrics, labels.sort()]).toEqual([0, ['bot_x_bucket', 'bot_y'], ['code', 'instance', 'le', 'route']]);
  expect(readingOf('sum(rate(bot_x[5m])').errors).toBeGreaterThan(0);
});

test.each(expressions)('%s: %s', (_title, expr) => {
  const { errors, metrics, labels } = readingOf(expr);
  expect(errors).toBe(0);
  expect(metrics.length).toBeGreaterThan(0);
  expect(metrics.filter((metric) => !labelsOf.has(metric))).toEqual([]);
  // A label that one metric of the expression has and another one has not would leave nothing over.
  const shared = (label: string) => metrics.every((metric) => labelsOf.get(metric)?.has(label));
  expect(labels.filter((label) => !shared(label))).toEqual([]);
});

test('every metric is explained once, with the labels that its samples have', () => {
  const explained = rows().flatMap(({ metrics }) => metrics);
  expect(explained.toSorted()).toEqual(names.toSorted());
  const unexplained = samples.flatMap(({ name, labels }) =>
    Object.keys(labels).flatMap((label) => (labelsOf.get(name)?.has(label) ? [] : [`${name} ${label}`])),
  );
  expect(new Set(unexplained)).toEqual(new Set());
  // And no more than those.
  for (const { name, labels } of samples.filter((sample) => /^bot_/u.test(sample.name))) {
    expect([name, ...Object.keys(labels), 'instance'].toSorted()).toEqual([name, ...(labelsOf.get(name) ?? [])].toSorted());
  }
});

test('every metric of the bot is on the dashboard', () => {
  const shown = new Set(dashboard.panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => readingOf(filledIn(expr)).metrics)));
  const isShown = (name: string) => ['', '_bucket', '_sum', '_count'].some((part) => shown.has(name + part));
  expect(names.filter((name) => name.startsWith('bot_') && !isShown(name))).toEqual([]);
});

test('panels have ids of their own and do not lie on each other', () => {
  const { panels } = dashboard;
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, index) => `${x + (index % w)} ${y + Math.floor(index / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
  for (const { targets = [] } of panels) expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
});

test('every alert says how bad it is, what it is and what to do', () => {
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  for (const { for: time, labels, annotations } of rules) {
    expect(time).toMatch(/^\d+[mh]$/u);
    expect(labels.severity).toMatch(/^(?:page|ticket)$/u);
    expect(annotations).toEqual({ summary: expect.any(String), action: expect.any(String) });
  }
});
