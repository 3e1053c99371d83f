import { readFileSync } from 'node:fs';

/** A setting whose value stands in a file. */
const FILE = /^(?<name>[A-Z][A-Z0-9_]*)_FILE$/u;

/** The settings that are secrets, or hold one: where an engine hands over secrets as files, `<NAME>_FILE` names theirs. */
const SECRETS: ReadonlySet<string> = new Set([
  'STORE',
  'DIRECT_LINE_SECRET',
  'DIRECT_LINE_SIGNING_KEY',
  'MICROSOFT_APP_PASSWORD',
  'WHATSAPP_ACCESS_TOKEN',
  'WHATSAPP_APP_SECRET',
  'WHATSAPP_VERIFY_TOKEN',
]);

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment, with the value of each secret that is named by a file. Throws an Error that names the setting, never
 * the value, where a file cannot be read or a secret is given in both ways.
 */
export function withSecretFiles(environment: Environment): Environment {
  const read: Record<string, string> = {};
  for (const [key, file] of Object.entries(environment)) {
    const name = FILE.exec(key)?.groups?.['name'];
    if (!name || !file || !SECRETS.has(name)) continue;
    if (environment[name]) throw new Error(`${name} and ${key} are both set: only one of them may be`);
    read[name] = readSecret(key, file);
  }
  return { ...environment, ...read };
}

function readSecret(key: string, file: string): string {
  try {
    // Editors end a file with a line break, which is no part of a secret.
    return readFileSync(file, 'utf8').trimEnd();
  } catch (error) {
    throw new Error(`${key}: the file cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
