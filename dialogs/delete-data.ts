import { type Flow, result } from './flow.ts';

/** Deletes what is kept of the conversation, after one question to be sure. */
export const deleteData: Flow = {
  id: 'delete-data',
  start: 'sure',
  questions: { sure: { kind: 'choice', options: { yes: result('deleted'), no: result('kept') }, unknown: result('kept') } },
  outcomes: { deleted: { effect: 'delete-data' }, kept: {} },
};
