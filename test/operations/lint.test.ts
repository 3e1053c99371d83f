import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const biome = join(root, 'node_modules', '.bin', 'biome');

/** Lints a file with this import as if it stood on a floor. */
function lint(floor: string, imported: string): string {
  const folder = join(root, floor, 'lint-probe');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'probe.ts');
  writeFileSync(file, `import { probe } from '${imported}';\n\nexport const used = probe;\n`);
  try {
    return execFileSync(biome, ['lint', file], { cwd: root, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    return `${(error as { stdout: string }).stdout}${(error as { stderr: string }).stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('imports point down only, and lint says so', () => {
  test.each([
    ['knowledge', '../../dialogs/flows.ts'],
    ['knowledge', '../../src/settings.ts'],
    ['knowledge', 'botbuilder'],
    ['knowledge', 'botbuilder-dialogs'],
    ['knowledge', 'express'],
    ['knowledge', 'node:http'],
    ['dialogs', '../../src/settings.ts'],
    ['dialogs', 'express'],
    ['locales', '../../knowledge/paths.ts'],
    ['locales', 'botbuilder'],
  ])('%s may not import %s', (floor, imported) => expect(lint(floor, imported)).toContain('noRestrictedImports'));

  test.each([
    ['src', '../../dialogs/flows.ts'],
    ['dialogs', '../../knowledge/paths.ts'],
    ['dialogs', 'botbuilder'],
    ['knowledge', '../../locales/texts.ts'],
  ])('%s may import %s', (floor, imported) => expect(lint(floor, imported)).not.toContain('noRestrictedImports'));
});
