/** Settings of a service that refuses nothing for being too much: tests come from one address, and the machine may be slow. */
import { limitSettings } from '../../src/limits/settings.ts';

export const UNLIMITED: Readonly<Record<string, string>> = Object.fromEntries(Object.keys(limitSettings).map((name) => [name, '0']));
