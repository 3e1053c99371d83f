import { type Flow, result } from './flow.ts';

/** Another language, chosen by its own name. */
export const language: Flow = {
  id: 'language',
  start: 'language',
  questions: { language: { kind: 'language', next: result('changed'), unknown: result('not-changed') } },
  outcomes: { changed: { effect: 'set-language', next: ['capabilities'] }, 'not-changed': {} },
};
