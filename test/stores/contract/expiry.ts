import { CONVERSATION_KEPT, GOODBYE_KEPT } from '../../../src/stores/kept.ts';
import type { TakenJob } from '../../../src/stores/store.ts';
import { type Engine, fresh, outcome, queueFor, said, twoStores } from './engine.ts';

/** What holds of the time that everything has, in every engine. */
export function expiryContract(engine: Engine): void {
  const stores = twoStores(engine);

  test('what nobody has used since a time goes, whatever is used stays', async () => {
    const [old, live] = [fresh(), fresh()];
    for (const id of [old, live]) {
      await stores.one.openConversation(id);
      await stores.one.append(id, said('a'), { clientId: 'x' });
      await stores.one.changeState(id, { key: id, value: '{}', version: '*' });
    }
    await engine.pass(1_000);
    const before = new Date(engine.now());
    await engine.pass(1_000);
    await stores.other.append(live, said('b'));
    await stores.other.changeState(live, { key: live, value: '{}', version: '*' });
    expect(await stores.other.expire(before)).toBeGreaterThanOrEqual(1);
    expect([await stores.one.hasConversation(old), await stores.one.hasConversation(live)]).toEqual([false, true]);
    expect(await stores.one.readFeed(old, '')).toEqual({ activities: [], watermark: '0' });
    expect(await stores.one.readState(old, old)).toBeUndefined();
    expect(await stores.one.readState(live, live)).toBeDefined();
    expect(await stores.one.expire(before)).toBe(0);
    // It can begin anew.
    expect(await stores.one.openConversation(old)).toBe(true);
    expect(await stores.one.append(old, said('c'), { clientId: 'x' })).toEqual({ id: `${old}|0000001`, repeated: false });
  });

  test('to open a conversation again, or a turn in it, keeps it', async () => {
    const [opened, turned, { queue, job }] = [fresh(), fresh(), queueFor()];
    await stores.one.openConversation(opened);
    await stores.one.openConversation(turned, job(turned));
    await engine.pass(1_000);
    const before = new Date(engine.now());
    await engine.pass(1_000);
    expect(await stores.one.openConversation(opened)).toBe(false);
    await stores.one.endJob((await stores.one.takeJob(queue, 10_000)) as TakenJob, outcome(turned, { said: [said('a')] }));
    await stores.other.expire(before);
    expect([await stores.one.hasConversation(opened), await stores.one.hasConversation(turned)]).toEqual([true, true]);
  });

  test('a conversation that was forgotten goes soon, and not before its last word could be read; who goes on in it keeps it', async () => {
    const [left, toldAtEnd, goesOn, { queue, job }] = [fresh(), fresh(), fresh(), queueFor()];
    for (const id of [left, goesOn]) {
      await stores.one.openConversation(id);
      await stores.one.forget(id);
    }
    await stores.one.openConversation(toldAtEnd, job(toldAtEnd));
    const taken = (await stores.one.takeJob(queue, 10_000)) as TakenJob;
    await stores.one.endJob(taken, outcome(toldAtEnd, { said: [said('all gone')], forget: true }));
    await stores.one.append(goesOn, said('hello again'));
    const expire = () => stores.other.expire(new Date(engine.now() - CONVERSATION_KEPT));
    const there = () => Promise.all([left, toldAtEnd, goesOn].map((id) => stores.one.hasConversation(id)));
    await engine.pass(GOODBYE_KEPT / 2);
    await expire();
    expect(await there()).toEqual([true, true, true]);
    expect((await stores.one.readFeed(toldAtEnd, '')).activities).toHaveLength(1);
    await engine.pass(GOODBYE_KEPT);
    await expire();
    expect(await there()).toEqual([false, false, true]);
  });

  test('of a conversation that is forgotten, or over, no trace is left: no word, no id, no key', async () => {
    const { queue, job } = queueFor();
    const traces: string[] = [];
    const trace = (name: string) => {
      const text = `${name}-${fresh()}`;
      traces.push(text);
      return text;
    };
    const [opened, lane] = [trace('conversation'), trace('lane')];
    await stores.one.openConversation(opened, job(opened, { id: trace('job'), body: trace('body') }));
    await stores.one.append(opened, said(trace('word')), {
      clientId: trace('client'),
      job: job(opened, { id: trace('job'), body: trace('body') }),
    });
    await stores.one.addJobs([job(lane, { id: trace('job'), body: trace('body'), place: 7 })]);
    const held: TakenJob[] = [];
    for (let count = 0; count < 3; count += 1) {
      const taken = (await stores.other.takeJob(queue, 10_000)) as TakenJob;
      held.push(taken);
      const states = [{ key: trace('key'), value: trace('value'), version: '*' }];
      if (count === 0) await stores.other.postponeJob(taken, 0);
      else await stores.other.endJob(taken, outcome(taken.lane, { states, said: [said(trace('answer'))] }));
    }
    const last = (await stores.one.takeJob(queue, 10_000)) as TakenJob;
    await stores.one.endJob(last, outcome(last.lane, { states: [{ key: trace('key'), value: trace('value'), version: '*' }] }));
    for (const id of [opened, lane]) await stores.one.lock(id, trace('holder'), 60_000);
    for (const [index, id] of [opened, lane].entries()) await stores.one.unlock(id, traces.at(index - 2) as string);
    await engine.pass(1_000);
    await stores.one.forget(opened);
    await stores.one.expire(new Date(engine.now()));
    const everything = await engine.everything();
    expect(traces.filter((text) => everything.includes(text))).toEqual([]);
  });
}
