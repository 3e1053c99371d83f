/** `npm run chaos`: prints the ledger; exit status 1 where something was lost, or answered twice. */
import { parseArgs } from 'node:util';
import { runChaos } from './chaos.ts';
import { isClean, ledgerText } from './ledger.ts';

const { values } = parseArgs({
  options: {
    conversations: { type: 'string', default: '500' },
    turns: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
  },
});
const [conversations, turns, seed] = [values.conversations, values.turns, values.seed].map(Number) as [number, number, number];
if (![conversations, turns, seed].every((number) => Number.isInteger(number) && number > 0)) {
  process.stderr.write('Each of --conversations, --turns and --seed is a whole number from 1 on.\n');
  process.exit(2);
}
process.stdout.write(`${conversations} conversations of ${turns} turns, three processes, one Redis (seed ${seed})\n`);
const ledger = await runChaos({
  conversations,
  turns,
  seed,
  onProgress: (done) => {
    if (done % 50 === 0) process.stderr.write(`${done} of ${conversations} conversations are over\n`);
  },
});
process.stdout.write(`${ledgerText(ledger)}\n`);
process.exit(isClean(ledger) ? 0 : 1);
