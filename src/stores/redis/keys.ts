import { crc32 } from 'node:zlib';

/**
 * Redis Cluster runs a script only on keys of one slot. So conversations, and lanes, which are named as their
 * conversation, are in groups, and all keys of a group have its tag: `{g07}`.
 */
export const GROUPS = 64;
export const ALL_GROUPS: readonly number[] = Array.from({ length: GROUPS }, (_, group) => group);

export function groupOf(conversation: string): number {
  return crc32(conversation) % GROUPS;
}

function key(group: number, ...parts: string[]): string {
  return `bot:{g${String(group).padStart(2, '0')}}:${parts.join(':')}`;
}

/** The conversations of a group, by the time when they were last used. */
export function usedKey(group: number): string {
  return key(group, 'used');
}

export function feedKey(conversation: string): string {
  return key(groupOf(conversation), 'feed', conversation);
}

export function statesKey(conversation: string): string {
  return key(groupOf(conversation), 'states', conversation);
}

/** The number of the last activity; there where the conversation is open. */
export function lastKey(conversation: string): string {
  return key(groupOf(conversation), 'last', conversation);
}

/** All keys of a conversation, in the order in which `common.lua` reads them. */
export function conversationKeys(conversation: string): string[] {
  const group = groupOf(conversation);
  const clients = key(group, 'clients', conversation);
  return [lastKey(conversation), feedKey(conversation), clients, statesKey(conversation), usedKey(group)];
}

/** The lanes of a queue that have a job, in one group, by the time from which on it can be taken. */
export function lanesKey(queue: string, group: number): string {
  return key(group, 'lanes', queue);
}

/** All keys of a queue in one group of lanes, in the order in which `jobs.lua` reads them. */
export function queueKeys(queue: string, group: number): string[] {
  return [lanesKey(queue, group), key(group, 'order', queue), key(group, 'jobs', queue), key(group, 'ids', queue)];
}
export const KEYS_OF_QUEUE = 4;
export const KEYS_OF_CONVERSATION = 5;

export function lockKey(lane: string): string {
  return key(groupOf(lane), 'lock', lane);
}

/** What belongs to no conversation: each operation needs one of these alone. */
export const QUESTIONS_KEY = 'bot:questions';
export const CHECK_KEY = 'bot:check';
export const countsKey = (day: string): string => `bot:counts:${day}`;
export const secretKey = (name: string): string => `bot:secret:${name}`;
