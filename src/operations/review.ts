import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { KNOWLEDGE_PATHS } from '../../knowledge/paths.ts';
import { withoutPersonalData } from '../../knowledge/privacy/personal-data.ts';
import { isTopicId, type Label, TOPIC_IDS } from '../../knowledge/topics/topic-ids.ts';
import { isLanguage } from '../../locales/languages.ts';
import { addQuestion, type Obstacle, obstacleFinder } from '../feedback/question-files.ts';
import { readSettings } from '../settings.ts';
import { openStore, storeFile } from '../stores/open.ts';
import type { KeptQuestion, Store } from '../stores/store.ts';

const USAGE = `Usage:
  npm run review [-- --questions FOLDER]
Goes through the questions that people let the bot keep (in STORE), one after another.
FOLDER is where questions are put; knowledge/questions where nothing is said.
`;

const HELP = `  a topic      put the question under this topic (its id, as "work"; a beginning is enough)
  none         out of scope: the page does not answer it
  away         delete the question
  edit TEXT    change its words first, as to take out a name
  skip         leave it for another time (also: Enter)
  topics       list the ids of all topics
  quit         stop; what is not decided stays kept
`;

const WHY: Readonly<Record<Exclude<Obstacle, undefined>, string>> = {
  measures: 'This question stands in test/evaluation or knowledge/held-back: it measures, and must not be learnt. "away" or "skip".',
  known: 'This question is known already. "away" or "skip".',
};

interface Review {
  readonly store: Store;
  readonly folder: string;
  readonly obstacle: (text: string) => Obstacle;
  readonly ask: () => Promise<string | undefined>;
  readonly say: (text: string) => void;
}

/** Asks about one question until it is decided. False where the curator wants to stop. */
async function reviewOne(question: KeptQuestion, { store, folder, obstacle, ask, say }: Review): Promise<boolean> {
  let { text } = question;
  for (;;) {
    say(`\n[${question.language}, taken for: ${question.topic}, goes on ${question.goes}]\n  ${text}\n> `);
    const command = (await ask())?.trim();
    if (command === undefined || command === 'quit') return false;
    if (command === '' || command === 'skip') return true;
    if (command === 'away') {
      await store.dropQuestion(question.id);
      say('Deleted.\n');
      return true;
    }
    if (command.startsWith('edit ')) {
      text = withoutPersonalData(command.slice('edit '.length).trim()) || text;
      continue;
    }
    const labels = labelsMeant(command);
    const [label] = labels;
    if (command === 'topics') say(`${TOPIC_IDS.join(', ')}\n`);
    else if (labels.length > 1) say(`Which one: ${labels.join(', ')}?\n`);
    else if (!label) say(HELP);
    else {
      const why = obstacle(text);
      if (why) say(`${WHY[why]}\n`);
      else if (!isLanguage(question.language)) say('There is no folder for this language. "away" or "skip".\n');
      else {
        // First into the file, then out of the store: whatever happens in between, it is not lost.
        say(`Put into ${addQuestion(folder, { language: question.language, label, text })}.\n`);
        await store.dropQuestion(question.id);
        return true;
      }
    }
  }
}

/** The topics that a command may mean: the one with this id, else all that begin with it. */
function labelsMeant(command: string): Label[] {
  if (command === 'none' || isTopicId(command)) return [command];
  return TOPIC_IDS.filter((id) => id.startsWith(command));
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { questions: { type: 'string' }, help: { type: 'boolean' } } });
  const say = (text: string) => void process.stdout.write(text);
  if (values.help) {
    say(USAGE + HELP);
    return 0;
  }
  const { STORE } = readSettings(process.env);
  const folder = values.questions ?? KNOWLEDGE_PATHS.questions;
  for (const needed of [storeFile(STORE) ?? folder, folder]) if (!existsSync(needed)) throw new Error(`there is no ${needed}`);
  const evaluation = join(import.meta.dirname, '..', '..', 'test', 'evaluation');
  const obstacle = obstacleFinder({ questions: folder, heldBack: KNOWLEDGE_PATHS.heldBack, evaluation });
  const store = await openStore(STORE);
  const lines = createInterface({ input: process.stdin, ...(process.stdin.isTTY && { output: process.stdout }) });
  const reader = lines[Symbol.asyncIterator]();
  // Ctrl-C ends the reading: what is not decided stays where it is.
  const ended = new Promise<undefined>((done) => lines.once('SIGINT', () => done(undefined)));
  const ask = () => Promise.race([reader.next().then(({ value, done }) => (done ? undefined : String(value))), ended]);
  const questions = await store.keptQuestions();
  say(questions.length === 0 ? 'No question is kept.\n' : `${questions.length} questions are kept. What shall become of each?\n${HELP}`);
  for (const question of questions) if (!(await reviewOne(question, { store, folder, obstacle, ask, say }))) break;
  lines.close();
  say(`\nStill kept: ${(await store.keptQuestions()).length}. After changes: npm run evaluate.\n`);
  await store.close();
  return 0;
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    process.stderr.write(`review: ${error.message}\n`);
    process.exit(2);
  },
);
