import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import * as z from 'zod';
import { DEFAULT_EDITION, loadFacts } from '../../knowledge/editions/facts.ts';
import { KNOWLEDGE_PATHS } from '../../knowledge/paths.ts';
import { type AppIds, appPackage } from '../channels/teams/app/package.ts';

const FILE = join(import.meta.dirname, '..', '..', 'build', 'teams', 'ind-procedure-help.zip');
const HOST = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/iu;

const settings = z.object({
  TEAMS_APP_ID: z.uuid('must be a GUID, made once for the app'),
  BOT_ID: z.uuid('must be a GUID, the app id of the bot in Entra'),
  PUBLIC_HOST: z.string().regex(HOST, 'must be a host name alone, as bot.example.nl'),
});

/** The ids from the environment. Throws an Error that names each setting which is missing or wrong. */
export function readAppIds(environment: Readonly<Record<string, string | undefined>>): AppIds {
  const given = Object.keys(settings.shape).map((name) => [name, environment[name] || undefined] as const);
  const missing = given.filter(([, value]) => value === undefined).map(([name]) => `${name} is missing`);
  if (missing.length > 0) throw new Error(missing.join('\n'));
  const parsed = settings.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('\n'));
}

async function main(): Promise<void> {
  const ids = readAppIds(process.env);
  const zip = await appPackage(ids, loadFacts(KNOWLEDGE_PATHS.editions, process.env['EDITION'] || DEFAULT_EDITION));
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, zip);
  process.stdout.write(`${relative(process.cwd(), FILE)}: ${zip.length} bytes\n`);
}

if (process.argv[1] === import.meta.filename) {
  main().catch((error: Error) => {
    process.stderr.write(`teams:package: ${error.message}\n`);
    process.exitCode = 1;
  });
}
