import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs';
import { type CalendarDay, dayAt, isCalendarDay } from '../knowledge/calendar/day.ts';
import { timelineAlternative } from '../knowledge/timeline/words.ts';
import { LANGUAGE_CODES, type Language } from '../locales/languages.ts';
import { type Texts, textsOf } from '../locales/texts.ts';
import { saidIn } from './activities.ts';
import { calendarOffer } from './calendar-offer.ts';
import { type Flow, type FlowQuestion, placeOfOutcome, rulesOfOutcome, type Step } from './flow.ts';
import { dayOfAnswers, outcomeWords, questionWords, type Telling } from './flow-words.ts';
import { languageChanged, setLanguage } from './languages.ts';
import type { GivenAnswer, LastResult } from './memory.ts';
import type { SaidResult } from './presenter.ts';
import { type Choice, chosenFrom, isCommand, languageAskedFor, languageChoices } from './recognise.ts';
import { type DialogServices, memoryOf } from './services.ts';
import { topicTitles } from './titles.ts';

/** Where a person stands in a flow: ids only. */
interface FlowState {
  at: string;
  answers: GivenAnswer[];
}

/** How the dialog tells its caller that a message was no answer, so that it can be read as a question in the middle. */
export const NOT_AN_ANSWER = 'not-an-answer';

/** Walks one flow: asks its questions, understands the answers, goes back, explains itself, and says the result. */
export class FlowDialog extends Dialog {
  readonly #known = new Map<string, readonly Choice<string>[]>();
  readonly #flow: Flow;
  readonly #services: DialogServices;

  constructor(flow: Flow, services: DialogServices) {
    super(flow.id);
    this.#flow = flow;
    this.#services = services;
  }

  override async beginDialog(dc: DialogContext): Promise<DialogTurnResult> {
    this.#keep(dc, { at: this.#flow.start, answers: [] });
    await this.#ask(dc);
    return Dialog.EndOfTurn;
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const text = saidIn(dc.context);
    if (text === undefined) return Dialog.EndOfTurn;
    const state = this.#state(dc);
    if (isCommand(text, 'back')) return this.#back(dc, state);
    if (isCommand(text, 'why-ask') || isCommand(text, 'why')) return this.#explain(dc, state);
    const answer = await this.#read(dc, text, state);
    if (answer) return this.#take(dc, state, answer);
    dc.context.turnState.set(NOT_AN_ANSWER, true);
    return Dialog.EndOfTurn;
  }

  /** The question that waits for an answer. */
  openQuestion(dc: DialogContext): string {
    return this.#state(dc).at;
  }

  /** Asks the current question again, after something else was answered or where nothing was understood. */
  async askAgain(dc: DialogContext, opening: string[]): Promise<void> {
    await this.#ask(dc, opening);
  }

  /** What to say where a message was neither an answer nor a question. */
  async notUnderstood(dc: DialogContext): Promise<string> {
    const telling = await this.#telling(dc);
    return questionWords(telling, this.#state(dc).at).notUnderstood ?? telling.texts.say('flows:shared.pick-one');
  }

  async #back(dc: DialogContext, state: FlowState): Promise<DialogTurnResult> {
    const { texts } = await this.#telling(dc);
    const last = state.answers.at(-1);
    if (!last) {
      await this.#ask(dc, [texts.say('chat:nothing-to-go-back')]);
      return Dialog.EndOfTurn;
    }
    this.#keep(dc, { at: last.question, answers: state.answers.slice(0, -1) });
    await this.#ask(dc, [texts.say('chat:went-back')]);
    return Dialog.EndOfTurn;
  }

  async #explain(dc: DialogContext, state: FlowState): Promise<DialogTurnResult> {
    await this.#ask(dc, [questionWords(await this.#telling(dc), state.at).why]);
    return Dialog.EndOfTurn;
  }

  /** The answer that a message gives to the current question, if it gives one. */
  async #read(
    dc: DialogContext,
    text: string,
    { at }: FlowState,
  ): Promise<{ given: GivenAnswer; step: Step; language?: Language } | undefined> {
    const question = this.#flow.questions[at] as FlowQuestion;
    if (question.kind === 'day') {
      const day = isCommand(text, 'unknown') ? this.#today() : await this.#readDay(dc, text);
      return day && { given: { question: at, option: 'day', day }, step: question.next };
    }
    if (isCommand(text, 'unknown')) return { given: { question: at, option: 'unknown' }, step: question.unknown };
    if (question.kind === 'language') {
      const language = chosenFrom(text, languageChoices()) ?? languageAskedFor(text);
      return language && { given: { question: at, option: 'language' }, step: question.next, language };
    }
    const option = chosenFrom(text, this.#choices(at)) ?? yesOrNo(text, question.options);
    const step = option === undefined ? undefined : question.options[option];
    return option !== undefined && step ? { given: { question: at, option }, step } : undefined;
  }

  async #readDay(dc: DialogContext, text: string): Promise<CalendarDay | undefined> {
    const { texts } = await this.#telling(dc);
    if (isCommand(text, 'today')) return this.#today();
    if (isCalendarDay(text.trim())) return text.trim() as CalendarDay;
    const days = this.#services.knowledge.daysIn(text, texts.language, this.#services.now());
    // A sentence that only holds a day among other things is a question of its own.
    return days && text.split(/\s+/u).length <= 6 ? days.last : undefined;
  }

  async #take(
    dc: DialogContext,
    state: FlowState,
    answer: { given: GivenAnswer; step: Step; language?: Language },
  ): Promise<DialogTurnResult> {
    const answers = [...state.answers, answer.given];
    if ('question' in answer.step) {
      this.#keep(dc, { at: answer.step.question, answers });
      await this.#ask(dc);
      return Dialog.EndOfTurn;
    }
    await this.#finish(
      dc,
      { flow: this.#flow.id, outcome: answer.step.outcome, answers, day: dayOfAnswers(answers, this.#today()) },
      answer.language,
    );
    return dc.endDialog();
  }

  async #finish(dc: DialogContext, result: LastResult, language: Language | undefined): Promise<void> {
    const memory = await memoryOf(dc.context, this.#services);
    const outcome = this.#flow.outcomes[result.outcome];
    const presenter = this.#services.presenterOf(dc.context);
    if (outcome?.effect === 'set-language' && language) await setLanguage(dc.context, language, memory, presenter);
    const telling = await this.#telling(dc);
    const told = outcomeWords(telling, result, this.#services.now());
    const { source } = told;
    const paragraphs =
      outcome?.effect === 'set-language' && language ? [languageChanged(telling.texts, memory, presenter)] : told.paragraphs;
    const explainable = outcome?.section !== undefined;
    if (explainable) memory.lastResult = result;
    const offers = calendarOffer(dc.context, outcome ? rulesOfOutcome(outcome) : [], telling.texts, this.#services);
    const next = topicTitles(outcome?.next ?? [], telling.texts, this.#services.knowledge);
    const buttons = [...(explainable ? [telling.texts.say('chat:button.why')] : []), ...next];
    if (outcome?.effect === 'delete-data') {
      for (const id of memory.kept ?? []) await this.#services.questions.drop(id);
      await this.#services.forget(dc.context);
      await presenter.signal(dc.context, 'data-deleted', {});
    }
    this.#services.observe.inDialog(this.#flow.id);
    const said = { kind: 'result', language: telling.texts.language, result, paragraphs, offers, source, buttons } as const;
    await presenter.present(dc.context, { ...said, picture: this.#picture(dc.context.activity.channelId, result, telling) }, memory);
  }

  /** The picture of the procedure with the result in it, where the channel can open one. */
  #picture(channelId: string, { outcome, day }: LastResult, { texts, facts }: Telling): SaidResult['picture'] {
    const place = placeOfOutcome(this.#flow, outcome);
    const link = place && this.#services.links.timeline(channelId, texts.language, day, place);
    return link && { link, alternative: timelineAlternative(facts, texts, { day, place, today: this.#today() }) };
  }

  async #ask(dc: DialogContext, opening: string[] = []): Promise<void> {
    const telling = await this.#telling(dc);
    const { at, answers } = this.#state(dc);
    const { text, options } = questionWords(telling, at);
    const { texts } = telling;
    const question = this.#flow.questions[at] as FlowQuestion;
    const labels =
      question.kind === 'language'
        ? LANGUAGE_CODES.map((code) => textsOf(code).say('common:language-name'))
        : options.map(({ label }) => label);
    const always = [
      ...(question.kind === 'choice' ? [texts.say('chat:button.unknown')] : []),
      texts.say('chat:button.why-ask'),
      ...(answers.length > 0 ? [texts.say('chat:button.back')] : []),
      texts.say('chat:button.stop'),
    ];
    const memory = await memoryOf(dc.context, this.#services);
    this.#services.observe.inDialog(this.#flow.id);
    const said = { kind: 'question', language: texts.language, flow: this.#flow.id, question: at, opening, text } as const;
    const day = question.kind === 'day';
    await this.#services.presenterOf(dc.context).present(dc.context, { ...said, options: labels, commands: always, day }, memory);
  }

  /** The options of a question with their labels in every language: a person may answer in another one. */
  #choices(at: string): readonly Choice<string>[] {
    const known = this.#known.get(at) ?? this.#choicesAnew(at);
    this.#known.set(at, known);
    return known;
  }

  #choicesAnew(at: string): Choice<string>[] {
    const question = this.#flow.questions[at];
    if (question?.kind !== 'choice') return [];
    const { facts } = this.#services.knowledge;
    const everywhere = LANGUAGE_CODES.flatMap((code) =>
      (['person', 'resident'] as const).map((about) => questionWords({ flow: this.#flow, facts, texts: textsOf(code), about }, at).options),
    );
    return Object.keys(question.options).map((value) => ({
      value,
      labels: everywhere.flatMap((options) => options.filter(({ id }) => id === value).map(({ label }) => label)),
    }));
  }

  async #telling(dc: DialogContext): Promise<Telling> {
    const { language } = await memoryOf(dc.context, this.#services);
    const texts: Texts = textsOf(language ?? 'en');
    const { about } = this.#services.presenterOf(dc.context);
    return { flow: this.#flow, facts: this.#services.knowledge.facts, texts, about };
  }

  #today(): CalendarDay {
    return dayAt(this.#services.now(), this.#services.knowledge.facts.timeZone);
  }

  #state(dc: DialogContext): FlowState {
    return dc.activeDialog?.state as FlowState;
  }

  #keep(dc: DialogContext, state: FlowState): void {
    if (dc.activeDialog) dc.activeDialog.state = state;
  }
}

/** "Yes" and "no" in any wording, where these are the options. */
function yesOrNo(text: string, options: Readonly<Record<string, Step>>): string | undefined {
  return (['yes', 'no'] as const).find((word) => Object.hasOwn(options, word) && isCommand(text, word));
}
