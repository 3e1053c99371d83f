import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startService } from '../service.ts';
import { readSettings } from '../settings.ts';
import { createLog } from './log.ts';

/** How long nothing may come any more before all has been said. */
const QUIET_MS = 1_500;

const USAGE = `Usage:
  npm run -s whatsapp:try -- delivery.json
Gives a recorded delivery to a service of its own on this machine and prints what would go to Meta. CLOCK sets the bot's day.
`;

/** Stands in for Meta's Graph API on this machine: prints each message and takes it. */
async function printingGraph(): Promise<{ url: string; lastHeard: () => number; close: () => void }> {
  let heard = Date.now();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString('utf8');
    });
    request.on('end', () => {
      heard = Date.now();
      process.stdout.write(`${JSON.stringify(JSON.parse(body), null, 2)}\n`);
      response.setHeader('content-type', 'application/json').end('{"messages":[{"id":"wamid.TRIED"}]}');
    });
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, lastHeard: () => heard, close: () => void server.close() };
}

/** The id of the phone number that a delivery is for: the settings have to have the same. */
function phoneNumberIn(delivery: string): string {
  return /"phone_number_id"\s*:\s*"(\d+)"/u.exec(delivery)?.[1] ?? '0';
}

async function main(file: string): Promise<void> {
  const delivery = readFileSync(file, 'utf8');
  const graph = await printingGraph();
  const secret = randomBytes(16).toString('hex');
  const settings = readSettings({
    CLOCK: process.env['CLOCK'],
    PORT: '0',
    HOST: '127.0.0.1',
    STORE: 'sqlite::memory:',
    WHATSAPP_ACCESS_TOKEN: 'tried',
    WHATSAPP_APP_SECRET: secret,
    WHATSAPP_VERIFY_TOKEN: 'tried',
    WHATSAPP_PHONE_NUMBER_ID: phoneNumberIn(delivery),
    WHATSAPP_GRAPH_URL: graph.url,
  });
  const service = await startService(settings, createLog('silent'));
  const signature = `sha256=${createHmac('sha256', secret).update(delivery).digest('hex')}`;
  const response = await fetch(`http://127.0.0.1:${service.port}/webhooks/whatsapp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature },
    body: delivery,
  });
  process.stdout.write(`The webhook answered ${response.status}.\n`);
  const start = Date.now();
  while (Date.now() - Math.max(start, graph.lastHeard()) < QUIET_MS) await new Promise((done) => setTimeout(done, 50));
  await service.stop();
  graph.close();
}

const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  await main(file).catch((error: Error) => {
    process.stderr.write(`whatsapp:try: ${error.message}\n`);
    process.exitCode = 1;
  });
}
