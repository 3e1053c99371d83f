import { DAY, dayOf } from '../kept.ts';
import type { KeptQuestion, Store } from '../store.ts';
import type { Connection } from './connection.ts';
import { QUESTIONS_KEY } from './keys.ts';
import { SCRIPTS } from './scripts.ts';

/** Questions that somebody let the bot keep: one hash, by their ids. */
export function createQuestions(connection: Connection): Pick<Store, 'keepQuestion' | 'keptQuestions' | 'dropQuestion'> {
  return {
    async keepQuestion({ id, language, topic, text }, days) {
      const goes = dayOf((await connection.now()) + days * DAY);
      const question = JSON.stringify({ id, language, topic, text, goes } satisfies KeptQuestion);
      await connection.script(SCRIPTS.keepQuestion, [QUESTIONS_KEY], { id, question, goes: Date.parse(goes) });
    },
    async keptQuestions() {
      const questions = await connection.run((client) => client.hVals(QUESTIONS_KEY));
      return questions.map((text) => JSON.parse(text) as KeptQuestion).sort((a, b) => (`${a.goes} ${a.id}` < `${b.goes} ${b.id}` ? -1 : 1));
    },
    async dropQuestion(id) {
      await connection.run((client) => client.hDel(QUESTIONS_KEY, id));
    },
  };
}
