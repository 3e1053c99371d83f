import { StoreUnavailable } from '../store.ts';
import { type Client, type ConnectOptions, connect, createRedisClient, LONGEST_COMMAND } from './connect.ts';
import { storeError } from './failures.ts';
import type { Script } from './scripts.ts';

export interface ConnectionOptions extends ConnectOptions {
  /** For tests: how many milliseconds the time of the store is ahead of the clock of Redis. */
  readonly ahead: () => number;
}

/** A connection to Redis on which every command fails in time while Redis is away, and succeeds again when it is back. */
export class Connection {
  readonly #options: ConnectionOptions;
  #client: Client;
  #closed = false;

  private constructor(options: ConnectionOptions, client: Client) {
    this.#options = options;
    this.#client = client;
  }

  /** Throws a StoreUnavailable where Redis is not there within `patienceMs` milliseconds, or refuses. */
  static async open(options: ConnectionOptions, patienceMs: number): Promise<Connection> {
    return new Connection(options, await connect(options, patienceMs));
  }

  /** Runs commands. Throws a StoreUnavailable where they are not answered in time: they may have been done all the same. */
  async run<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = this.#client;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, fail) => {
      timer = setTimeout(() => {
        fail(new StoreUnavailable('Redis does not answer'));
        this.#replace(client);
      }, LONGEST_COMMAND);
    });
    try {
      return await Promise.race([work(client), late]);
    } catch (error) {
      throw storeError(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Runs a script with its request. After a restart Redis does not know it any more: then it gets the text. */
  script<T>({ text, sha }: Script, keys: readonly string[], request: object): Promise<T> {
    const options = { keys: [...keys], arguments: [JSON.stringify({ ...request, ahead: this.#options.ahead() })] };
    return this.run(async (client) => {
      try {
        return (await client.evalSha(sha, options)) as T;
      } catch (error) {
        if (!(error as Error).message.startsWith('NOSCRIPT')) throw error;
        return (await client.eval(text, options)) as T;
      }
    });
  }

  /** The time by the clock of Redis, in milliseconds: the clocks of the replicas may differ, and step. */
  async now(): Promise<number> {
    const [seconds, microseconds] = await this.run((client) => client.time());
    return Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000) + this.#options.ahead();
  }

  close(): void {
    this.#closed = true;
    this.#client.destroy();
  }

  /** A connection on which no answer comes may be dead without a word: commands that go on being written keep it open. */
  #replace(client: Client): void {
    if (this.#closed || client !== this.#client) return;
    this.#options.log?.error('Redis does not answer: connecting anew');
    client.destroy();
    this.#client = createRedisClient(this.#options, () => !this.#closed);
    this.#client.connect().catch(() => undefined);
  }
}
