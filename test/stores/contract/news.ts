import type { News, TakenJob } from '../../../src/stores/store.ts';
import { until } from '../../service/running.ts';
import { type Engine, fresh, outcome, queueFor, said, twoStores } from './engine.ts';

/** What holds of the news that a process gets of its own work, in every engine. */
export function newsContract(engine: Engine): void {
  const stores = twoStores(engine);

  test('who watches is told of activities and jobs, until they stop', async () => {
    const [id, { queue, job }] = [fresh(), queueFor()];
    let heard: string[] = [];
    const listener = (news: News) => heard.push(news.kind === 'feed' ? news.conversation : news.kind === 'jobs' ? news.queue : news.kind);
    const isTold = (...expected: string[]) => until(() => expected.every((one) => heard.includes(one)), `news of ${expected}`);
    const stop = stores.one.watch(listener);

    await stores.one.openConversation(id, job(id));
    await isTold(queue);
    heard = [];
    await stores.one.append(id, said('a'), { clientId: 'c', job: job(id, { queue: `${queue}-2` }) });
    await isTold(id, `${queue}-2`);
    heard = [];
    await stores.one.addJobs([job(id)]);
    await isTold(queue);
    heard = [];
    const held = (await stores.one.takeJob(queue, 10_000)) as TakenJob;
    await stores.one.endJob(held, outcome(id, { said: [said('b')], jobs: [job(id, { queue: `${queue}-3` })] }));
    await isTold(id, `${queue}-3`);

    stop();
    heard = [];
    await stores.one.append(id, said('c'));
    expect(heard).toEqual([]);
  });

  test('a store that is there says so', async () => {
    await stores.one.check();
  });
}
