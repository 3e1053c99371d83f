import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONVERSATION_KEPT, GOODBYE_KEPT, JOBS_KNOWN } from '../kept.ts';

/** A step that Redis does as a whole: the text of a Lua script, and the name by which Redis knows it. */
export interface Script {
  readonly text: string;
  readonly sha: string;
}

const read = (name: string) => readFileSync(join(import.meta.dirname, 'scripts', `${name}.lua`), 'utf8');

const TIMES = `local CONVERSATION_KEPT, GOODBYE_KEPT, JOBS_KNOWN = ${CONVERSATION_KEPT}, ${GOODBYE_KEPT}, ${JOBS_KNOWN}`;
const SHARED = [TIMES, read('common'), read('jobs')].join('\n');

function script(name: string): Script {
  const text = `${SHARED}\n${read(name)}`;
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

export const SCRIPTS = {
  open: script('open'),
  append: script('append'),
  forget: script('forget'),
  changeState: script('change-state'),
  addJobs: script('add-jobs'),
  takeJob: script('take-job'),
  endJob: script('end-job'),
  dropJob: script('drop-job'),
  postponeJob: script('postpone-job'),
  waiting: script('waiting'),
  lock: script('lock'),
  unlock: script('unlock'),
  keepQuestion: script('keep-question'),
  expireConversation: script('expire-conversation'),
  expireJobs: script('expire-jobs'),
} as const;
