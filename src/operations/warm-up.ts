import { spawn } from 'node:child_process';
import { SERVICE_FILE, SERVICE_FLAGS } from './service-file.ts';

const LONGEST = 30_000;

/** Starts the built service once and stops it, so that what it compiles is kept for every later start. */
export function warmUp(): Promise<void> {
  return new Promise((done, fail) => {
    const { PATH = '' } = process.env;
    const env = { PATH, PORT: '0', HOST: '127.0.0.1', STORE: 'sqlite::memory:' };
    const service = spawn(process.execPath, [...SERVICE_FLAGS, SERVICE_FILE], { env, timeout: LONGEST });
    let said = '';
    let stopping = false;
    for (const stream of [service.stdout, service.stderr]) {
      stream.on('data', (part: Buffer) => {
        said += part.toString('utf8');
        if (stopping || !said.includes('the bot is ready')) return;
        stopping = service.kill('SIGTERM');
      });
    }
    service.once('error', fail);
    service.once('exit', (code) => (code === 0 ? done() : fail(new Error(`the built service does not start: ${said}`))));
  });
}
