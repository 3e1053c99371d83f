import type { TakenJob } from '../../stores/store.ts';

/** The name of a conversation, and the id of what is to be sent in it: hashes both. */
const CALLBACK = /^(?<lane>whatsapp-[\w-]{43}) (?<id>[\w-]{43} \d{1,4})$/u;

/** What goes with a message to Meta and comes back with the news of it: which job it was. */
export function callbackOf({ lane, id }: Pick<TakenJob, 'lane' | 'id'>): string {
  return `${lane} ${id}`;
}

/** The job that is done when Meta tells that its message was sent; undefined where the text is none of ours. */
export function confirmedJob(callback: string): Pick<TakenJob, 'lane' | 'id'> | undefined {
  const { lane, id } = CALLBACK.exec(callback)?.groups ?? {};
  return lane !== undefined && id !== undefined ? { lane, id } : undefined;
}
