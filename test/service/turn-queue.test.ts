import { TurnQueue } from '../../src/bot/turn-queue.ts';

test('work of one key runs one after another, also after a failure; other keys do not wait', async () => {
  const queue = new TurnQueue();
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = queue.run('a', async () => {
    await gate.promise;
    order.push('a1');
    throw new Error('broken');
  });
  const second = queue.run('a', async () => void order.push('a2'));
  await queue.run('b', async () => void order.push('b1'));
  expect(order).toEqual(['b1']);
  gate.resolve();
  await expect(first).rejects.toThrow('broken');
  await second;
  expect(order).toEqual(['b1', 'a1', 'a2']);
  await queue.idle();
});
