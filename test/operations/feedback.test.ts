/** What the curator runs: the review of kept questions, and the report. As processes of their own, on a store file. */
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadQuestions } from '../../knowledge/questions/questions.ts';
import { createTally } from '../../src/feedback/tally.ts';
import { createLog } from '../../src/operations/log.ts';
import { openStore } from '../../src/stores/open.ts';
import { openSqliteStore } from '../../src/stores/sqlite.ts';
import type { KeptQuestion } from '../../src/stores/store.ts';
import { describeWithRedis, redisForAll } from '../service/redis-server.ts';
import { until } from '../service/running.ts';

const root = join(__dirname, '..', '..');
const node = join(root, 'node_modules', '.bin', 'node');

let folder: string;
let file: string;
let questions: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'review-'));
  file = join(folder, 'bot.sqlite');
  questions = join(folder, 'questions');
  cpSync(join(root, 'knowledge', 'questions'), questions, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

async function keep(...texts: [language: string, topic: string, text: string][]): Promise<void> {
  const store = openSqliteStore(file);
  for (const [language, topic, text] of texts) await store.keepQuestion({ id: randomUUID(), language, topic, text }, 90);
  await store.close();
}

async function kept(): Promise<KeptQuestion[]> {
  const store = openSqliteStore(file);
  const all = await store.keptQuestions();
  await store.close();
  return all;
}

const environment = () => ({ ...process.env, STORE: `sqlite:${file}` });

/** Runs the review with these lines typed. */
function review(...lines: string[]): string {
  const input = lines.map((line) => `${line}\n`).join('');
  const { stdout, stderr, status } = spawnSync(node, ['src/operations/review.ts', '--questions', questions], {
    cwd: root,
    env: environment(),
    input,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

const learnt = (text: string) => loadQuestions(questions).filter((one) => one.text === text);

describe('review', () => {
  test('puts a question under a topic, at the end of its list, and leaves the rest of the file as it is', async () => {
    const text = 'Zitten er ook "tolken" bij: mijn gehoor # in Zevenaar?';
    const before = readFileSync(join(questions, 'nl', 'assessment.yaml'), 'utf8').split('\n');
    await keep(['nl', 'none', text]);
    expect(review('interview')).toContain('assessment.yaml');
    expect(learnt(text)).toEqual([{ language: 'nl', label: 'interview', text }]);
    const after = readFileSync(join(questions, 'nl', 'assessment.yaml'), 'utf8').split('\n');
    expect(after.filter((line) => !before.includes(line))).toEqual([`  - ${JSON.stringify(text)}`]);
    expect(after).toHaveLength(before.length + 1);
    expect(await kept()).toEqual([]);
  });

  test.each<[string, string, string]>([
    ['the last list of a file', 'fa', 'none'],
    ['a list in the middle', 'ar', 'letter'],
    ['a beginning of an id', 'ru', 'portal-m'],
  ])('puts it in %s', async (_name, language, command) => {
    const text = 'zxqv wkrt plmf?';
    await keep([language, 'none', text]);
    review(command);
    expect(learnt(text)).toEqual([{ language, label: command === 'portal-m' ? 'portal-maintenance' : command, text }]);
  });

  test('deletes one, skips one, changes the words of one without what is personal, and asks back', async () => {
    await keep(['en', 'none', 'aaa one'], ['en', 'none', 'aaa two'], ['en', 'work', 'aaa three of Amina']);
    const words = {
      'aaa one': ['away'],
      'aaa two': ['skip'],
      'aaa three of Amina': ['question', 'nonsense', 'topics', 'edit aaa three 0612345678', 'work'],
    };
    const order = (await kept()).map(({ text }) => text as keyof typeof words);
    const said = review(...order.flatMap((text) => words[text]));
    expect(said).toContain('Which one: questionnaire, questionnaire-no, questionnaire-unreturned?');
    expect(said).toContain('applies-to-me, protection-end');
    expect(learnt('aaa three …')).toHaveLength(1);
    expect(learnt('aaa one')).toHaveLength(0);
    expect((await kept()).map(({ text }) => text)).toEqual(['aaa two']);
  });

  test('never puts in what measures, nor what is known, however it is written', async () => {
    const measuring = JSON.parse(readFileSync(join(root, 'test', 'evaluation', 'own.en.jsonl'), 'utf8').split('\n')[0] ?? '') as {
      q: string;
    };
    const [heldBack] = loadQuestions(join(root, 'knowledge', 'held-back'), ['en']);
    const [known] = loadQuestions(questions, ['en']);
    const texts = [`  ${measuring.q.toUpperCase()}!!`, `${heldBack?.text} ?`, `${known?.text}…`];
    for (const text of texts) await keep(['en', 'none', text]);
    const before = loadQuestions(questions).length;
    const said = review('work', 'skip', 'work', 'skip', 'none', 'skip');
    expect(said.match(/it measures/gu)).toHaveLength(2);
    expect(said.match(/is known already/gu)).toHaveLength(1);
    expect(loadQuestions(questions)).toHaveLength(before);
    expect(await kept()).toHaveLength(3);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s in the middle loses nothing', async (signal) => {
    await keep(['en', 'none', 'aaa one'], ['en', 'none', 'aaa two']);
    const child = spawn(node, ['src/operations/review.ts', '--questions', questions], { cwd: root, env: environment() });
    let output = '';
    child.stdout.on('data', (part) => {
      output += part;
    });
    await until(() => output.includes('\n> '), 'the first question');
    child.stdin.write('work\n');
    await until(() => output.includes('Put into') && output.endsWith('\n> '), 'the second question');
    child.kill(signal);
    await new Promise((done) => child.on('exit', done));
    const [left] = await kept();
    expect(await kept()).toHaveLength(1);
    expect(left && learnt(left.text)).toEqual([]);
    expect([...learnt('aaa one'), ...learnt('aaa two')]).toHaveLength(1);
  });

  test('the end of the input loses nothing; without questions or a store it says so', async () => {
    await keep(['en', 'none', 'aaa one']);
    expect(review()).toContain('Still kept: 1');
    review('away');
    expect(review()).toContain('No question is kept');
    rmSync(file);
    const { status, stderr } = spawnSync(node, ['src/operations/review.ts'], { cwd: root, env: environment(), encoding: 'utf8' });
    expect([status, stderr]).toEqual([2, `review: there is no ${file}\n`]);
  });
});

describe('report', () => {
  const report = (...options: string[]) =>
    spawnSync(node, ['src/operations/report.ts', ...options], { cwd: root, env: environment(), encoding: 'utf8' });

  test('prints what was counted, and no text of anybody', async () => {
    const store = openSqliteStore(file);
    await store.keepQuestion({ id: randomUUID(), language: 'en', topic: 'none', text: 'a secret' }, 90);
    const tally = createTally(store, createLog('silent'));
    for (const topic of ['work', 'work', 'letter'] as const) tally.answered(topic, 'en');
    tally.answered('work', 'fa');
    tally.notUnderstood('unknown', 'fa');
    tally.notUnderstood('choose', 'fa');
    tally.judged('work', 'en', true);
    await tally.write();
    for (const up of [true, true, false]) tally.judged('work', 'en', up);
    await tally.stop();
    await store.close();
    expect(JSON.parse(report('--json').stdout)).toEqual({
      asked: [
        { topic: 'work', language: 'en', times: 2 },
        { topic: 'letter', language: 'en', times: 1 },
        { topic: 'work', language: 'fa', times: 1 },
      ],
      notUnderstood: [
        { kind: 'choose', language: 'fa', times: 1 },
        { kind: 'unknown', language: 'fa', times: 1 },
      ],
      judged: [{ topic: 'work', language: 'en', up: 3, down: 1, share: 0.75 }],
    });
    const { stdout } = report();
    expect(stdout).toMatch(/Asked about\n {2}en {2}work +2\n/u);
    expect(stdout).toMatch(/Thumbs up\n {2}en {2}work +75 % of 4\n/u);
    expect(stdout).not.toContain('secret');
  });

  test('says where nothing is counted, and where there is no store', () => {
    expect(report('--json')).toMatchObject({ status: 2, stderr: `report: there is no store ${file}\n` });
    openSqliteStore(file);
    expect(report().stdout).toContain('nothing yet');
  });

  test('counts that could not be written are written with the next ones', async () => {
    const written: number[] = [];
    let broken = true;
    const tally = createTally(
      {
        count: async (counts) => {
          if (broken) throw new Error('gone');
          written.push(...counts.map(({ number }) => number));
        },
      },
      createLog('silent'),
    );
    tally.answered('work', 'en');
    tally.answered('work', 'en');
    await tally.write();
    broken = false;
    tally.answered('work', 'en');
    await tally.stop();
    expect(written).toEqual([3]);
  });
});

describeWithRedis('where the store is a Redis', () => {
  const redis = redisForAll({ settings: ['--requirepass', 'password'] });
  const run = (...words: string[]) =>
    spawnSync(node, words, { cwd: root, env: { ...process.env, STORE: redis.url }, encoding: 'utf8', input: '' });

  test('the review and the report read it', async () => {
    const store = await openStore(redis.url);
    await store.keepQuestion({ id: randomUUID(), language: 'en', topic: 'work', text: 'May I drive a taxi?' }, 90);
    await store.close();
    expect(run('src/operations/review.ts', '--questions', questions)).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining('May I drive a taxi?') as string,
    });
    expect(run('src/operations/report.ts')).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining('nothing yet') as string,
    });
  });
});
