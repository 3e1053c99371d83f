import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Flow } from '../../dialogs/flow.ts';
import { FLOWS } from '../../dialogs/flows.ts';
import { AHEAD_DAYS } from '../../knowledge/calendar/days-ahead.ts';
import { RULE_STATES, type RuleName } from '../../knowledge/rules/index.ts';
import { CHAPTERS } from '../../knowledge/topics/topic-ids.ts';
import type { Topics } from '../../knowledge/topics/topics.ts';
import { NAMESPACES } from '../../locales/namespaces.ts';

/** Rules whose texts have a form of their own for a day that the person names. */
const JUDGES_NAMED_DAYS: ReadonlySet<RuleName> = new Set(['remigration-window', 'stay', 'work', 'reception', 'portal', 'letter']);

/** Keys that the data asks for: `needed` must exist, `allowed` may. */
export interface KeysOfData {
  readonly needed: ReadonlySet<string>;
  readonly allowed: ReadonlySet<string>;
}

/** The keys that topics, rules and dialogs need, worked out from their definitions. */
export function keysOfData(topics: Topics): KeysOfData {
  const needed = new Set<string>();
  const allowed = new Set<string>();
  const statusOf = (rule: RuleName) => {
    for (const state of RULE_STATES[rule]) for (const when of ['today', 'asked']) needed.add(`status:${rule}.${state}.${when}`);
  };
  for (const topic of topics.values()) {
    needed.add(`titles:${topic.id}`);
    if (topic.rule?.answers === 'with-status') statusOf(topic.rule.name);
    if (topic.rule) for (const state of RULE_STATES[topic.rule.name]) needed.add(`faq:state.${topic.rule.name}.${state}`);
    const states = topic.rule?.answers === 'by-state' ? statesOf(topic.rule.name, topic.rule.group) : [undefined];
    for (const state of states) {
      const key = `answers:${topic.id}${state ? `.${state}` : ''}`;
      needed.add(`${key}.answer`);
      allowed.add(`${key}.next`);
      if (state && topic.rule && JUDGES_NAMED_DAYS.has(topic.rule.name)) needed.add(`${key}.asked`);
    }
  }
  for (const chapter of CHAPTERS) needed.add(`faq:chapter.${chapter}`);
  for (const name of [...AHEAD_DAYS, 'maintenance'])
    for (const part of ['summary', 'description']) needed.add(`calendar:ahead.${name}.${part}`);
  for (const flow of FLOWS) {
    const key = `flows:${flow.id}`;
    needed.add(`${key}.title`);
    for (const name of staffKeysOf(flow)) allowed.add(`staff:${flow.id}.${name}`);
    for (const [id, question] of Object.entries(flow.questions)) {
      if (question.kind === 'day' && question.wordsOf) continue;
      const options = question.kind === 'choice' ? Object.keys(question.options) : question.kind === 'day' ? ['today'] : [];
      for (const name of ['text', 'why', ...options.map((option) => `options.${option}`)]) needed.add(`${key}.questions.${id}.${name}`);
      if (question.kind === 'day') needed.add(`${key}.questions.${id}.not-understood`);
    }
    for (const [id, outcome] of Object.entries(flow.outcomes)) {
      for (const { rule } of outcome.also ?? []) statusOf(rule);
      for (const state of outcome.rule ? statesOf(outcome.rule.rule, outcome.rule.group) : [undefined]) {
        needed.add(`${key}.outcomes.${id}${state ? `.${state}` : ''}.result`);
        allowed.add(`${key}.outcomes.${id}${state ? `.${state}` : ''}.next`);
      }
    }
  }
  for (const rule of Object.keys(RULE_STATES)) needed.add(`flows:shared.rule.${rule}`);
  for (const key of keysOfManifest()) allowed.add(key);
  return { needed, allowed };
}

/** What can be said in another way where a dialog asks about a resident. */
function staffKeysOf({ questions }: Flow): string[] {
  const ofQuestions = Object.entries(questions).flatMap(([id, question]) => {
    const options = question.kind === 'choice' ? Object.keys(question.options) : [];
    return ['text', 'why', ...options.map((option) => `options.${option}`)].map((name) => `questions.${id}.${name}`);
  });
  return ['title', ...ofQuestions];
}

/** The states that a text can be asked for: the assessment of a group always has the same one. */
function statesOf(rule: RuleName, group: string | undefined): readonly string[] {
  if (rule !== 'assessment') return RULE_STATES[rule];
  return [group === 'other' || group === undefined ? 'after-end-date' : 'now'];
}

/** Tells of a key whether the code or the page uses it: whole, or put together from a prefix and a word that stands in the sources. */
export function usedInSources(root: string): (key: string) => boolean {
  const sources = ['src', 'dialogs', 'knowledge', 'locales'].flatMap((folder) => filesBelow(join(root, folder)));
  const text = sources.map((file) => readFileSync(file, 'utf8')).join('\n');
  const pattern = new RegExp(`['"\`]((?:${NAMESPACES.join('|')}):[^'"\`$]*)(\\$\\{)?`, 'gu');
  const whole = new Set<string>();
  const prefixes = new Set<string>();
  for (const [, key = '', open] of text.matchAll(pattern)) (open ? prefixes : whole).add(key);
  const words = new Set([...text.matchAll(/['"`]([a-z][\w-]*)['"`]|^\s*([a-z][\w-]*):/gmu)].map(([, quoted, key]) => quoted ?? key));
  return (key) =>
    whole.has(key) ||
    [...prefixes].some((prefix) =>
      !prefix.endsWith(':') || prefix === 'page:' || prefix === 'titles:'
        ? key.startsWith(prefix) &&
          key
            .slice(prefix.length)
            .split('.')
            .every((part) => words.has(part))
        : false,
    );
}

function filesBelow(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => /\.(?:ts|html|yaml)$/u.test(name) && !/^(?:questions|concepts|held-back)\//u.test(name))
    .map((name) => join(folder, name));
}

/** The texts that stand in the manifest of the app for Teams. */
function keysOfManifest(): string[] {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'manifest.json'), 'utf8');
  return [...text.matchAll(/\$\{\{text:(manifest\.[\w.-]+)\}\}/gu)].map(([, key]) => `teams:${key}`);
}
