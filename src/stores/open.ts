import { openSqliteStore } from './sqlite.ts';
import type { Store } from './store.ts';

/** Opens the store that a setting names: `sqlite:FILE`. */
export function openStore(setting: string): Store {
  return openSqliteStore(setting.slice('sqlite:'.length));
}
