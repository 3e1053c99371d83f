import { join } from 'node:path';

const FOLDER = import.meta.dirname;

/** Where the knowledge stands. The model is built from it and is no source: it stands outside, in `build/`. */
export const KNOWLEDGE_PATHS = {
  editions: join(FOLDER, 'editions'),
  topics: join(FOLDER, 'topics'),
  questions: join(FOLDER, 'questions'),
  heldBack: join(FOLDER, 'held-back'),
  glossary: join(FOLDER, 'glossary'),
  concepts: join(FOLDER, 'concepts'),
  privacy: join(FOLDER, 'privacy'),
  dateWords: join(FOLDER, 'dates', 'words'),
  model: join(FOLDER, '..', 'build', 'model.bin'),
} as const;
