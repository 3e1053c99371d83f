import type { Memory } from '../../../dialogs/memory.ts';
import type { Observer } from '../../../dialogs/services.ts';

/** Counts the thumbs of Teams for the last answer of a conversation: of older cards nothing is remembered. */
export function teamsJudgement(observe: Pick<Observer, 'judged'>) {
  return (reaction: 'like' | 'dislike', messageId: string | undefined, { card, language }: Memory): void => {
    if (!card || !language || card.id !== messageId || !('topic' in card.about)) return;
    observe.judged(card.about.topic, language, reaction === 'like');
  };
}
