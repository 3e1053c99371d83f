import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { loadKnowledge } from '../knowledge/knowledge.ts';
import { column, valueAt } from '../knowledge/matching/column.ts';
import { featuresOf } from '../knowledge/matching/features.ts';
import { fitLinear } from '../knowledge/matching/linear.ts';
import { rank } from '../knowledge/matching/model.ts';
import { vectorOf } from '../knowledge/matching/vectors.ts';
import { KNOWLEDGE_PATHS } from '../knowledge/paths.ts';
import { loadQuestions } from '../knowledge/questions/questions.ts';
import { LABELS } from '../knowledge/topics/topic-ids.ts';
import { LANGUAGE_CODES } from '../locales/languages.ts';
import { openStore } from '../src/stores/open.ts';
import { ownBot } from './bots.ts';
import { load } from './load.ts';
import { quantile, table, withSpread } from './measure.ts';
import { startProcess } from './service.ts';
import { turner } from './turns.ts';

const SPOKEN = { type: 'message', text: 'May I work?', from: { id: 'person', name: '' } };

/** Microseconds that one question takes, several times over all of them. */
function timed(texts: readonly string[], rounds: number, match: (text: string) => unknown): number[] {
  for (const text of texts) match(text);
  return Array.from({ length: rounds }, () => {
    const start = performance.now();
    for (const text of texts) match(text);
    return (1000 * (performance.now() - start)) / texts.length;
  });
}

/** More topics: the weights of the real ones several times side by side. The work is that of a model with so many topics. */
function topicsGrow(texts: readonly string[], rounds: number): (string | number)[][] {
  const { model, lexicon } = loadKnowledge();
  return [1, 4, 16].map((times) => {
    const { classes, bias } = model.topics;
    const { size } = model.vocabulary.places;
    const many = new Int8Array(size * classes * times);
    for (let cell = 0; cell < many.length; cell += 1) {
      many[cell] = valueAt(model.topics.weights, Math.floor(cell / (classes * times)), cell % classes);
    }
    const biases = Float32Array.from({ length: classes * times }, (_, index) => bias[index % classes] ?? 0);
    const topics = { ...model.topics, classes: classes * times, weights: column(many, classes * times), bias: biases };
    const look = (text: string) => vectorOf(featuresOf(text, lexicon), model.vocabulary);
    const spent = timed(texts, rounds, (text) => rank(look(text), { topics, temperature: model.temperature }));
    return ['topics', LABELS.length * times, `${withSpread(spent, 0)} µs a question`];
  });
}

/** More languages: models fitted to the first of them, asked in the first one. */
function languagesGrow(texts: readonly string[], rounds: number): (string | number)[][] {
  const { lexicon } = loadKnowledge();
  const known = loadQuestions(KNOWLEDGE_PATHS.questions);
  return [1, 2, 4, 8].map((count) => {
    const languages: readonly string[] = LANGUAGE_CODES.slice(0, count);
    const examples = known
      .filter(({ language }) => languages.includes(language))
      .map(({ text, label }) => ({ features: featuresOf(text, lexicon), label: LABELS.indexOf(label) }));
    // The fit decides over the answers, not over the time that they take: one round will do.
    const topics = fitLinear(examples, LABELS.length, 1);
    const spent = timed(texts, rounds, (text) => rank(vectorOf(featuresOf(text, lexicon), topics.vocabulary), { topics, temperature: 1 }));
    return ['languages', count, `${withSpread(spent, 0)} µs a question, ${topics.vocabulary.places.size} features`];
  });
}

/** More conversations that are kept: what a turn takes in a store that is full of them. */
async function conversationsGrow(
  setting: string,
  name: string,
  sizes: readonly number[],
  texts: readonly string[],
): Promise<(string | number)[][]> {
  const store = await openStore(setting);
  const turn = await turner(store, ownBot(loadKnowledge(), store));
  const rows: (string | number)[][] = [];
  let kept = 0;
  for (const size of sizes) {
    for (; kept < size; kept += 1) {
      const id = randomUUID();
      await store.openConversation(id);
      for (let said = 0; said < 4; said += 1) await store.append(id, SPOKEN);
      await store.changeState(id, {
        key: `directline/conversations/${id}/`,
        value: JSON.stringify({ memory: { language: 'en' } }),
        version: '*',
      });
    }
    const spent: number[] = [];
    for (let at = 0; at < 1_000; at += 1) {
      const before = performance.now();
      await turn(texts[at % texts.length] ?? '', at);
      spent.push(performance.now() - before);
    }
    rows.push([
      `conversations kept (${name})`,
      size,
      `p50 ${quantile(spent, 0.5).toFixed(2)} ms, p99 ${quantile(spent, 0.99).toFixed(2)} ms a turn`,
    ]);
  }
  await store.close();
  return rows;
}

/** More processes on one Redis, all asked as fast as they answer. */
async function replicasGrow(
  redis: string,
  { replicas, ...size }: { replicas: readonly number[]; texts: readonly string[]; rate: number; seconds: number },
): Promise<(string | number)[][]> {
  const rows: (string | number)[][] = [];
  for (const count of replicas) {
    const services = await Promise.all(Array.from({ length: count }, () => startProcess({ STORE: redis }, 'own')));
    const result = await load(
      services.map(({ url }) => url),
      { way: 'socket', people: 40, ...size },
    );
    rows.push([
      'replicas (Redis)',
      count,
      `${result.perSecond.toFixed(0)} turns a second, p99 ${quantile(result.milliseconds, 0.99).toFixed(0)} ms`,
    ]);
    for (const service of services) await service.stop();
  }
  return rows;
}

/** The section about how cost grows. */
export async function growthSection(
  redis: string | undefined,
  size: {
    texts: readonly string[];
    conversations: readonly number[];
    rate: number;
    seconds: number;
    rounds: number;
    replicas: readonly number[];
  },
) {
  const { texts, conversations, rounds } = size;
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const english = texts.filter((text) => /^[\x20-\x7E]+$/u.test(text));
  const rows = [...topicsGrow(texts, rounds), ...languagesGrow(english, rounds)];
  rows.push(...(await conversationsGrow(`sqlite:${join(folder, 'bot.sqlite')}`, 'SQLite', conversations, texts)));
  if (redis) {
    const client = await createClient({ url: redis }).connect();
    await client.flushDb();
    rows.push(...(await conversationsGrow(redis, 'Redis', conversations, texts)));
    await client.flushDb();
    rows.push(...(await replicasGrow(redis, size)));
    await client.flushDb();
    client.destroy();
  }
  rmSync(folder, { recursive: true });
  return { text: table(['what grows', 'to', 'cost'], rows), rows };
}
