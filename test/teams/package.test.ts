/** The app package that is uploaded to Teams: valid by the newest schema, complete, and only made where every id is given. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ManifestUtil, type TeamsAppManifest } from '@microsoft/teams-manifest';
import { strFromU8, unzipSync } from 'fflate';
import { PNG } from 'pngjs';
import { DEFAULT_EDITION, loadFacts } from '../../knowledge/editions/facts.ts';
import { KNOWLEDGE_PATHS } from '../../knowledge/paths.ts';
import { LANGUAGE_CODES, type Language } from '../../locales/languages.ts';
import { appPackage } from '../../src/channels/teams/app/package.ts';

const IDS = {
  TEAMS_APP_ID: '00000000-0000-4000-8000-000000000001',
  BOT_ID: '00000000-0000-4000-8000-000000000002',
  PUBLIC_HOST: 'bot.example.org',
};
/** The schemas come with a package, so that nothing has to be fetched. */
const SCHEMAS = join(dirname(createRequire(__filename).resolve('@microsoft/app-manifest')), 'json-schemas', 'teams');
type Texts = Record<string, string>;

let files: Record<string, Uint8Array>;
let manifest: Record<string, unknown> & { $schema: string; manifestVersion: string };
beforeAll(async () => {
  files = unzipSync(await appPackage(IDS, loadFacts(KNOWLEDGE_PATHS.editions, DEFAULT_EDITION)));
  manifest = JSON.parse(text('manifest.json'));
});

const text = (name: string) => strFromU8(files[name] ?? new Uint8Array());
/** A schema of the package. Two of its patterns, for parts that we do not have, hold a bracket that a regular expression with `u` refuses. */
const schema = (name: string) =>
  JSON.parse(readFileSync(join(SCHEMAS, `v${manifest.manifestVersion}`, name), 'utf8').replaceAll(String.raw`\\b]`, String.raw`\\b\\]`));
const problems = (value: object, name: string) =>
  ManifestUtil.validateManifestAgainstSchema(value as TeamsAppManifest, schema(name) as never);

test('the manifest is valid, by the newest published schema', async () => {
  const versions = readdirSync(SCHEMAS).flatMap((name) => /^v(1)\.(\d+)$/u.exec(name)?.[2] ?? []);
  expect(manifest.manifestVersion).toBe(`1.${Math.max(...versions.map(Number))}`);
  expect(manifest.$schema).toContain(`/v${manifest.manifestVersion}/`);
  expect(await problems(manifest, 'MicrosoftTeams.schema.json')).toEqual([]);
});

test('the check would see a mistake', async () => {
  expect(await problems({ ...manifest, name: { short: 'x'.repeat(31) } }, 'MicrosoftTeams.schema.json')).not.toEqual([]);
});

test('the ids and the host stand where they belong, and nothing is left to fill in', () => {
  expect(manifest).toMatchObject({
    id: IDS.TEAMS_APP_ID,
    bots: [{ botId: IDS.BOT_ID, scopes: ['personal', 'groupChat', 'team'] }],
    composeExtensions: [{ botId: IDS.BOT_ID }],
    validDomains: [IDS.PUBLIC_HOST],
  });
  for (const name of Object.keys(files)) expect(text(name)).not.toMatch(/\$\{\{|\{\{/u);
});

test.each(LANGUAGE_CODES)('%s: its texts are valid and complete', async (language: Language) => {
  const texts = JSON.parse(text(`${language}.json`)) as Texts;
  expect(await problems(texts, 'MicrosoftTeams.Localization.schema.json')).toEqual([]);
  expect(Object.keys(texts)).toEqual(Object.keys(JSON.parse(text('en.json'))));
});

test('each file of texts is named in the manifest', () => {
  const { defaultLanguageTag, defaultLanguageFile, additionalLanguages } = manifest['localizationInfo'] as {
    defaultLanguageTag: string;
    defaultLanguageFile: string;
    additionalLanguages: { languageTag: string; file: string }[];
  };
  const named = [{ languageTag: defaultLanguageTag, file: defaultLanguageFile }, ...additionalLanguages];
  expect(named.map(({ languageTag }) => languageTag).sort()).toEqual([...LANGUAGE_CODES].sort());
  for (const { languageTag, file } of named) expect(Object.keys(files)).toContain(file === `${languageTag}.json` ? file : 'misnamed');
});

test('the icons have the sizes that Teams asks for; the outline is white and transparent alone', () => {
  const color = PNG.sync.read(Buffer.from(files['color.png'] ?? []));
  expect([color.width, color.height]).toEqual([192, 192]);
  const outline = PNG.sync.read(Buffer.from(files['outline.png'] ?? []));
  expect([outline.width, outline.height]).toEqual([32, 32]);
  const pixels = Array.from({ length: 32 * 32 }, (_, index) => [...outline.data.subarray(index * 4, index * 4 + 4)]);
  const seen = pixels.filter(([, , , alpha = 0]) => alpha > 0);
  expect(seen.length).toBeGreaterThan(50);
  expect(seen.every(([red = 0, green = 0, blue = 0]) => Math.min(red, green, blue) > 250)).toBe(true);
});

test('the same ids give the same file', async () => {
  const facts = loadFacts(KNOWLEDGE_PATHS.editions, DEFAULT_EDITION);
  expect(Buffer.from(await appPackage(IDS, facts)).equals(Buffer.from(await appPackage(IDS, facts)))).toBe(true);
});

describe('npm run teams:package', () => {
  const run = (environment: Texts) => {
    const script = join(__dirname, '..', '..', 'src', 'operations', 'teams-package.ts');
    const node = join(__dirname, '..', '..', 'node_modules', 'node', 'bin', 'node');
    return spawnSync(node, [script], { encoding: 'utf8', env: { PATH: process.env['PATH'], ...environment } as NodeJS.ProcessEnv });
  };

  test('with every id, it writes the file and says where', () => {
    const { status, stdout } = run(IDS);
    expect(status).toBe(0);
    expect(stdout).toMatch(/build\/teams\/ind-procedure-help\.zip: \d+ bytes/u);
  });

  test.each(Object.keys(IDS))('without %s it fails and names it', (name) => {
    const { [name as keyof typeof IDS]: _, ...others } = IDS;
    const { status, stderr } = run(others);
    expect(status).toBe(1);
    expect(stderr).toBe(`teams:package: ${name} is missing\n`);
  });

  test.each([
    ['TEAMS_APP_ID', 'mine'],
    ['BOT_ID', '1234'],
    ['PUBLIC_HOST', 'https://bot.example.org/'],
    ['PUBLIC_HOST', 'localhost'],
  ])('with %s=%s it fails and names it', (name, value) => {
    const { status, stderr } = run({ ...IDS, [name]: value });
    expect(status).toBe(1);
    expect(stderr).toContain(`${name} must be`);
  });
});
