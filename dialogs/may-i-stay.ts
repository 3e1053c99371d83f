import { ask, type Flow, result } from './flow.ts';

const ALL_RIGHTS = [{ rule: 'work' }, { rule: 'reception' }] as const;

/** May the person stay, work and live in reception on a day? */
export const mayIStay: Flow = {
  id: 'may-i-stay',
  start: 'situation',
  questions: {
    situation: {
      kind: 'choice',
      options: { negative: ask('day'), closed: ask('day'), waiting: ask('day-waiting') },
      unknown: ask('day-unknown'),
    },
    day: { kind: 'day', next: result('refused-or-closed') },
    'day-waiting': { kind: 'day', wordsOf: 'day', next: result('waiting') },
    'day-unknown': { kind: 'day', wordsOf: 'day', next: result('unknown-situation') },
  },
  outcomes: {
    'refused-or-closed': {
      section: 'stay',
      rule: { rule: 'stay' },
      also: ALL_RIGHTS,
      help: ['lawyer', 'vwn', 'ind'],
      next: ['after-end-date', 'work', 'remigration'],
    },
    'unknown-situation': {
      section: 'stay',
      rule: { rule: 'stay' },
      also: ALL_RIGHTS,
      help: ['vwn', 'lawyer', 'ind'],
      next: ['decision', 'application-closed', 'after-end-date'],
    },
    waiting: {
      section: 'stay',
      rule: { rule: 'stay' },
      also: ALL_RIGHTS,
      help: ['lawyer', 'vwn', 'ind'],
      next: ['protection-end', 'after-end-date', 'other-groups'],
    },
  },
};
