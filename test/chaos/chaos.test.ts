import { describeWithRedis } from '../service/redis-server.ts';
import { runChaos } from './chaos.ts';
import { type Channel, type Entry, emptyEntries, isClean, judge, ledgerText } from './ledger.ts';

describeWithRedis('three processes on one Redis, with trouble', () => {
  test('lose nothing and answer nothing twice, in every channel', async () => {
    const ledger = await runChaos({ conversations: 9, turns: 5, seed: 3, leastTrouble: 2 });
    for (const entry of Object.values(ledger.entries))
      expect(entry).toEqual({ sent: 15, answered: 15, answeredTwice: 0, lost: 0, otherwise: 0, refused: 0, repeats: expect.any(Number) });
    expect(ledger.happened.get('a process is killed')).toBeGreaterThan(0);
    expect(ledger.happened.get('Redis crashes')).toBeGreaterThan(0);
    expect(isClean(ledger)).toBe(true);
  }, 400_000);
});

describe('the ledger', () => {
  const right = ['first', 'second'];
  const judged = (answers: readonly string[]) => {
    const entry = emptyEntries().WhatsApp;
    judge(entry, right, answers);
    return Object.entries(entry).flatMap(([name, number]) => (number > 0 ? [name] : []));
  };

  test.each<[string, readonly string[], string]>([
    ['as without trouble', right, 'answered'],
    ['with nothing', [], 'lost'],
    ['with a half', ['first'], 'lost'],
    ['twice', [...right, ...right], 'answeredTwice'],
    ['with one message too many', [...right, 'second'], 'answeredTwice'],
    ['with other words', ['first', 'something went wrong'], 'otherwise'],
  ])('judges what was answered %s', (_case, answers, expected) => {
    expect(judged(answers)).toEqual([expected]);
  });

  test.each<[string, boolean, Channel, Partial<Entry>, number]>([
    ['all is answered', true, 'WhatsApp', {}, 0],
    ['one is lost', false, 'WhatsApp', { lost: 1 }, 0],
    ['one was refused for good', false, 'Direct Line, REST', { refused: 1 }, 0],
    ['one came twice', false, 'WhatsApp', { answeredTwice: 1 }, 0],
    ['one was answered as if something had not been said', false, 'Direct Line, REST', { otherwise: 1 }, 0],
    ['one was shown again on the page', false, 'Direct Line, socket', { repeats: 1 }, 0],
    ['one came to Meta again, and a kill explains it', true, 'WhatsApp', { repeats: 1 }, 0],
    ['one came to Meta again, and nothing explains it', false, 'WhatsApp', { repeats: 1 }, 1],
  ])('is clean, or not, where %s', (_case, clean, channel, found, unexplained) => {
    const entries = emptyEntries();
    Object.assign(entries[channel], found);
    const ledger = { entries, unexplained, happened: new Map(), seconds: 1 };
    expect(isClean(ledger)).toBe(clean);
    expect(ledgerText(ledger)).toContain('answered twice');
  });
});
