/** The real service as the subject of the leak run: half of the conversations by polling, half by a WebSocket. */
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { WebSocket } from 'ws';
import { limitSettings } from '../../src/limits/settings.ts';
import { type Client, newClient, openSocket } from '../service/client.ts';
import { type Running, removeFolders, running } from '../service/running.ts';
import type { Subject } from './leak.ts';

/** What is asked, one question a turn: matching, dates, a dialog, another language, something out of scope. */
const QUESTIONS = [
  'Until when may I work?',
  'Can I still apply for help to go home on 15 July?',
  'متى تنتهي الحماية؟',
  'my next step',
  'What is the weather like?',
];
const HOUR = 3_600_000;
/** Longer than anything of a conversation is kept. */
const LONG_ENOUGH = 26;
/** So high that nobody reaches it: the limits count, and refuse nothing. */
const COUNTED = Object.fromEntries(Object.keys(limitSettings).map((name) => [name, '1000000000']));

export interface ServiceSubject extends Subject {
  /** How many conversations the store holds. */
  kept(): number;
  stop(): Promise<void>;
}

/** Starts the service. `advance` sets the clock ahead by so many milliseconds, timers included. */
export async function serviceSubject(turns: number, advance: (milliseconds: number) => void): Promise<ServiceSubject> {
  const bot: Running = await running(COUNTED);
  let begun = 0;
  const kept = () => {
    const database = new DatabaseSync(bot.storeFile, { readOnly: true });
    const { number } = database.prepare('SELECT COUNT(*) AS number FROM conversation').get() as { number: number };
    database.close();
    return number;
  };
  return {
    kept,
    async converse() {
      begun += 1;
      const client = await newClient(bot.url);
      const questions = Array.from({ length: turns }, (_, turn) => QUESTIONS[turn % QUESTIONS.length] ?? '');
      if (begun % 2 === 0) await byPolling(client, questions);
      else await bySocket(client, questions);
    },
    async letADayPass() {
      for (let hour = 0; hour < LONG_ENOUGH; hour += 1) {
        advance(HOUR);
        await new Promise((done) => setTimeout(done, 20));
      }
      if (kept() > 0) throw new Error(`${kept()} conversations are still kept`);
    },
    async stop() {
      await bot.stop();
      removeFolders();
    },
  };
}

async function byPolling(client: Client, questions: readonly string[]): Promise<void> {
  for (const [turn, question] of questions.entries()) {
    await client.say(question);
    // The welcome comes before the first answer.
    await client.answers(turn + 2);
  }
}

async function bySocket(client: Client, questions: readonly string[]): Promise<void> {
  let answers = 0;
  let heard: () => void = () => undefined;
  const socket = await openSocket(client.streamUrl, {}, (frame) => {
    const { activities } = JSON.parse(frame) as { activities: { type: string; from: { role?: string } }[] };
    answers += activities.filter(({ type, from }) => type === 'message' && from.role === 'bot').length;
    heard();
  });
  if (!(socket instanceof WebSocket)) throw new Error(`the stream was refused: ${socket.status}`);
  for (const [turn, question] of questions.entries()) {
    await client.say(question);
    while (answers < turn + 2)
      await new Promise<void>((done) => {
        heard = done;
      });
  }
  const closed = once(socket, 'close');
  socket.close();
  await closed;
}
