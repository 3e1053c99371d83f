import { openRedisStore } from '../../src/stores/redis/index.ts';
import { CHECK_KEY, conversationKeys, GROUPS, groupOf, lockKey, QUESTIONS_KEY, queueKeys } from '../../src/stores/redis/keys.ts';
import { contentsOf, filesOf } from '../service/redis-contents.ts';
import { describeWithRedis, redisForAll } from '../service/redis-server.ts';
import { until } from '../service/running.ts';
import { fresh, outcome, queueFor, said } from './contract/engine.ts';
import { storeContract } from './contract.ts';

let ahead = 0;

describeWithRedis('a store in Redis, on a node of a Redis Cluster', () => {
  const redis = redisForAll({ cluster: true });

  storeContract({
    open: () => openRedisStore(redis.url, { ahead: () => ahead, sweepEveryMs: 0 }),
    now: () => Date.now() + ahead,
    pass: async (milliseconds) => {
      ahead += milliseconds;
    },
    everything: () => contentsOf(redis),
  });

  describe('the keys of one step', () => {
    const slotOf = (key: string) => redis.ask('CLUSTER', 'KEYSLOT', key);

    test('are in one slot, whatever the conversation is called', async () => {
      for (const id of [fresh(), 'whatsapp-{x}', '}{', '{}', 'a:b{g01}c', 'ж']) {
        const keys = [...conversationKeys(id), ...queueKeys('q', groupOf(id)), ...queueKeys('{other}', groupOf(id)), lockKey(id)];
        expect(new Set(await Promise.all(keys.map(slotOf))).size).toBe(1);
      }
    });

    test('are spread over as many slots as there are groups', async () => {
      const slots = await Promise.all(Array.from({ length: GROUPS }, (_, group) => slotOf(queueKeys('q', group)[0] ?? '')));
      expect(new Set(slots).size).toBe(GROUPS);
      const groups = new Set(Array.from({ length: 2_000 }, () => groupOf(fresh())));
      expect(groups.size).toBe(GROUPS);
    });

    test('would be refused by this Redis if they were not', async () => {
      await expect(redis.ask('DEL', 'bot:{g00}:x', 'bot:{g01}:x')).rejects.toThrow('CROSSSLOT');
      await expect(redis.ask('EVAL', 'return 1', '2', 'bot:{g00}:x', 'bot:{g01}:x')).rejects.toThrow('CROSSSLOT');
    });
  });

  test('every key goes by itself, but for secrets', async () => {
    const store = await openRedisStore(redis.url);
    const [id, { queue, job }] = [fresh(), queueFor()];
    await store.openConversation(id, job(id));
    await store.append(id, said('a'), { clientId: 'c', job: job(id, { once: true }) });
    const held = await store.takeJob(queue, 10_000);
    if (held) await store.endJob(held, outcome(id, { states: [{ key: id, value: '{}', version: '*' }], said: [said('b')] }));
    await store.lock(id, 'holder', 10_000);
    await store.count([{ name: 'n', labels: [], number: 1 }]);
    await store.keepQuestion({ id, language: 'nl', topic: 'none', text: 'x' }, 90);
    await store.secret('s', () => 'x');
    await store.check();
    const keys = (await redis.ask('KEYS', '*')) as string[];
    for (const key of [...conversationKeys(id), ...queueKeys(queue, groupOf(id)), lockKey(id), QUESTIONS_KEY, CHECK_KEY])
      expect(keys).toContain(key);
    const times = await Promise.all(keys.map(async (key) => [key, Number(await redis.ask('PTTL', key))] as const));
    expect(times.filter(([key, time]) => time <= 0 && !key.startsWith('bot:secret:'))).toEqual([]);
    expect(times.some(([key]) => key === 'bot:secret:s')).toBe(true);
    await store.close();
  });
});

describeWithRedis('a store in Redis', () => {
  const redis = redisForAll();

  test('what was deleted is gone from the append-only file after the next expiry', async () => {
    const store = await openRedisStore(redis.url);
    const [id, live] = [fresh(), fresh()];
    for (const one of [id, live]) await store.openConversation(one);
    await store.append(live, said('a word that stays'));
    await store.append(id, said('the secret of Amina'));
    await store.forget(id);
    expect(await contentsOf(redis)).not.toContain('secret of Amina');
    expect(filesOf(redis)).toContain('secret of Amina');
    await store.expire(new Date(0));
    await until(() => !filesOf(redis).includes('secret of Amina'), 'a file without the words');
    expect(filesOf(redis)).toContain('a word that stays');
    await store.close();
  });
});
