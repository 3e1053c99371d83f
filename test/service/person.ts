import type { Activity } from 'botbuilder';
import { type Running, until } from './running.ts';

/** Somebody who talks with a running service over Direct Line, as the page does. */
export interface Person {
  readonly conversation: string;
  /** Posts an activity and gives back its id. */
  post(activity: object): Promise<string>;
  /** The whole feed so far. */
  feed(): Promise<Activity[]>;
  /** The messages of the bot so far. */
  heard(): Promise<Activity[]>;
  /** Says something and waits for the first message of the bot after it. */
  ask(text: string): Promise<{ id: string; answer: Activity }>;
}

/** Opens the conversation of a new person, who has heard the welcome. */
export async function newPerson(bot: Running, locale = 'en'): Promise<Person> {
  const session = (await (await fetch(`${bot.url}/api/directline/token`, { method: 'POST' })).json()) as {
    token: string;
    conversationId: string;
  };
  const headers = { authorization: `Bearer ${session.token}`, 'content-type': 'application/json' };
  const base = `${bot.url}/v3/directline/conversations`;
  await fetch(base, { method: 'POST', headers, body: JSON.stringify({ locale }) });
  const own = `${base}/${session.conversationId}/activities`;
  const feed = async () => ((await (await fetch(own, { headers })).json()) as { activities: Activity[] }).activities;
  const heard = async () => (await feed()).filter(({ from, type }) => from.role === 'bot' && type === 'message');
  const post = async (activity: object) => {
    const response = await fetch(own, { method: 'POST', headers, body: JSON.stringify({ from: { id: 'x' }, locale, ...activity }) });
    return ((await response.json()) as { id: string }).id;
  };
  await until(async () => (await heard()).length === 1, 'the welcome');
  return {
    conversation: session.conversationId,
    post,
    feed,
    heard,
    async ask(text) {
      const before = (await heard()).length;
      const id = await post({ type: 'message', text });
      await until(async () => (await heard()).length > before, 'an answer');
      return { id, answer: (await heard())[before] as Activity };
    },
  };
}
