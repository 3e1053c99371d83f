import { ask, type Flow, result } from './flow.ts';

/** Help with returning: on which day, to which country, and does the person meet the requirements? */
export const returnHelp: Flow = {
  id: 'return-help',
  start: 'day',
  questions: {
    day: { kind: 'day', next: ask('country') },
    country: {
      kind: 'choice',
      options: { origin: ask('requirements'), 'outside-eu': ask('residence'), eu: result('country-not-covered') },
      unknown: result('country-unknown'),
    },
    residence: {
      kind: 'choice',
      options: { yes: ask('requirements'), no: result('country-not-covered') },
      unknown: result('country-unknown'),
    },
    requirements: { kind: 'choice', options: { yes: result('apply'), no: result('iom') }, unknown: result('read-first') },
  },
  outcomes: {
    apply: {
      section: 'return',
      rule: { rule: 'remigration-window' },
      help: ['dtv', 'iom'],
      next: ['remigration-apply', 'remigration-requirements', 'leaving-early'],
    },
    'read-first': {
      section: 'return',
      rule: { rule: 'remigration-window' },
      help: ['dtv', 'iom'],
      next: ['remigration-requirements', 'remigration-apply', 'iom'],
    },
    iom: { section: 'return', help: ['iom'], next: ['iom', 'leaving-early', 'after-end-date'] },
    'country-not-covered': { section: 'return', help: ['dtv', 'iom'], next: ['remigration-destination', 'iom'] },
    'country-unknown': { section: 'return', help: ['dtv'], next: ['remigration-destination', 'remigration-requirements'] },
  },
};
