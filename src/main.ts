import { KnowledgeError } from '../knowledge/files/knowledge-error.ts';
import { createLog } from './operations/log.ts';
import { startService } from './service.ts';
import { readSettings, SettingsError } from './settings.ts';
import { StoreUnavailable } from './stores/store.ts';

/** Starts the service and stops it gracefully on SIGTERM and SIGINT. */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const log = createLog(settings.LOG_LEVEL);
  const service = await startService(settings, log);
  log.info({ url: service.url, edition: settings.EDITION, clock: settings.CLOCK?.toISOString() ?? 'real time' }, 'the bot is ready');
  const stop = (signal: string) => {
    log.info({ signal }, 'stopping');
    service.stop().then(
      () => process.exit(0),
      (error: Error) => {
        log.error({ error: error.name }, 'the stop failed');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: Error & { code?: string }) => {
  const known = [SettingsError, KnowledgeError, StoreUnavailable].some((kind) => error instanceof kind) || error.code === 'EADDRINUSE';
  process.stderr.write(`The bot cannot start.\n${known ? error.message : error.stack}\n`);
  process.exit(1);
});
