import type { PlaceId } from '../knowledge/timeline/places.ts';
import { ask, type Flow, type FlowOutcome, result } from './flow.ts';

const ADVICE = ['vwn', 'lawyer', 'ind'] as const;

/** Where does the person stand in the procedure, and what comes next? Each result has its place in the picture of the procedure. */
export const nextStep: Flow = {
  id: 'next-step',
  pictured: true,
  start: 'where',
  questions: {
    where: {
      kind: 'choice',
      options: {
        'no-letter': ask('safe-country'),
        'not-answered': result('not-answered'),
        'said-yes': result('said-yes'),
        'said-no': result('said-no'),
        'not-returned': result('not-returned'),
        'second-letter': result('second-letter'),
        interview: result('interview'),
        negative: result('negative'),
        closed: result('closed'),
        leave: ask('money'),
      },
      unknown: result('where-unknown'),
    },
    'safe-country': {
      kind: 'choice',
      options: { yes: result('no-letter-safe'), no: result('no-letter-other') },
      unknown: result('no-letter-other'),
    },
    money: {
      kind: 'choice',
      options: { yes: result('leave-with-help'), no: result('leave-without-help') },
      unknown: result('leave-with-help'),
    },
  },
  outcomes: {
    'where-unknown': { section: 'page', help: ADVICE, next: ['letter', 'contact'] },
    'no-letter-safe': { section: 'safe-country', rule: { rule: 'letter' }, help: ADVICE, next: ['letter', 'advice', 'safe-country'] },
    'no-letter-other': { section: 'letter', help: ADVICE, next: ['letter', 'advice', 'other-groups'] },
    'not-answered': { section: 'letter', help: ADVICE, next: ['questionnaire', 'advice', 'questionnaire-unreturned'] },
    'said-yes': { section: 'assessment', help: ['lawyer', 'vwn', 'ind'], next: ['interview', 'lawyer', 'decision'] },
    'said-no': { section: 'letter', help: ADVICE, next: ['application-closed', 'stay-after-stopping', 'remigration'] },
    'not-returned': { section: 'letter', help: ADVICE, next: ['questionnaire', 'application-closed', 'stay-after-stopping'] },
    'second-letter': { section: 'letter', help: ADVICE, next: ['application-closed', 'advice', 'stay-after-stopping'] },
    interview: { section: 'assessment', help: ['lawyer', 'ind'], next: ['interview', 'lawyer', 'decision'] },
    negative: {
      section: 'stay',
      rule: { rule: 'stay' },
      also: [{ rule: 'work' }, { rule: 'reception' }],
      help: ['lawyer', 'vwn', 'ind'],
      next: ['after-end-date', 'remigration', 'leaving-early'],
    },
    closed: {
      section: 'stay',
      rule: { rule: 'stay' },
      also: [{ rule: 'work' }, { rule: 'reception' }],
      help: ADVICE,
      next: ['after-end-date', 'remigration', 'leaving-early'],
    },
    'leave-with-help': {
      section: 'return',
      rule: { rule: 'remigration-window' },
      help: ['dtv', 'iom', 'municipality'],
      next: ['remigration-requirements', 'remigration-apply', 'leaving-early'],
    },
    'leave-without-help': { section: 'stay', help: ['municipality'], next: ['leaving-early', 'remigration', 'iom'] },
  } satisfies Record<PlaceId, FlowOutcome>,
};
