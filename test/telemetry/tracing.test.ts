/** Traces as a collector gets them: from the request over the turn to the store and to Meta, and nothing of anybody. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createLog } from '../../src/operations/log.ts';
import { removeFolders } from '../service/running.ts';
import { allChannels, PRIVATE } from './all-channels.ts';
import { type Collector, collector, type SpanSent } from './collector.ts';

const ROOT = join(__dirname, '..', '..');

let received: Collector;
let spans: SpanSent[];
let conversation: string;
beforeAll(async () => {
  received = await collector();
  const script = await allChannels(createLog('silent'), { OTEL_EXPORTER_OTLP_ENDPOINT: received.address });
  ({ conversation } = await script.talk());
  // What was not sent yet is sent at the stop.
  await script.stop();
  spans = received.spans();
}, 60_000);
afterAll(async () => {
  await received?.stop();
  removeFolders();
});

const named = (name: string) => spans.filter((span) => span.name === name);
const parentOf = ({ parentSpanId }: SpanSent) => spans.find(({ spanId }) => spanId === parentSpanId);
const below = ({ spanId }: SpanSent) => spans.filter(({ parentSpanId }) => parentSpanId === spanId);
const turn = (channel: string, outcome: string) =>
  spans.find(
    (span) => span.name === 'turn' && span.attributes['channel'] === channel && span.attributes['outcome'] === outcome,
  ) as SpanSent;

test.each([
  ['directline', 'POST /v3/directline/conversations/:id/activities', '200', 'en'],
  ['whatsapp', 'POST /webhooks/whatsapp', '200', 'en'],
  ['teams', 'POST /api/messages', '200', 'nl'],
])('a turn of %s is below the request that brought it, with what it came to', (channel, route, status, language) => {
  const answered = turn(channel, 'answered');
  expect(parentOf(answered)).toMatchObject({ name: route, attributes: { status } });
  expect(answered.attributes).toMatchObject({ language, topic: expect.stringMatching(/work|greeting/u) });
  expect(answered.attributes['conversation']).toMatch(/^[\w-]{12}$/u);
});

test.each(['directline', 'whatsapp'])('below a turn of %s are the state that is read, the matching, and the end in one step', (channel) => {
  const steps = below(turn(channel, 'unknown')).map(({ name }) => name);
  expect(steps).toEqual(expect.arrayContaining(['store readState', 'match', 'store endJob']));
  expect(steps.indexOf('store endJob')).toBeGreaterThan(steps.indexOf('match'));
});

test("a call of Meta's is below the answer, and that below the turn that said it", () => {
  const [call] = named('graph send');
  expect(call?.attributes).toMatchObject({ verdict: 'sent' });
  const answer = parentOf(call as SpanSent) as SpanSent;
  expect(answer.name).toBe('answer');
  expect(parentOf(answer)?.name).toBe('turn');
});

test('no text, id, token or address of anybody is in it, and no attribute but those that are meant to be', () => {
  expect(spans.length).toBeGreaterThan(40);
  const text = received.text().toLowerCase();
  expect([...PRIVATE, conversation].filter((one) => text.includes(one.toLowerCase()))).toEqual([]);
  const attributes = new Set(spans.flatMap((span) => Object.keys(span.attributes)));
  const meant = ['channel', 'conversation', 'dialog', 'language', 'operation', 'outcome', 'status', 'topic', 'verdict'];
  expect([...attributes].filter((name) => !meant.includes(name))).toEqual([]);
});

test('looking for work is no trace: whatever has no parent is a request', () => {
  expect(spans.filter((span) => !span.parentSpanId && !/^(?:GET|POST|other)/u.test(span.name))).toEqual([]);
});

test('without a collector nothing of it is loaded', () => {
  const script = `
    import { registerHooks } from 'node:module';
    let loaded = 0;
    registerHooks({
      resolve(name, context, next) {
        const found = next(name, context);
        if (/@opentelemetry.(?:sdk-trace|exporter-trace-otlp-http)/u.test(found.url)) loaded += 1;
        return found;
      },
    });
    const { openTracing } = await import('./src/telemetry/tracing.ts');
    await import('./src/service.ts');
    await openTracing({ OTEL_TRACES_SAMPLER_ARG: 1 });
    const without = loaded;
    await openTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_TRACES_SAMPLER_ARG: 1 });
    console.log(JSON.stringify([without, loaded > 0]));`;
  const node = join(ROOT, 'node_modules/.bin/node');
  const { stdout } = spawnSync(node, ['--input-type=module', '--eval', script], { cwd: ROOT, encoding: 'utf8' });
  expect(JSON.parse(stdout)).toEqual([0, true]);
});
