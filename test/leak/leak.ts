import { usedHeap } from './heap.ts';

/** What is looked at: something that people talk with, and that forgets them after a day. */
export interface Subject {
  /** One whole conversation, from its beginning to the end of its connection. */
  converse(): Promise<void>;
  /** Lets so much time pass that nothing of a conversation has to be kept any more. */
  letADayPass(): Promise<void>;
}

export interface LeakOptions {
  readonly conversations: number;
  /** Conversations before the first look at the memory: what is made once is there then. */
  readonly warmUp: number;
  /** Conversations side by side. */
  readonly atOnce: number;
  readonly onProgress?: (done: number) => void;
}

export interface LeakReport {
  /** Bytes of the heap after a forced collection. */
  readonly before: number;
  readonly after: number;
  readonly ratio: number;
}

/** Holds conversations, lets a day pass, and says how much more memory is in use than before. */
export async function lookForLeaks(subject: Subject, { conversations, warmUp, atOnce, onProgress }: LeakOptions): Promise<LeakReport> {
  await converseAll(subject, warmUp, atOnce);
  await subject.letADayPass();
  const before = await usedHeap();
  await converseAll(subject, conversations, atOnce, onProgress);
  await subject.letADayPass();
  const after = await usedHeap();
  return { before, after, ratio: after / before };
}

async function converseAll(subject: Subject, number: number, atOnce: number, onProgress?: (done: number) => void): Promise<void> {
  let begun = 0;
  let done = 0;
  const one = async () => {
    while (begun < number) {
      begun += 1;
      await subject.converse();
      done += 1;
      onProgress?.(done);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}
