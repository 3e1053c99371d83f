import { existsSync, renameSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** The error codes of SQLite for a file that is no database any more: SQLITE_CORRUPT and SQLITE_NOTADB. */
const BROKEN: ReadonlySet<unknown> = new Set([11, 26]);
/** A database has these files beside it; none of them fits a new one. */
const COMPANIONS = ['', '-wal', '-shm'];

/**
 * Moves a store file aside that cannot be read any more, and returns its new name; undefined where the file is sound, or
 * not there. Throws where the trouble is another one, as a missing permission.
 */
export function moveAsideIfBroken(file: string, now: () => Date = () => new Date()): string | undefined {
  if (file === ':memory:' || !existsSync(file) || isSound(file)) return undefined;
  const aside = `${file}.broken-${now().toISOString().replaceAll(/[:.]/gu, '-')}`;
  for (const companion of COMPANIONS) if (existsSync(file + companion)) renameSync(file + companion, aside + companion);
  return aside;
}

function isSound(file: string): boolean {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    const { quick_check: result } = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    return result === 'ok';
  } catch (error) {
    if (BROKEN.has((error as { errcode?: unknown }).errcode)) return false;
    throw error;
  } finally {
    database?.close();
  }
}
