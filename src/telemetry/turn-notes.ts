import { AsyncLocalStorage } from 'node:async_hooks';
import type { Observer } from '../../dialogs/services.ts';
import type { TopicId } from '../../knowledge/topics/topic-ids.ts';
import type { DialogId } from '../../knowledge/topics/topics.ts';
import type { Language } from '../../locales/languages.ts';

/** What happens in a turn, noted while it runs: ids, never a text. */
export interface TurnNotes {
  /** What it is where nothing more is noted: a greeting, something else the bot did, or nothing. */
  kind: 'welcome' | 'command' | 'nothing';
  language?: Language | undefined;
  readonly answers: { readonly topic: TopicId; readonly language: Language }[];
  missed?: 'choose' | 'unknown';
  /** The dialog that asked something or said its result. */
  dialog?: DialogId;
  judged?: true;
  forgotten?: true;
  failed?: true;
}

const underWay = new AsyncLocalStorage<TurnNotes>();

/** Runs the work of a turn, with notes that can be added to wherever it leads. */
export function withNotes<T>(notes: TurnNotes, work: () => Promise<T>): Promise<T> {
  return underWay.run(notes, work);
}

/** Adds to the notes of the turn that this code runs in; outside of one, to nothing. */
export function note(notes: Partial<Omit<TurnNotes, 'answers'>>): void {
  const own = underWay.getStore();
  if (own) Object.assign(own, notes);
}

/** Notes what the conversation tells, and hands it on to whoever counts it over the days. */
export function noting(counted: Omit<Observer, 'inDialog'>): Observer {
  return {
    answered(topic, language) {
      underWay.getStore()?.answers.push({ topic, language });
      counted.answered(topic, language);
    },
    notUnderstood(kind, language) {
      note({ missed: kind });
      counted.notUnderstood(kind, language);
    },
    judged(topic, language, up) {
      note({ judged: true });
      counted.judged(topic, language, up);
    },
    inDialog: (dialog) => note({ dialog }),
  };
}
