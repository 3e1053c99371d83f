import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadKnowledge } from '../../knowledge/knowledge.ts';
import { featureNames, featuresOf } from '../../knowledge/matching/features.ts';
import { fitModel } from '../../knowledge/matching/fit.ts';
import { buildLexicon } from '../../knowledge/matching/lexicon.ts';
import { weightOf } from '../../knowledge/matching/linear.ts';
import { explain, type Guess, type Model, rank } from '../../knowledge/matching/model.ts';
import { encodeModel, readModel } from '../../knowledge/matching/model-file.ts';
import { normalise, tokens } from '../../knowledge/matching/normalise.ts';
import { CHOICES, outcomeOf } from '../../knowledge/matching/thresholds.ts';
import { vectorOf } from '../../knowledge/matching/vectors.ts';
import { KNOWLEDGE_PATHS } from '../../knowledge/paths.ts';
import { loadQuestions } from '../../knowledge/questions/questions.ts';

describe('a text is brought into one form', () => {
  test.each([
    ['ÉÉN brief', 'een brief'],
    ['pleaaaase', 'please'],
    ["don't", 'dont'],
    ["it's, we'll, I'm, foto's", 'its, well, im, fotos'],
    ['L’avocat, j’ai, jusqu’au', 'l avocat, j ai, jusqu au'],
    ["IND'den, Hollanda'da", 'ind den, hollanda da'],
    ["сім'я, обов’язково", 'сімя, обовязково'],
    ['Ёлка', 'елка'],
    ['می‌خواهم', 'ميخواهم'],
    ['əgər', 'eger'],
    ['DT & V', 'dtv'],
    ['dt&v', 'dtv'],
    ['٣١ يوليو', '31 يوليو'],
    ['۳۱', '31'],
    ['أُسْرَة', 'اسره'],
    ['مُحامـــي', 'محامي'],
    ['İstanbul ı', 'istanbul i'],
    ['a\u200Bb\u202Ec', 'abc'],
  ])('%s', (text, expected) => expect(normalise(text)).toBe(expected));

  test('only words are left of signs and emoji', () => {
    expect(tokens(normalise('Help!!! 😀 <b>me</b>'))).toEqual(['help', 'b', 'me', 'b']);
    expect(tokens(normalise('😀 ?!'))).toEqual([]);
  });
});

describe('the lexicon finds ideas', () => {
  const lexicon = buildLexicon(
    new Map([
      ['questionnaire', ['questionnaire*', 'vragenlijst', 'استبيان']],
      ['send-back', ['send back', 'stuur* terug', 'رجع*']],
      ['lawyer', ['lawyer']],
    ]),
  );
  const ideas = (text: string) => lexicon.find(tokens(normalise(text)));
  test.each<[string, string, string[]]>([
    ['a word', 'my lawyer said', ['lawyer']],
    ['a stem', 'the questionnaires', ['questionnaire']],
    ['a phrase', 'I send back the paper', ['send-back']],
    ['a phrase of stems', 'ik stuurde terug', ['send-back']],
    ['a word with a typo', 'the questionaire and the lawer', ['questionnaire', 'lawyer']],
    ['swapped letters', 'my laywer', ['lawyer']],
    ['an Arabic word with its particles', 'وبالاستبيان', ['questionnaire']],
    ['nothing in other words', 'send it, law', []],
  ])('%s', (_name, text, expected) => expect(ideas(text)).toEqual(expected));
});

describe('what is done with a guess', () => {
  const thresholds = { answer: 0.7, choose: 0.4 };
  const guess = (label: Guess['label'], probability: number): Guess => ({ label, probability });
  test.each<[string, Guess[], string]>([
    ['sure', [guess('letter', 0.7), guess('none', 0.3)], 'answer'],
    ['nearly sure', [guess('letter', 0.5), guess('advice', 0.3), guess('none', 0.2)], 'choose'],
    ['out of scope, but something like a topic', [guess('none', 0.55), guess('letter', 0.45)], 'choose'],
    ['sure that it is out of scope', [guess('none', 0.9), guess('letter', 0.1)], 'unknown'],
    ['nothing at all', [], 'unknown'],
  ])('%s', (_name, guesses, expected) => expect(outcomeOf(guesses, thresholds)).toBe(expected));
});

describe('the model', () => {
  const { model, lexicon, match } = loadKnowledge();

  test('explains itself: what spoke most for an answer', () => {
    const [strongest] = explain('i threw the questionnaire away', 'questionnaire-unreturned', lexicon, model);
    expect(strongest?.feature).toMatch(/lost|threw|questionnaire/u);
    expect(strongest?.weight).toBeGreaterThan(0);
  });

  test('keeps its answers when it is written and read again, and refuses a file that is cut off', () => {
    const folder = mkdtempSync(join(tmpdir(), 'model-'));
    const file = join(folder, 'model.bin');
    const some = loadQuestions(KNOWLEDGE_PATHS.questions).filter((_, index) => index % 20 === 0);
    const heldBack = loadQuestions(KNOWLEDGE_PATHS.heldBack);
    const fitted = fitModel(some, heldBack, model.ideas, 'fingerprint');
    writeFileSync(file, encodeModel(fitted));
    const again = readModel(file);
    expect([again.thresholds, again.fingerprint, again.languages]).toEqual([fitted.thresholds, 'fingerprint', fitted.languages]);
    const { topics } = fitted;
    const places = [...topics.vocabulary.places];
    const classes = Array.from({ length: topics.classes }, (_, index) => index);
    const misplaced = places.filter(([id, place]) => again.vocabulary.places.get(id) !== place);
    expect(misplaced).toEqual([]);
    const difference = (place: number) =>
      Math.max(...classes.map((index) => Math.abs(weightOf(place, index, again.topics) - weightOf(place, index, topics))));
    expect(Math.max(...places.map(([, place]) => difference(place)))).toBeLessThan(0.02);
    const look = (text: string) => vectorOf(featuresOf(text, lexicon), topics.vocabulary);
    const first = (one: Pick<Model, 'topics' | 'temperature'>) => heldBack.map(({ text }) => rank(look(text), one)[0]?.label);
    const before = first(fitted);
    const changed = first(again).filter((label, index) => label !== before[index]);
    expect(changed.length / heldBack.length).toBeLessThan(0.01);
    truncateSync(file, 100_000);
    expect(() => readModel(file)).toThrow();
    rmSync(folder, { recursive: true });
  });

  test('knows every feature by a number of its own', () => {
    const numbers = new Map<string, number>();
    for (const { text } of loadQuestions(KNOWLEDGE_PATHS.questions)) {
      for (const [id, name] of featureNames(text, lexicon)) numbers.set(name, id);
    }
    expect(numbers.size).toBeGreaterThan(100_000);
    expect(new Set(numbers.values()).size).toBe(numbers.size);
    const { ideas, ...lists } = featuresOf('i threw the questionnaire away, the questionnaire', lexicon);
    const seen = Object.values(lists).flat();
    expect([...seen].sort()).toEqual([...featureNames('i threw the questionnaire away, the questionnaire', lexicon).keys()].sort());
    expect(ideas).toContain('questionnaire');
  });

  test('offers three different choices', () => {
    const labels = match('letter or lawyer')
      .guesses.slice(0, CHOICES)
      .map(({ label }) => label);
    expect(new Set(labels).size).toBe(CHOICES);
  });

  test.each([
    ['Can I still get the money to return?', 'remigration-window'],
    ['Kan ik nog steeds hulp aanvragen om terug te keren?', 'remigration-window'],
  ])('a question about time goes to the topic that the rule answers: %s', (text, topic) =>
    expect(match(text).guesses[0]?.label).toBe(topic),
  );
});
