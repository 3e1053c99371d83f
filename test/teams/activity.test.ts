import { readActivity } from '../../src/channels/teams/activity.ts';
import { activity } from './microsoft.ts';

test('an activity of Teams is read as it is; a field without a value is none', () => {
  const sent = activity({ text: 'hallo', more: { of: 'it' } });
  expect(readActivity(sent)).toEqual(sent);
  expect(readActivity({ ...sent, locale: null })).not.toHaveProperty('locale');
});

/** Each of these made the SDK fail in the middle of a turn. */
test.each<[string, Record<string, unknown>]>([
  ['no type', { type: undefined }],
  ['a conversation without an id', { conversation: {} }],
  ['an id that fits into no header', { conversation: { id: 'a\u4e00' } }],
  ['a name that is a number', { recipient: { id: '28:bot', name: -1 } }],
  ['a person that is a text', { from: 'amina' }],
  ['an id that fits into no address', { id: '\ud800' }],
  ['an id that is endless', { id: 'x'.repeat(20_000) }],
  ['an address that is none', { serviceUrl: 'nowhere' }],
  ['an address of a file', { serviceUrl: 'file:///etc/passwd' }],
  ['entities that are no list', { entities: 'x' }],
  ['a text that is none', { text: ['x'] }],
])('%s is no activity', (_name, more) => expect(readActivity(activity(more))).toBeUndefined());

test.each([undefined, null, 'text', 1, [], true])('%p is no activity', (body) => expect(readActivity(body)).toBeUndefined());
