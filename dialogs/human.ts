import { type Flow, result } from './flow.ts';

/** To whom a person can talk: the bot connects nobody, it names the organisation that helps. */
export const human: Flow = {
  id: 'human',
  start: 'subject',
  questions: {
    subject: {
      kind: 'choice',
      options: { choice: result('choice'), application: result('application'), return: result('return'), living: result('living') },
      unknown: result('any'),
    },
  },
  outcomes: {
    choice: { section: 'letter', help: ['vwn', 'lawyer'] },
    application: { section: 'assessment', help: ['ind', 'lawyer'] },
    return: { section: 'return', help: ['dtv', 'iom', 'municipality'] },
    living: { section: 'stay', help: ['municipality'] },
    any: { section: 'page', help: ['vwn', 'lawyer', 'ind'] },
  },
};
