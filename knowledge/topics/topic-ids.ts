/** Every topic that an answer exists for. `none`, out of scope, is no topic: nothing is said about it. */
export const TOPIC_IDS = [
  'applies-to-me',
  'protection-end',
  'first-groups',
  'other-groups',
  'safe-country',
  'safe-country-letter',
  'syria-yemen',
  'letter',
  'advice',
  'who-decides',
  'questionnaire',
  'questionnaire-no',
  'questionnaire-unreturned',
  'application-closed',
  'proceed',
  'interview',
  'lawyer',
  'decision',
  'stay-after-negative',
  'stay-after-stopping',
  'after-end-date',
  'work',
  'reception',
  'leaving-early',
  'remigration',
  'remigration-window',
  'remigration-requirements',
  'remigration-apply',
  'remigration-destination',
  'iom',
  'portal-maintenance',
  'info-date',
  'contact',
  'greeting',
  'thanks',
  'goodbye',
  'capabilities',
  'bot-identity',
  'human',
  'privacy',
  'delete-data',
  'change-language',
] as const;

export type TopicId = (typeof TOPIC_IDS)[number];

/**
 * The parts that the topics are told in, in reading order; each is a file of `knowledge/topics`. The last one is about
 * the bot itself.
 */
export const CHAPTERS = ['who', 'letter', 'assessment', 'stay', 'return', 'information', 'talk'] as const;
export type Chapter = (typeof CHAPTERS)[number];

/** What a question is about: a topic, or nothing that the page speaks of. */
export type Label = TopicId | 'none';
export const LABELS: readonly Label[] = [...TOPIC_IDS, 'none'];

export function isTopicId(text: string): text is TopicId {
  return (TOPIC_IDS as readonly string[]).includes(text);
}

export function isChapter(text: string): text is Chapter {
  return (CHAPTERS as readonly string[]).includes(text);
}
