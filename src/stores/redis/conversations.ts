import type { Activity } from 'botbuilder';
import { activityId } from '../activity-id.ts';
import { MOST_AT_ONCE } from '../kept.ts';
import { type NewJob, type Store, VersionConflict } from '../store.ts';
import type { Connection } from './connection.ts';
import { conversationKeys, feedKey, KEYS_OF_CONVERSATION, lastKey, statesKey } from './keys.ts';
import type { Newswire } from './newswire.ts';
import { feedEntry, jobRequests, wired } from './requests.ts';
import { SCRIPTS } from './scripts.ts';

type Conversations = Pick<Store, 'readState' | 'changeState' | 'openConversation' | 'hasConversation' | 'append' | 'readFeed' | 'forget'>;

/** The feeds and the values of conversations. */
export function createConversations(connection: Connection, news: Newswire): Conversations {
  /** What a script needs to add the one job that comes with something else. */
  function withJob(conversation: string, job: NewJob | undefined) {
    const { keys, jobs, queues } = jobRequests(job ? [job] : [], conversation, 1 + KEYS_OF_CONVERSATION);
    return {
      keys: [...conversationKeys(conversation), ...keys],
      request: { conversation, job: jobs[0] },
      told: queues.map((queue) => news.jobs(queue, conversation)),
    };
  }

  return {
    async readState(conversation, key) {
      const [value, version] = await connection.run((client) => client.hmGet(statesKey(conversation), [`value:${key}`, `version:${key}`]));
      return typeof value === 'string' && typeof version === 'string' ? { value, version } : undefined;
    },
    async changeState(conversation, change) {
      const done = await connection.script<number>(SCRIPTS.changeState, conversationKeys(conversation), { conversation, change });
      if (done === 0) throw new VersionConflict(change.key);
    },
    async openConversation(id, first) {
      const { keys, request, told } = withJob(id, first);
      const isNew = (await connection.script<number>(SCRIPTS.open, keys, { ...request, news: wired(told) })) === 1;
      if (isNew) news.tell(told);
      return isNew;
    },
    async hasConversation(id) {
      return (await connection.run((client) => client.exists(lastKey(id)))) === 1;
    },
    async append(conversation, activity, { clientId, job } = {}) {
      const { keys, request, told: jobNews } = withJob(conversation, job);
      const told = [news.feed(conversation), ...jobNews];
      const whole = { ...request, clientId, activity: feedEntry(activity), news: wired(told) };
      const [number, repeated] = await connection.script<[number, number]>(SCRIPTS.append, keys, whole);
      if (number === 0) throw new Error('no such conversation');
      if (repeated === 0) news.tell(told);
      return { id: activityId(conversation, number), repeated: repeated === 1 };
    },
    async readFeed(conversation, watermark) {
      const after = /^\d{1,12}$/u.test(watermark) ? Number(watermark) : 0;
      const from = `${after + 1}-0`;
      const entries = (await connection.run((client) => client.xRange(feedKey(conversation), from, '+', { COUNT: MOST_AT_ONCE }))) ?? [];
      const numbers = entries.map(({ id }) => Number.parseInt(id, 10));
      const activities = entries.map(({ message }, index) => {
        const activity = JSON.parse(message['activity'] ?? '') as Activity;
        return { ...activity, id: activityId(conversation, numbers[index] ?? 0) };
      });
      return { activities, watermark: String(numbers.at(-1) ?? after) };
    },
    async forget(conversation) {
      await connection.script(SCRIPTS.forget, conversationKeys(conversation), { conversation });
    },
  };
}
