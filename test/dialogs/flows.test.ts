import { checkFlow, type Flow, result, stepsOf } from '../../dialogs/flow.ts';
import { outcomeWords, questionWords, whyWords } from '../../dialogs/flow-words.ts';
import { FLOWS } from '../../dialogs/flows.ts';
import { calendarDay, instantFrom } from '../../knowledge/calendar/day.ts';
import { LANGUAGE_CODES } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { knowledge } from './talk.ts';

const flow: Flow = {
  id: 'human',
  start: 'a',
  questions: { a: { kind: 'choice', options: { yes: result('b') }, unknown: result('b') } },
  outcomes: { b: {} },
};

test('a way that leads nowhere, and a part that nothing leads to, are refused by name', () => {
  expect(checkFlow(flow)).toBe(flow);
  expect(() => checkFlow({ ...flow, outcomes: {} })).toThrow('there is no "b" among its outcomes');
  expect(() => checkFlow({ ...flow, outcomes: { b: {}, c: {} } })).toThrow('nothing leads to "c"');
});

describe.each(LANGUAGE_CODES)('in %s', (language) => {
  const { facts } = knowledge();
  const texts = textsOf(language);
  const days = ['2023-03-22', '2023-05-31', '2023-06-10', '2023-07-31', '2023-08-10', '2023-09-04', '2023-09-05'];

  test.each(FLOWS.map((one) => [one.id, one] as const))(
    '%s: every question, option, result and reason has its words, on every day',
    (_id, one) => {
      const telling = { flow: one, facts, texts };
      for (const [id, question] of Object.entries(one.questions)) {
        const words = questionWords(telling, id);
        expect(
          [words.text, words.why, ...words.options.map(({ label }) => label)].every((text) => text.length > 0 && !text.includes('{{')),
        ).toBe(true);
        expect(stepsOf(question).length).toBeGreaterThan(0);
      }
      for (const outcome of Object.keys(one.outcomes)) {
        for (const day of days) {
          const given = { flow: one.id, outcome, answers: [], day: calendarDay(day) };
          const { paragraphs, source } = outcomeWords(telling, given, instantFrom(day, facts.timeZone));
          expect(paragraphs.join(' ')).not.toMatch(/\{\{|undefined|flows:/u);
          expect(source === null).toBe(one.outcomes[outcome]?.section === undefined);
          expect(whyWords(telling, given).join(' ')).not.toMatch(/\{\{|undefined/u);
        }
      }
    },
  );
});
