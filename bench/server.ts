/** The service with the echo bot or with its own one, from the sources: the same routes, limits and stores around both. */
import { createLog } from '../src/operations/log.ts';
import { startService } from '../src/service.ts';
import { readSettings } from '../src/settings.ts';
import { echoBot } from './bots.ts';

const log = createLog('info');
const service = await startService(readSettings(process.env), createLog('silent'), process.argv[2] === 'echo' ? { run: echoBot() } : {});
log.info({ url: service.url }, 'ready');
process.once('SIGTERM', () => void service.stop().then(() => process.exit(0)));
