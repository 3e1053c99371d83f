import { dayOf } from '../kept.ts';
import type { Store } from '../store.ts';
import type { Connection } from './connection.ts';
import type { Work } from './due-groups.ts';
import { conversationKeys, GROUPS, QUESTIONS_KEY, queueKeys, usedKey } from './keys.ts';
import { SCRIPTS } from './scripts.ts';

/** How many conversations of a group are looked at in one go. */
const AT_ONCE = 500;

/** Deletes what nobody uses. Every key has a time of its own as well, for the case that nobody is there to do it. */
export function createExpiry(connection: Connection, work: Work, keptQuestions: Store['keptQuestions']): Pick<Store, 'expire'> {
  async function expireConversations(group: number, before: number): Promise<number> {
    let gone = 0;
    for (;;) {
      const ids = await connection.run((client) =>
        client.zRange(usedKey(group), '-inf', `(${before}`, { BY: 'SCORE', LIMIT: { offset: 0, count: AT_ONCE } }),
      );
      const counted = await Promise.all(
        ids.map((conversation) =>
          connection.script<number>(SCRIPTS.expireConversation, conversationKeys(conversation), { conversation, before }),
        ),
      );
      gone += counted.reduce((sum, number) => sum + number, 0);
      if (ids.length < AT_ONCE) return gone;
    }
  }

  async function expireQuestions(): Promise<void> {
    const today = dayOf(await connection.now());
    const over = (await keptQuestions()).filter(({ goes }) => goes <= today).map(({ id }) => id);
    if (over.length > 0) await connection.run((client) => client.hDel(QUESTIONS_KEY, over));
  }

  /** The append-only file still holds what was deleted until it is written anew. */
  async function rewriteFile(): Promise<void> {
    await connection
      .run(async (client) => {
        const info = await client.info('persistence');
        const number = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'mu').exec(info)?.[1] ?? 0);
        if (number('aof_enabled') === 1 && number('aof_current_size') > number('aof_base_size')) await client.bgRewriteAof();
      })
      // A Redis that somebody else runs may keep this command for itself; then it is theirs to do.
      .catch(() => undefined);
  }

  return {
    async expire(before) {
      let gone = 0;
      for (let group = 0; group < GROUPS; group += 1) {
        gone += await expireConversations(group, before.getTime());
        for (const queue of work.queues) await connection.script(SCRIPTS.expireJobs, queueKeys(queue, group), {});
      }
      await expireQuestions();
      await rewriteFile();
      return gone;
    },
  };
}
