/** The Dockerfile under a linter, and against what the project says elsewhere. `npm run prove:image` runs its steps. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from 'dockerfile-utils';

const root = join(__dirname, '..', '..');
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
const { scripts, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
  devDependencies: Record<string, string>;
};

test('holds nothing that a linter minds, and the linter works', () => {
  expect(validate(dockerfile)).toEqual([]);
  expect(validate('FROM node\nRUNN x\nMAINTAINER me').length).toBeGreaterThan(1);
});

test('has the version of Node that every npm script runs on', () => {
  const images = [...dockerfile.matchAll(/^FROM (\S+)/gmu)].map(([, image]) => image);
  expect(new Set(images)).toEqual(new Set([`node:${devDependencies['node']}-bookworm-slim`]));
});

test('starts the service as npm start does, as somebody who is not root', () => {
  const [, command = '[]'] = /^CMD (\[.*\])$/mu.exec(dockerfile) ?? [];
  expect((JSON.parse(command) as string[]).join(' ')).toBe(scripts['start']);
  expect(/^USER (\w+)$/mu.exec(dockerfile)?.[1]).toBe('node');
});

test('takes along no secret and nothing that is not named', () => {
  const sent = readFileSync(join(root, '.dockerignore'), 'utf8').trim().split('\n');
  expect(sent).toEqual(['*', '!package.json', '!package-lock.json', '!knowledge', '!locales', '!dialogs', '!src']);
  expect(dockerfile).not.toMatch(/(?:SECRET|TOKEN|PASSWORD|KEY)\w*=/u);
});
