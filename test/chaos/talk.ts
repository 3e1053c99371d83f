/** One person in one channel, who says something, waits for the answer, and goes on. */
export interface Talk {
  /** Begins; resolves when the person can write. */
  begin(): Promise<void>;
  /** Says the next thing, again and again until the service has accepted it. */
  say(text: string): Promise<void>;
  /** What has come so far in answer to the thing that was said as the `turn`th, from 0 on. */
  answers(turn: number): readonly string[];
  /** Looks at everything once more, when all is over. */
  settle(): Promise<void>;
  /** How often something came to this person that had come before. */
  repeats(): number;
  end(): void;
}

/** How long a person tries to get something accepted, in milliseconds: longer than any trouble. */
export const PATIENCE = 180_000;
