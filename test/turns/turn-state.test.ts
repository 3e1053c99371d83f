/** The state of a turn does what the SDK's own one does. */
import { type Activity, ConversationState, MemoryStorage, type Storage, type StoreItems, TestAdapter, TurnContext } from 'botbuilder';
import { TurnState } from '../../src/bot/turn-state.ts';

const ACTIVITY = { type: 'message', text: 'hello', channelId: 'directline', conversation: { id: 'c' } } as Activity;
const turn = () => new TurnContext(new TestAdapter(), ACTIVITY);

/** A storage that keeps note of what it is asked to do. */
function watched(): { storage: Storage; asked: string[] } {
  const inside = new MemoryStorage();
  const asked: string[] = [];
  const noting = <Given, Answer>(name: string, work: (given: Given) => Promise<Answer>) => {
    return (given: Given) => {
      asked.push(name);
      return work(given);
    };
  };
  const storage: Storage = {
    read: noting('read', (keys: string[]) => inside.read(keys)),
    write: noting('write', (changes: StoreItems) => inside.write(changes)),
    delete: noting('delete', (keys: string[]) => inside.delete(keys)),
  };
  return { storage, asked };
}

describe.each([
  ['of the SDK', ConversationState],
  ['of this service', TurnState],
])('the state %s', (_name, State) => {
  const set = () => {
    const { storage, asked } = watched();
    const state = new State(storage);
    return { asked, state, memory: state.createProperty<{ count: number }>('memory') };
  };

  test('is read once a turn, and written once where it has changed', async () => {
    const { asked, state, memory } = set();
    const first = turn();
    (await memory.get(first, { count: 0 })).count += 1;
    (await memory.get(first, { count: 0 })).count += 1;
    await state.saveChanges(first);
    await state.saveChanges(first);
    expect(asked).toEqual(['read', 'write']);
    expect(await memory.get(turn())).toEqual({ count: 2 });
  });

  test('is not written where it stays as it is', async () => {
    const { asked, state, memory } = set();
    const first = turn();
    await memory.set(first, { count: 1 });
    await state.saveChanges(first);
    const second = turn();
    (await memory.get(second, { count: 0 })).count = 1;
    await state.saveChanges(second);
    await state.saveChanges(turn());
    expect(asked).toEqual(['read', 'write', 'read']);
    await state.saveChanges(second, true);
    expect(asked.at(-1)).toBe('write');
  });

  test('is forced to be read, or written where it was not read', async () => {
    const { asked, state, memory } = set();
    const one = turn();
    await memory.set(one, { count: 1 });
    await state.load(one, true);
    expect([await memory.get(one), asked]).toEqual([undefined, ['read', 'read']]);
    await state.saveChanges(turn(), true);
    expect(asked.at(-1)).toBe('write');
  });

  test('is emptied, deleted, and told without reading', async () => {
    const { asked, state, memory } = set();
    const one = turn();
    expect(state.get(one)).toBeUndefined();
    await memory.set(one, { count: 1 });
    expect(state.get(one)).toMatchObject({ memory: { count: 1 } });
    await state.saveChanges(one);
    await state.clear(one);
    await state.saveChanges(one);
    expect(await memory.get(turn())).toBeUndefined();
    await memory.set(one, { count: 2 });
    await state.saveChanges(one);
    await state.delete(one);
    expect([state.get(one), await memory.get(turn()), asked.at(-2)]).toEqual([undefined, undefined, 'delete']);
  });

  test('says what the activity lacks', async () => {
    const { state } = set();
    const nowhere = new TurnContext(new TestAdapter(), { ...ACTIVITY, conversation: undefined } as unknown as Activity);
    await expect((async () => state.load(nowhere))()).rejects.toThrow('conversation.id');
  });
});
