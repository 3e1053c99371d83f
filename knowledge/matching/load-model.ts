import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { KNOWLEDGE_PATHS } from '../paths.ts';
import { loadQuestions } from '../questions/questions.ts';
import { fitModel } from './fit.ts';
import { loadLexiconEntries } from './lexicon.ts';
import type { Model } from './model.ts';
import { encodeModel, readModel } from './model-file.ts';

/**
 * The model of the knowledge as it stands: read from the built file where that was fitted to the same data,
 * otherwise fitted anew and written. `onFit` is called before a fit, which takes seconds.
 */
export function loadModel(onFit: () => void = () => undefined, file: string = KNOWLEDGE_PATHS.model): Model {
  const fingerprint = fingerprintOf([KNOWLEDGE_PATHS.questions, KNOWLEDGE_PATHS.heldBack, KNOWLEDGE_PATHS.concepts, import.meta.dirname]);
  const built = readIfFresh(file, fingerprint);
  if (built) return built;
  onFit();
  const ideas = loadLexiconEntries(KNOWLEDGE_PATHS.concepts);
  const model = fitModel(loadQuestions(KNOWLEDGE_PATHS.questions), loadQuestions(KNOWLEDGE_PATHS.heldBack), ideas, fingerprint);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, encodeModel(model));
  return readModel(file);
}

function readIfFresh(file: string, fingerprint: string): Model | undefined {
  try {
    const model = readModel(file);
    return model.fingerprint === fingerprint ? model : undefined;
  } catch {
    // Missing, cut off or of an older format: it is fitted anew.
    return undefined;
  }
}

/** A hash over every file that a fit depends on, the code of the matching and the list of languages among them. */
function fingerprintOf(folders: readonly string[]): string {
  const hash = createHash('sha256').update(LANGUAGE_CODES.join());
  const languageOf = /^(?!concepts)([a-z]{2,3})(?:\.yaml$|\/)/u;
  const takesPart = (name: string) => (LANGUAGE_CODES as string[]).includes(languageOf.exec(name)?.[1] ?? 'en');
  for (const folder of folders) {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => /\.(?:yaml|ts)$/u.test(name) && takesPart(name),
    );
    for (const name of files.sort()) hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex');
}
