import { ask, type Flow, result } from './flow.ts';

const ADVICE = ['vwn', 'lawyer', 'ind'] as const;

/** The three conditions of the page, then the group: is the page about this person, and when is the application assessed? */
export const aboutMe: Flow = {
  id: 'about-me',
  start: 'nationality',
  questions: {
    nationality: { kind: 'choice', options: { yes: result('ukrainian'), no: ask('directive') }, unknown: result('not-sure') },
    directive: { kind: 'choice', options: { yes: ask('asylum'), no: result('not-directive') }, unknown: result('not-sure') },
    asylum: { kind: 'choice', options: { yes: ask('permit'), no: result('no-asylum') }, unknown: result('not-sure') },
    permit: { kind: 'choice', options: { yes: ask('until'), no: result('no-permit') }, unknown: result('not-sure') },
    until: { kind: 'choice', options: { yes: ask('group'), no: result('other-end') }, unknown: result('not-sure') },
    group: {
      kind: 'choice',
      options: { 'syria-yemen': result('syria-yemen'), safe: result('safe'), other: result('later') },
      unknown: result('group-unknown'),
    },
  },
  outcomes: {
    ukrainian: { section: 'assess', help: ADVICE },
    'not-directive': { section: 'assess', help: ADVICE },
    'no-asylum': { section: 'assess', help: ADVICE },
    'no-permit': { section: 'assess', help: ADVICE },
    'other-end': { section: 'assess', help: ADVICE },
    'not-sure': { section: 'assess', help: ADVICE, next: ['applies-to-me', 'contact'] },
    'syria-yemen': {
      section: 'assess',
      rule: { rule: 'assessment', group: 'syria-yemen' },
      help: ADVICE,
      next: ['letter', 'questionnaire', 'decision'],
    },
    safe: {
      section: 'assess',
      rule: { rule: 'assessment', group: 'safe-country' },
      help: ADVICE,
      next: ['safe-country', 'safe-country-letter', 'questionnaire'],
    },
    later: {
      section: 'assess',
      rule: { rule: 'assessment', group: 'other' },
      help: ADVICE,
      next: ['letter', 'other-groups', 'after-end-date'],
    },
    'group-unknown': { section: 'assess', help: ADVICE, next: ['first-groups', 'safe-country', 'other-groups'] },
  },
};
