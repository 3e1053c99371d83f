import type { QuestionKeeper } from '../../dialogs/services.ts';
import { KEEPING_DAYS } from '../../knowledge/answers/compose.ts';
import type { Store } from '../stores/store.ts';

const MESSAGE_ID = /\|(\d{1,12})$/u;

/**
 * Keeps questions in the store, and reads one back from the feed of its conversation: there it stands anyway for a
 * reload, so nothing has to be held while the person thinks about a yes.
 */
export function createQuestionKeeper(store: Store): QuestionKeeper {
  return {
    async recall({ activity }, message) {
      const [, number] = MESSAGE_ID.exec(message) ?? [];
      if (number === undefined) return undefined;
      const { activities } = await store.readFeed(activity.conversation.id, String(Math.max(Number(number) - 1, 0)));
      const found = activities.find(({ id, type, from }) => id === message && type === 'message' && from?.role === 'user');
      return found?.text;
    },
    keep: (question) => store.keepQuestion(question, KEEPING_DAYS),
    drop: (id) => store.dropQuestion(id),
  };
}
