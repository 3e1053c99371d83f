import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import type { Facts } from '../editions/facts.ts';
import { KnowledgeError } from '../files/knowledge-error.ts';
import { readYaml } from '../files/read-yaml.ts';
import { RULE_NAMES, type RuleName, type RuleReference } from '../rules/index.ts';
import { CHAPTERS, type Chapter, isChapter, isTopicId, TOPIC_IDS, type TopicId } from './topic-ids.ts';

/** Who can help; the sentence that names them comes from the locale. */
export const HELPERS = ['vwn', 'lawyer', 'ind', 'dtv', 'iom', 'municipality'] as const;
export type Helper = (typeof HELPERS)[number];

/** Dialogs that a topic can lead to. */
export const DIALOG_IDS = ['about-me', 'next-step', 'return-help', 'may-i-stay', 'language', 'human', 'delete-data'] as const;
export type DialogId = (typeof DIALOG_IDS)[number];

const topicId = z
  .string()
  .refine(isTopicId, 'unknown topic')
  .transform((id) => id as TopicId);

const record = z.strictObject({
  /** The section of the page that the answer rests on: a key of the edition's `sections`. */
  section: z.string(),
  /** The rule that decides what is said: one answer a state, or one answer and a line on the state. */
  rule: z
    .strictObject({
      name: z.string(),
      group: z.enum(['safe-country', 'syria-yemen', 'other']).optional(),
      answers: z.enum(['by-state', 'with-status']),
    })
    .optional(),
  help: z.array(z.enum(HELPERS)).default([]),
  /** Up to three topics that people ask about next. */
  next: z.array(topicId).max(3).default([]),
  /** Which topic a short question means after this answer: "and then?", "till when?", "where?". */
  follow: z.strictObject({ after: topicId.optional(), when: topicId.optional(), where: topicId.optional() }).default({}),
  dialog: z.enum(DIALOG_IDS).optional(),
  /** About the bot, not about the procedure: no source, no date. */
  talk: z.boolean().default(false),
});

const schema = z.record(topicId, record);

export interface Topic extends Omit<z.infer<typeof record>, 'rule'> {
  readonly id: TopicId;
  /** The part that it is told in: the name of its file. */
  readonly chapter: Chapter;
  readonly rule?:
    | { name: RuleName; group?: 'safe-country' | 'syria-yemen' | 'other' | undefined; answers: 'by-state' | 'with-status' }
    | undefined;
}

/** The rules that the answer to a topic rests on. */
export function rulesOfTopic({ rule }: Topic): readonly RuleReference[] {
  return rule ? [{ rule: rule.name, group: rule.group }] : [];
}

export type Topics = ReadonlyMap<TopicId, Topic>;

/**
 * Loads every topic record of a folder.
 * Throws a KnowledgeError with file, line and reason: unknown or missing topic or chapter, duplicate id, unknown rule or section.
 */
export function loadTopics(folder: string, facts: Facts): Topics {
  const topics = new Map<TopicId, Topic>();
  for (const name of yamlFiles(folder)) {
    const yaml = readYaml(join(folder, name), schema);
    const chapter = basename(name, '.yaml');
    if (!isChapter(chapter))
      throw new KnowledgeError(yaml.file, 1, `unknown chapter "${chapter}": it must be one of ${CHAPTERS.join(', ')}`);
    for (const [id, topic] of Object.entries(yaml.data) as [TopicId, z.infer<typeof record>][]) {
      const fail = (path: string[], reason: string): never => {
        throw new KnowledgeError(yaml.file, yaml.lineOf([id, ...path]), `${id}: ${reason}`);
      };
      if (topics.has(id)) fail([], 'duplicate id');
      if (!(topic.section in facts.sections)) fail(['section'], `unknown section "${topic.section}"`);
      if (topic.rule && !RULE_NAMES.includes(topic.rule.name as RuleName)) fail(['rule', 'name'], `unknown rule "${topic.rule.name}"`);
      topics.set(id, { ...topic, id, chapter } as Topic);
    }
  }
  const missing = TOPIC_IDS.find((id) => !topics.has(id));
  if (missing) throw new KnowledgeError(folder, 1, `topic "${missing}" is missing`);
  return topics;
}

/** The YAML files of a folder by name; the order never matters to what is loaded. */
export function yamlFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
}
