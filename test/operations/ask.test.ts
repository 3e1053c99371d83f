import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** `npm run -s ask` with these words and this standard input. */
function ask(words: string[], input = '') {
  const { stdout, stderr, status } = spawnSync('npm', ['run', '-s', 'ask', '--', ...words], { cwd: root, encoding: 'utf8', input });
  return { stdout, stderr, status };
}

const QUESTIONS = {
  en: ['Can I still apply for money to go home?', 'Can I still apply for money to go home on 15 July?'],
  nl: ['Kan ik nog geld aanvragen om naar huis te gaan?', 'Kan ik op 15 juli nog geld aanvragen om naar huis te gaan?'],
  ar: ['هل ما زال بإمكاني طلب المال للعودة إلى بلدي؟', 'هل يمكنني طلب المال للعودة إلى بلدي يوم ١٥ يوليو؟'],
} as const;

test('in each language the window is judged by the clock in Amsterdam, or on the day that the question names', () => {
  const cases = Object.entries(QUESTIONS).flatMap(([lang, [today, named]]) => [
    { q: today, lang, now: '2023-07-31T23:30:00+02:00', state: 'last-day', date: '2023-07-31' },
    { q: today, lang, now: '2023-08-01T00:10:00+02:00', state: 'closed', date: '2023-08-01' },
    { q: today, lang, now: '2023-05-31T12:00', state: 'not-yet', date: '2023-05-31' },
    { q: named, lang, now: '2023-05-31T12:00', state: 'open', date: '2023-07-15' },
  ]);
  const { stdout, status } = ask(['--jsonl'], cases.map(({ q, lang, now }) => JSON.stringify({ q, lang, now })).join('\n'));
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(answers.map(({ q, language, kind, rule }) => ({ q, language, kind, rule }))).toEqual(
    cases.map(({ q, lang, state, date }) => ({ q, language: lang, kind: 'answer', rule: { rule: 'remigration-window', state, date } })),
  );
  expect(answers[2].text).toContain('1 June 2023');
  expect(answers[6].text).toContain('1 juni 2023');
  expect(answers[10].text).toContain('1 يونيو 2023');
  expect(Object.keys(answers[0])).toEqual(['q', 'language', 'kind', 'topics', 'confidence', 'rule', 'text']);
  expect(status).toBe(0);
});

test('a plain answer has its source, and names the language by itself', () => {
  const { stdout, status } = ask(['--now', '2023-06-10T12:00', 'Wat vragen ze bij het gehoor?']);
  expect(stdout).toMatch(/gehoor[\s\S]*Bron:[\s\S]*https:\/\/ind\.nl\//u);
  expect(status).toBe(0);
});

test('wrong lines get an error with their number, and the others are answered', () => {
  const { stdout, status } = ask(
    ['--jsonl'],
    '{"q":"hello"}\nnonsense\n{"lang":"en"}\n{"q":"hello","lang":"xx"}\n{"q":"hello","now":"soon"}\n\n{"q":"thanks"}\n',
  );
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(answers.map(({ line, topics }) => line ?? topics[0])).toEqual(['greeting', 2, 3, 4, 5, 'thanks']);
  expect(answers[3].error).toContain('unknown language "xx"');
  expect(status).toBe(1);
});

test.each<[string, string[], RegExp]>([
  ['no question', [], /Usage/u],
  ['a wrong time', ['--now', 'soon', 'hello'], /not an ISO 8601 time/u],
  ['an unknown language', ['--lang', 'xx', 'hello'], /unknown language/u],
  ['an unknown option', ['--loud', 'hello'], /Unknown option/u],
])('%s is said clearly', (_name, words, expected) => {
  const { stdout, stderr, status } = ask(words);
  expect(stderr).toMatch(expected);
  expect(stdout).toBe('');
  expect(status).toBe(2);
});
