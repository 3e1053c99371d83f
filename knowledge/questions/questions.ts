import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { KnowledgeError } from '../files/knowledge-error.ts';
import { readYaml } from '../files/read-yaml.ts';
import { LABELS, type Label } from '../topics/topic-ids.ts';
import { yamlFiles } from '../topics/topics.ts';

/** A question that people ask, in one language, and what it is about. */
export interface Question {
  readonly language: string;
  readonly label: Label;
  readonly text: string;
}

const label = z.string().refine((id): boolean => (LABELS as readonly string[]).includes(id), 'unknown topic');
const schema = z.record(label, z.array(z.string().trim().min(1)));

/**
 * Loads the questions of the languages from `folder/<language>/*.yaml`.
 * Throws a KnowledgeError where a topic is unknown or a question stands twice in a language.
 */
export function loadQuestions(folder: string, languages: readonly string[] = LANGUAGE_CODES): Question[] {
  return [...languages]
    .sort()
    .filter((language) => existsSync(join(folder, language)))
    .flatMap((language) => loadLanguage(join(folder, language), language));
}

function loadLanguage(folder: string, language: string): Question[] {
  const seen = new Map<string, string>();
  return yamlFiles(folder).flatMap((name) => {
    const yaml = readYaml(join(folder, name), schema);
    return Object.entries(yaml.data).flatMap(([id, texts]) =>
      texts.map((text, index): Question => {
        const key = text.toLowerCase();
        const before = seen.get(key);
        if (before) throw new KnowledgeError(yaml.file, yaml.lineOf([id, index]), `"${text}" stands here and under ${before}`);
        seen.set(key, id);
        return { language, label: id as Label, text };
      }),
    );
  });
}
