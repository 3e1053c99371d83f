import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { SERVICE_FILE, SERVICE_FLAGS } from '../../src/operations/service-file.ts';
import { ending } from './children.ts';

/** The service in a process of its own, as it runs in production: it can be shot and started again. */
export class Replica {
  readonly #environment: Record<string, string>;
  readonly #preload: readonly string[];
  #child: ChildProcess | undefined;
  /** Where it is reached; undefined while it is not there. */
  port: number | undefined;

  /** `preloaded` runs in the process before the service does. */
  constructor(environment: Record<string, string>, preloaded?: string) {
    this.#environment = environment;
    this.#preload = preloaded === undefined ? [] : ['--import', `data:text/javascript,${encodeURIComponent(preloaded)}`];
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Resolves when it can be reached. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [...SERVICE_FLAGS, ...this.#preload, SERVICE_FILE], {
      env: { PATH: process.env['PATH'], ...this.#environment, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'info' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = ending(child);
    let output = '';
    for await (const part of child.stdout as AsyncIterable<Buffer>) {
      output += part.toString('utf8');
      const port = /"url":"http:\/\/localhost:(\d+)"/u.exec(output)?.[1];
      if (port) {
        this.port = Number(port);
        break;
      }
    }
    child.stdout?.resume();
    if (this.port === undefined) throw new Error('a replica does not start');
  }

  /** Ends it at once, whatever it is doing. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.port = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}
