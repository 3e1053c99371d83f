import * as z from 'zod';
import { instantFrom } from '../knowledge/calendar/day.ts';
import { DEFAULT_EDITION } from '../knowledge/editions/facts.ts';
import { limitSettings, trustedProxies } from './limits/settings.ts';
import { withSecretFiles } from './secret-files.ts';

/** Days without an offset in `CLOCK` are meant in the time zone of the procedure. */
const ZONE = 'Europe/Amsterdam';
const SHORTEST_KEY = 32;

const isoTime = z.string().transform((text, context) => {
  try {
    return instantFrom(text, ZONE);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be an ISO 8601 time, as 2023-06-10T12:00' });
    return z.NEVER;
  }
});

/** Where people reach the service: an origin, so that addresses can be put behind it. */
const origin = z
  .url({ protocol: /^https?$/u, error: 'must be an address, as https://bot.example.nl', abort: true })
  .refine((text) => new URL(text).href === `${new URL(text).origin}/`, 'must have no path, as https://bot.example.nl')
  .transform((text) => new URL(text).origin);

const port = z.coerce.number().int().min(0).max(65_535);
const origins = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .pipe(z.array(origin));

const secret = z.string().min(SHORTEST_KEY, `must have at least ${SHORTEST_KEY} characters`);
const store = z
  .string()
  .refine(
    (text) => /^sqlite:.+/u.test(text) || isRedis(text),
    'must be sqlite:FILE, as sqlite:data/bot.sqlite, or sqlite::memory:, or redis://HOST or rediss://HOST, as redis://NAME:PASSWORD@HOST:6379/0',
  );

/** An address of a Redis; its path is the number of a database. */
function isRedis(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^rediss?:$/u.test(url.protocol) && url.hostname !== '' && /^(?:\/\d*)?$/u.test(url.pathname) && url.search === '';
}

const tenants = z
  .string()
  .transform((text) => text.split(',').map((id) => id.trim()))
  .pipe(z.array(z.uuid('must be GUIDs with commas between them')).min(1));
const host = z.string().regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/iu, 'must be a host name alone, as bot.example.nl');

/** WhatsApp exists where all of these are set; some of them alone are a mistake. */
const WHATSAPP_NEEDS = ['WHATSAPP_ACCESS_TOKEN', 'WHATSAPP_APP_SECRET', 'WHATSAPP_VERIFY_TOKEN', 'WHATSAPP_PHONE_NUMBER_ID'] as const;

const schema = z
  .object({
    NODE_ENV: z.string().default('development'),
    PORT: port.default(3978),
    HOST: z.string().optional(),
    ADMIN_PORT: port.optional(),
    ADMIN_HOST: z.string().default('127.0.0.1'),
    OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/u, error: 'must be an address, as http://localhost:4318' }).optional(),
    OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1, 'must be a share, from 0 to 1').default(1),
    PUBLIC_URL: origin.optional(),
    CLOCK: isoTime.optional(),
    STORE: store.default('sqlite:data/bot.sqlite'),
    EDITION: z.string().default(DEFAULT_EDITION),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
    DIRECT_LINE_SECRET: secret.optional(),
    DIRECT_LINE_SIGNING_KEY: secret.optional(),
    MICROSOFT_APP_ID: z.uuid('must be a GUID').optional(),
    MICROSOFT_APP_PASSWORD: z.string().min(1).optional(),
    MICROSOFT_APP_TENANT_ID: z.uuid('must be a GUID').optional(),
    TEAMS_ALLOWED_TENANTS: tenants.optional(),
    PUBLIC_HOST: host.optional(),
    TRUSTED_PROXIES: trustedProxies,
    CORS_ORIGINS: origins.default([]),
    ...limitSettings,
    WHATSAPP_ACCESS_TOKEN: z.string().min(1).optional(),
    WHATSAPP_APP_SECRET: z.string().min(1).optional(),
    WHATSAPP_VERIFY_TOKEN: z.string().min(1).optional(),
    WHATSAPP_PHONE_NUMBER_ID: z.string().regex(/^\d+$/u, 'must be the id of the phone number: digits').optional(),
    WHATSAPP_GRAPH_URL: z.url('must be an address, as https://graph.facebook.com').default('https://graph.facebook.com'),
    WHATSAPP_GRAPH_VERSION: z
      .string()
      .regex(/^v\d+\.\d+$/u, 'must be a version, as v26.0')
      .default('v26.0'),
  })
  .superRefine((settings, context) => {
    const need = (name: keyof typeof settings, why: string) => {
      if (!settings[name]) context.addIssue({ code: 'custom', path: [name], message: `is missing: ${why}` });
    };
    const whatsapp = WHATSAPP_NEEDS.filter((name) => settings[name]);
    if (whatsapp.length > 0) for (const name of WHATSAPP_NEEDS) need(name, `${whatsapp[0]} is set, and WhatsApp needs all of them`);
    if (settings.NODE_ENV === 'production')
      need('DIRECT_LINE_SIGNING_KEY', 'in production the key that signs the tokens comes from the environment');
    if (settings.MICROSOFT_APP_ID) {
      need('MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_ID is set');
      need('MICROSOFT_APP_TENANT_ID', 'MICROSOFT_APP_ID is set, and the app is a single-tenant one');
    }
  })
  // The package for Teams is made for a host; whoever has set it need not say it twice.
  .transform(({ PUBLIC_HOST, ...settings }) => ({
    ...settings,
    PUBLIC_URL: settings.PUBLIC_URL ?? (PUBLIC_HOST && `https://${PUBLIC_HOST}`),
  }));

/** The settings of the service, from the environment, each with a default that works on a machine of one's own. */
export type Settings = z.infer<typeof schema>;

/** The names of all settings, as they stand in the environment. */
export const SETTING_NAMES: readonly string[] = Object.keys(schema.in.shape);

/** Settings that cannot be used, one line each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Reads the settings; secrets also from the files that `<NAME>_FILE` names. Empty variables count as not set. Throws a SettingsError that names each wrong one; never its value. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(withFiles(environment)).filter(([, value]) => value !== undefined && value !== ''));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new SettingsError(result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('\n'));
}

function withFiles(environment: Readonly<Record<string, string | undefined>>) {
  try {
    return withSecretFiles(environment);
  } catch (error) {
    throw new SettingsError((error as Error).message);
  }
}
