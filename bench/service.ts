import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { SERVICE_FILE, SERVICE_FLAGS } from '../src/operations/service-file.ts';
import { UNLIMITED } from '../test/service/unlimited.ts';

/** A service in a process of its own. */
export interface ServiceProcess {
  readonly url: string;
  readonly pid: number;
  /** Milliseconds from the start of the process until it said that it is ready. */
  readonly readyAfter: number;
  stop(): Promise<void>;
}

/** Starts the built service, or with `bot` one that answers in the place of it behind the same routes. */
export async function startProcess(
  environment: Record<string, string>,
  bot?: 'echo' | 'own',
  flags: readonly string[] = [],
): Promise<ServiceProcess> {
  const program = bot ? [join(import.meta.dirname, 'server.ts'), bot] : [...SERVICE_FLAGS, SERVICE_FILE];
  const started = performance.now();
  const env = { PATH: process.env['PATH'] ?? '', PORT: '0', HOST: '127.0.0.1', STORE: 'sqlite::memory:', ...UNLIMITED, ...environment };
  const child: ChildProcess = spawn(process.execPath, [...flags, ...program], { env });
  let said = '';
  const port = await new Promise<string>((done, fail) => {
    const hear = (part: Buffer) => {
      said += part.toString('utf8');
      const [, found] = /"url":"http:\/\/[^:]+:(\d+)"/u.exec(said) ?? [];
      if (found) done(found);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => fail(new Error(`the service ended: ${said}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    readyAfter: performance.now() - started,
    async stop() {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill();
      await ended;
    },
  };
}
