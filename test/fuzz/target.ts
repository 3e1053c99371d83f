/** What is shot at: two services on loopback, a stand-in for Meta and for the connector of Teams, and people who talk. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLog } from '../../src/operations/log.ts';
import { type Client, newClient } from '../service/client.ts';
import { type Running, removeFolders, running } from '../service/running.ts';
import { PEOPLE } from './requests.ts';

export const SECRET = 'master-secret-of-the-fuzz-at-least-32-characters';
export const APP_SECRET = 'app-secret-of-the-fuzz';

/** A person whose messages carry a mark that nobody else's answers may hold. */
export interface Marked {
  readonly client: Client;
  readonly mark: string;
}

export interface Target {
  readonly services: { readonly main: Running; readonly open: Running };
  /** Where activities of Teams are answered to. */
  readonly connector: string;
  readonly people: readonly Marked[];
  /** A file of the page, by its name. */
  readonly file: string;
  /** A person is replaced by a new one, so that no conversation becomes endless. */
  renew(): Promise<void>;
  /** What left the service since the last time, and what its log calls an error. */
  take(): { readonly sent: readonly string[]; readonly errors: readonly string[] };
  stop(): Promise<void>;
}

/** Starts everything. Nothing leaves this machine. */
export async function startTarget(): Promise<Target> {
  let sent: string[] = [];
  let errors: string[] = [];
  const outside = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      sent.push(body);
      response.setHeader('content-type', 'application/json').end('{"id":"1","messages":[{"id":"wamid.1"}]}');
    });
  });
  await new Promise<void>((done) => void outside.listen(0, '127.0.0.1', done));
  const connector = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  const log = createLog('error', { write: (line) => void errors.push(line) });
  const secrets = { DIRECT_LINE_SECRET: SECRET, DIRECT_LINE_SIGNING_KEY: 'signing-key-of-the-fuzz-at-least-32-characters' };
  const whatsapp = {
    WHATSAPP_ACCESS_TOKEN: 'x',
    WHATSAPP_APP_SECRET: APP_SECRET,
    WHATSAPP_VERIFY_TOKEN: 'x',
    WHATSAPP_PHONE_NUMBER_ID: '106540352242922',
    WHATSAPP_GRAPH_URL: connector,
  };
  const teams = {
    MICROSOFT_APP_ID: '00000000-0000-4000-8000-000000000001',
    MICROSOFT_APP_PASSWORD: 'x',
    MICROSOFT_APP_TENANT_ID: '00000000-0000-4000-8000-00000000000a',
  };
  const main = await running({ ...secrets, ...whatsapp, ...teams }, log);
  const open = await running({ ...secrets }, log);
  let born = 0;
  const newPerson = async (): Promise<Marked> => {
    born += 1;
    return { client: await newClient(main.url, { from: '127.0.0.1' }), mark: `mark-of-${born}-` };
  };
  const people: Marked[] = [];
  while (people.length < PEOPLE) people.push(await newPerson());
  const [, file = ''] = /\/assets\/(chat-\w+\.js)/u.exec(await (await fetch(main.url)).text()) ?? [];
  return {
    services: { main, open },
    connector,
    people,
    file,
    async renew() {
      people[born % PEOPLE] = await newPerson();
    },
    take() {
      const taken = { sent, errors };
      sent = [];
      errors = [];
      return taken;
    },
    async stop() {
      await main.stop();
      await open.stop();
      outside.closeAllConnections();
      await new Promise((done) => outside.close(done));
      removeFolders();
    },
  };
}
