/** Prints how many bytes a turn of a bot allocates on a store: `allocation.ts echo|own STORE TURNS`. Run with --expose-gc and a large young generation. */
import { PerformanceObserver } from 'node:perf_hooks';
import { loadKnowledge } from '../knowledge/knowledge.ts';
import { openStore } from '../src/stores/open.ts';
import { echoBot, ownBot } from './bots.ts';
import { questions } from './questions.ts';
import { turner } from './turns.ts';

const TURNS = Math.min(500, Number(process.argv[4] ?? 500));
const WARM = 2 * TURNS;

let collections = 0;
new PerformanceObserver((list) => {
  collections += list.getEntries().length;
}).observe({ entryTypes: ['gc'] });

const store = await openStore(process.argv[3] ?? 'sqlite::memory:');
const turn = await turner(store, process.argv[2] === 'echo' ? echoBot() : ownBot(loadKnowledge(), store));
const asked = questions();
for (let at = 0; at < WARM; at += 1) await turn(asked[at % asked.length] ?? '', at);
globalThis.gc?.();
await new Promise((done) => setTimeout(done, 50));
collections = 0;
const before = process.memoryUsage().heapUsed;
for (let at = 0; at < TURNS; at += 1) await turn(asked[at % asked.length] ?? '', at);
const after = process.memoryUsage().heapUsed;
await new Promise((done) => setTimeout(done, 50));
if (collections > 0) throw new Error('something was collected meanwhile: the figure would be too small');
process.stdout.write(String((after - before) / TURNS));
await store.close();
process.exit(0);
