/** `npm run fuzz`: property-based and changed real requests against every route of the service. */
import { parseArgs } from 'node:util';
import { fuzz } from './run.ts';
import { startTarget } from './target.ts';

const USAGE = `Usage:
  npm run fuzz [-- --requests 20000] [--seed NUMBER] [--path PATH]
Ends with 1 where something was found, and prints the requests and how to send them again.
`;
/** The heap may be so many times as large at the end as it was when everything was warm. */
const MOST_GROWTH = 1.1;
/** Requests from which on growth counts. */
const LONG = 10_000;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string', default: '20000' },
      seed: { type: 'string' },
      path: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const say = (text: string) => void process.stdout.write(`${text}\n`);
  if (values.help) {
    say(USAGE);
    return 0;
  }
  const seed = Number(values.seed ?? Date.now() % 0x7fffffff);
  const requests = Number(values.requests);
  if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(requests) || requests < 1) throw new Error(USAGE);
  const target = await startTarget();
  const begun = performance.now();
  let next = 0;
  const onProgress = (sent: number) => {
    if (sent < next) return;
    next += Math.max(1000, Math.floor(requests / 20));
    process.stderr.write(`${sent} requests\n`);
  };
  const report = await fuzz(target, { seed, requests, onProgress, path: values.path });
  await target.stop();
  const { sent, statuses, own, find, heap } = report;
  const growth = heap.after / heap.before;
  const named = Object.entries(statuses).map(([status, number]) => `${status === '0' ? 'closed' : status} ${number}`);
  say(`seed ${seed}: ${sent} requests in ${Math.round((performance.now() - begun) / 1000)} s`);
  say(`statuses: ${named.join(', ')}`);
  say(`answers with what the reader had written: ${own}; with what somebody else had written: ${find ? 'see below' : 0}`);
  if (find) {
    say(`FOUND: ${find.what}`);
    say(JSON.stringify(find.requests, undefined, 1));
    say(`Again: npm run fuzz -- --seed ${find.seed} --requests ${requests} --path ${find.path}`);
    return 1;
  }
  say(`heap after collection: ${inMegabytes(heap.before)} when warm, ${inMegabytes(heap.after)} at the end, ratio ${growth.toFixed(3)}`);
  // A short run ends before everything is warm.
  if (requests >= LONG && growth > MOST_GROWTH) {
    say(`FOUND: the heap has grown by more than ${MOST_GROWTH}`);
    return 1;
  }
  say('Nothing was found.');
  return 0;
}

const inMegabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    process.stderr.write(`fuzz: ${error.message}\n`);
    process.exit(2);
  },
);
