import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { factValues } from '../../../../knowledge/answers/values.ts';
import type { Facts } from '../../../../knowledge/editions/facts.ts';
import { LANGUAGE_CODES, type Language, SOURCE_LANGUAGE } from '../../../../locales/languages.ts';
import { textsOf } from '../../../../locales/texts.ts';
import { svgToPng } from '../../../svg-to-png.ts';

/** The ids and the host name that belong to one installation of the bot. */
export interface AppIds {
  readonly TEAMS_APP_ID: string;
  readonly BOT_ID: string;
  readonly PUBLIC_HOST: string;
}

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

const TEMPLATE = join(import.meta.dirname, '..', '..', '..', '..', 'manifest.json');
/** A whole string that stands for a text of the locales. Only these differ from language to language. */
const TEXT = /^\$\{\{text:([\w.-]+)\}\}$/u;
const ID = /\$\{\{(TEAMS_APP_ID|BOT_ID|PUBLIC_HOST)\}\}/gu;
/** A zip has times in it: with a fixed one, the same ids and texts give the same file. */
const TIME = new Date('2023-06-09T12:00:00');

/** The app package for Teams: manifest, a file of texts for each language, and the two icons, zipped. */
export async function appPackage(ids: AppIds, facts: Facts): Promise<Uint8Array> {
  const json = (value: Json | Record<string, string>) => strToU8(`${JSON.stringify(value, null, 2)}\n`);
  const texts = LANGUAGE_CODES.map((language) => [`${language}.json`, json(localisation(language, ids, facts))] as const);
  const files = {
    'manifest.json': json(manifest(ids, facts)),
    ...Object.fromEntries(texts),
    'color.png': await icon('color.svg'),
    'outline.png': await icon('outline.svg'),
  };
  return zipSync(files, { mtime: TIME });
}

/** The manifest with its ids, in the default language. */
export function manifest(ids: AppIds, facts: Facts): Json {
  return fill(template(), (text) => said(text, SOURCE_LANGUAGE, facts) ?? withIds(text, ids));
}

/** The texts of one language, by their place in the manifest, as `bots[0].commandLists[0].commands[0].title`. */
export function localisation(language: Language, ids: AppIds, facts: Facts): Record<string, string> {
  const texts: Record<string, string> = { $schema: schemaOf('MicrosoftTeams.Localization.schema.json') };
  fill(template(), (text, place) => {
    const own = said(text, language, facts);
    // The developer has one name everywhere.
    if (own !== undefined && !place.startsWith('developer.')) texts[place] = own;
    return withIds(text, ids);
  });
  return texts;
}

function template(): Json {
  return JSON.parse(readFileSync(TEMPLATE, 'utf8')) as Json;
}

function schemaOf(file: string): string {
  const { $schema } = template() as { $schema: string };
  return $schema.replace(/[^/]+$/u, file);
}

/** The value with each of its strings replaced; `place` is its path. */
function fill(value: Json, replace: (text: string, place: string) => string, place = ''): Json {
  if (typeof value === 'string') return replace(value, place);
  if (Array.isArray(value)) return value.map((one, index) => fill(one, replace, `${place}[${index}]`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fill(one, replace, place ? `${place}.${name}` : name)]));
}

function withIds(text: string, ids: AppIds): string {
  return text.replace(ID, (_, name: keyof AppIds) => ids[name]);
}

/** The text that a string stands for: of the app itself, or the title of a dialog as the staff reads it. */
function said(text: string, language: Language, facts: Facts): string | undefined {
  const key = TEXT.exec(text)?.[1];
  if (!key) return undefined;
  const texts = textsOf(language);
  const values = factValues(facts, texts);
  const found = texts.find(`teams:${key}`, values) ?? texts.find(`staff:${key}`, values) ?? texts.find(`flows:${key}`, values);
  if (found === undefined) throw new Error(`manifest.json: no text for ${key} in ${language}`);
  return found;
}

function icon(name: string): Promise<Uint8Array> {
  return svgToPng(readFileSync(join(import.meta.dirname, name), 'utf8'));
}
