import { join } from 'node:path';
import * as z from 'zod';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { readYaml } from '../files/read-yaml.ts';
import { KNOWLEDGE_PATHS } from '../paths.ts';
import { type PrivacyWords, plainWords } from './words.ts';

const list = z.array(z.string().min(1));
const ofLanguage = z.strictObject({ birth: list, number: list, document: list, money: list, law: list, at: list, dot: list });
const ofOrganisations = z.strictObject({ domains: list, phones: list, mailServices: list });

/** Reads the words of all languages: people mix them. Throws a KnowledgeError where a file cannot be used. */
export function loadPrivacyWords(folder: string = KNOWLEDGE_PATHS.privacy): PrivacyWords {
  const languages = LANGUAGE_CODES.map((language) => readYaml(join(folder, 'words', `${language}.yaml`), ofLanguage).data);
  const all = (name: keyof z.infer<typeof ofLanguage>) => [...new Set(languages.flatMap((one) => one[name].map(normalised)))];
  return {
    birth: all('birth'),
    number: all('number'),
    document: all('document'),
    money: all('money'),
    law: all('law'),
    at: all('at'),
    dot: all('dot'),
    ...readYaml(join(folder, 'public.yaml'), ofOrganisations).data,
  };
}

function normalised(word: string): string {
  return `${plainWords(word)}${word.endsWith('*') ? '*' : ''}`;
}
