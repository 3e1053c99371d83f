import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, type Logger } from '../../src/operations/log.ts';
import { type Service, startService } from '../../src/service.ts';
import { readSettings } from '../../src/settings.ts';
import { UNLIMITED } from './unlimited.ts';

/** A real service on a free port of this machine, with a store file of its own. */
export interface Running extends Service {
  readonly storeFile: string;
  readonly environment: Record<string, string>;
}

const folders: string[] = [];

/** Starts the service with these settings over quiet defaults. */
export async function running(environment: Record<string, string> = {}, log: Logger = createLog('silent')): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'bot-'));
  folders.push(folder);
  const storeFile = join(folder, 'bot.sqlite');
  const whole = {
    PORT: '0',
    HOST: '127.0.0.1',
    STORE: `sqlite:${storeFile}`,
    LOG_LEVEL: 'silent',
    CLOCK: '2023-06-10T12:00',
    ...UNLIMITED,
    ...environment,
  };
  const service = await startService(readSettings(whole), log);
  return { ...service, url: `http://127.0.0.1:${service.port}`, storeFile, environment: whole };
}

/** A service for all tests of a file: it is there from before the first of them until after the last one. */
export function runningForAll(environment: Record<string, string> = {}): Running {
  const bot = {} as Running;
  beforeAll(async () => void Object.assign(bot, await running(environment)), 60_000);
  afterAll(async () => {
    // Where it could not start there is nothing to stop.
    await bot.stop?.();
    removeFolders();
  });
  return bot;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Waits until `ready` gives something; fails after 25 seconds: the Direct Line client takes up to 15 to come back. */
export async function until<T>(ready: () => T | undefined | false | Promise<T | undefined | false>, what: string): Promise<T> {
  for (let tries = 0; tries < 1000; tries += 1) {
    const found = await ready();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(`waited in vain for ${what}`);
}
