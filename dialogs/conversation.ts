import type { ConversationState, StatePropertyAccessor, TurnContext } from 'botbuilder';
import { DialogSet, type DialogState, DialogTurnStatus } from 'botbuilder-dialogs';
import type { Answer } from '../knowledge/answers/answer.ts';
import { sourceOf } from '../knowledge/answers/compose.ts';
import { answerTopic, choicesOf, type Reply, replyTo, unknownText } from '../knowledge/answers/reply.ts';
import { factValues } from '../knowledge/answers/values.ts';
import { chooseLanguage, supportedLanguage } from '../knowledge/language/choose.ts';
import type { DetectedLanguage } from '../knowledge/language/detect.ts';
import { wordsOf } from '../knowledge/matching/normalise.ts';
import type { TopicId } from '../knowledge/topics/topic-ids.ts';
import { type DialogId, rulesOfTopic } from '../knowledge/topics/topics.ts';
import { isLanguage, type Language } from '../locales/languages.ts';
import { type Texts, textsOf } from '../locales/texts.ts';
import { messageActivity, saidIn, wasPersonalDataCut } from './activities.ts';
import { calendarOffer } from './calendar-offer.ts';
import { Feedback, judgementIn, thumbsOf } from './feedback.ts';
import { FlowDialog, NOT_AN_ANSWER } from './flow-dialog.ts';
import { whyWords } from './flow-words.ts';
import { FLOWS, flowOf } from './flows.ts';
import { languageChanged, setLanguage } from './languages.ts';
import type { Memory } from './memory.ts';
import { OpenDialog } from './open-dialog.ts';
import type { Said } from './presenter.ts';
import { type FollowUp, isButton, isCommand, languageAskedFor, languageNamedIn, plain } from './recognise.ts';
import { type DialogServices, memoryOf } from './services.ts';
import { dialogTitle, titleIndex, topicTitles } from './titles.ts';

/** What the page and a new conversation offer first. */
const FIRST_DIALOGS: readonly DialogId[] = ['next-step', 'about-me', 'may-i-stay', 'return-help'];
const FIRST_TOPICS: readonly TopicId[] = ['letter', 'work'];
/** These begin their dialog at once: the answer would only say that there is one. */
const AT_ONCE: ReadonlySet<TopicId> = new Set(['delete-data', 'change-language']);
const MOST_BUTTONS = 3;
/** A message longer than this that is not understood gets the advice to ask in one or two sentences. */
const LONG_TEXT = 1000;
/** A message as it was heard: its words, the language they are written in, and the texts of the language to answer in. */
interface Heard {
  readonly text: string;
  readonly written: Language;
  readonly memory: Memory;
  readonly texts: Texts;
}

const FOLLOW_UPS: readonly FollowUp[] = ['follow-after', 'follow-when', 'follow-where'];

/** One turn of a conversation after the other: the one place that decides what a message means. */
export class Conversation {
  readonly #services: DialogServices;
  readonly #dialogs: DialogSet;
  readonly #dialogState: StatePropertyAccessor<DialogState>;
  readonly #titles: ReturnType<typeof titleIndex>;
  readonly #feedback: Feedback;

  constructor(state: ConversationState, services: DialogServices) {
    this.#services = services;
    this.#dialogState = state.createProperty('dialogs');
    this.#dialogs = new DialogSet(this.#dialogState);
    for (const flow of FLOWS) this.#dialogs.add(new FlowDialog(flow, services));
    this.#titles = titleIndex(services.knowledge);
    this.#feedback = new Feedback(services, (text) => this.#titles.has(plain(text)));
  }

  /** The question of a dialog that waits for an answer, if one does. */
  async openQuestion(context: TurnContext): Promise<{ flow: string; question: string } | undefined> {
    const open = await this.#open(context);
    const dialog = this.#dialogs.find(open.id ?? '');
    return dialog instanceof FlowDialog ? { flow: dialog.id, question: dialog.openQuestion(await open.dc()) } : undefined;
  }

  #open(context: TurnContext): Promise<OpenDialog> {
    return OpenDialog.of(context, this.#dialogs, this.#dialogState);
  }

  /** Asks the open question again. */
  async askOpenQuestion(context: TurnContext): Promise<void> {
    await this.#askAgain(await this.#open(context), []);
  }

  /** Greets a person, says what the bot is and how old its information is, and offers first questions. */
  async welcome(context: TurnContext): Promise<void> {
    const memory = await memoryOf(context, this.#services);
    memory.language ??= this.#channelLanguage(context) ?? 'en';
    const texts = textsOf(memory.language);
    const values = factValues(this.#services.knowledge.facts, texts);
    const staff = this.#services.presenterOf(context).about === 'resident';
    const greeting = staff
      ? [texts.say('staff:shared.welcome'), texts.say('staff:shared.welcome-group')]
      : [texts.say('chat:welcome', values)];
    const paragraphs = [...greeting, texts.say('chat:welcome-source', values), texts.say('chat:welcome-ask')];
    await this.#words(context, paragraphs, texts, this.#firstButtons(context, texts));
  }

  /** The person chose a language outside of the talk, in the menu of the page. */
  async chooseLanguage(context: TurnContext, language: string | undefined): Promise<void> {
    if (!isLanguage(language)) return;
    const memory = await memoryOf(context, this.#services);
    const changed = memory.language !== undefined && memory.language !== language;
    Object.assign(memory, { language, chosen: language });
    if (!changed) return;
    const texts = textsOf(language);
    const open = await this.#open(context);
    if (open.id) return this.#askAgain(open, [texts.say('chat:language-changed')]);
    await this.#words(context, [texts.say('chat:language-changed')], texts, this.#firstButtons(context, texts));
  }

  /** The person judged an answer by a thumb. */
  async judge(context: TurnContext): Promise<void> {
    const judgement = judgementIn(context.activity);
    if (!judgement) return;
    const memory = await memoryOf(context, this.#services);
    const open = await this.#open(context);
    // A dialog has a question of its own open: a second one would only confuse.
    await this.#feedback.judge(context, judgement, memory, open.id === undefined);
  }

  /** Answers one message. */
  async message(context: TurnContext): Promise<void> {
    const memory = await memoryOf(context, this.#services);
    const text = (saidIn(context) ?? '').trim();
    const written = await this.#settleLanguages(context, text, memory);
    const texts = textsOf(memory.language ?? 'en');
    const open = await this.#open(context);
    if (wasPersonalDataCut(context)) await this.#tellOfPersonalData(context, memory, texts);

    const unreadable = unreadableText(text, texts);
    if (unreadable) {
      await this.#say(open, unreadable);
      return;
    }
    const language = languageAskedFor(text);
    if (language && open.id !== 'language') return this.#changeLanguage(open, language, memory);
    if (isCommand(text, 'start-again')) {
      await open.cancel();
      return this.#words(context, [texts.say('chat:started-again')], texts, this.#firstButtons(context, texts));
    }
    if (isCommand(text, 'stop')) {
      const running = open.id !== undefined;
      await open.cancel();
      return this.#words(
        context,
        [texts.say(running ? 'chat:stopped' : 'chat:nothing-to-stop')],
        texts,
        this.#firstButtons(context, texts),
      );
    }
    const heard: Heard = { text, written, memory, texts };
    if (open.id) await this.#inDialog(open, heard);
    else await this.#outsideDialog(open, heard);
  }

  /** Says, once in a conversation, that personal data is not needed and was not kept. The message itself is answered after it. */
  async #tellOfPersonalData(context: TurnContext, memory: Memory, { language, say }: Texts): Promise<void> {
    if (memory.toldOfPersonalData) return;
    memory.toldOfPersonalData = true;
    await context.sendActivity(messageActivity([say('chat:personal-data')], language));
  }

  /** A dialog is under way: the message answers its question, or is a question of its own that is answered first. */
  async #inDialog(open: OpenDialog, heard: Heard): Promise<void> {
    const { text, written, memory, texts } = heard;
    const { status } = await (await open.dc()).continueDialog();
    if (status !== DialogTurnStatus.waiting || !open.turn.turnState.get(NOT_AN_ANSWER)) return;
    const target = this.#titles.get(plain(text));
    if (target && 'dialog' in target) return this.#begin(open, target.dialog);
    const reply = target ? undefined : replyTo(text, texts.language, this.#services.now(), this.#services.knowledge, written);
    const topic = target?.topic ?? (reply?.kind === 'answer' ? reply.topics[0] : undefined);
    if (topic && AT_ONCE.has(topic)) return this.#beginAtOnce(open, topic, text, memory);
    const resume = texts.say('flows:shared.resume');
    if (topic) {
      const answers = reply?.answers ?? [this.#answer(topic, heard)];
      for (const answer of answers) await this.#presentAnswer(open.turn, answer, [], texts);
      return this.#askAgain(open, [resume]);
    }
    if (looksLikeQuestion(text)) {
      this.#services.observe.notUnderstood('unknown', texts.language);
      await this.#words(open.turn, unknownText(texts.language, this.#services.knowledge), texts);
      return this.#askAgain(open, [resume]);
    }
    const dialog = this.#dialogs.find(open.id ?? '') as FlowDialog;
    await this.#askAgain(open, [await dialog.notUnderstood(await open.dc())]);
  }

  async #outsideDialog(open: OpenDialog, heard: Heard): Promise<void> {
    const { text, memory, texts } = heard;
    if (await this.#feedback.takeAnswer(open.turn, text, memory, texts)) return;
    if (isCommand(text, 'why')) return this.#why(open.turn, memory, texts);
    if (isCommand(text, 'back')) return this.#say(open, [texts.say('chat:nothing-to-go-back')]);
    const { offered, offeredFor } = memory;
    delete memory.offered;
    delete memory.offeredFor;
    if (isButton(text, 'chat:none-of-these', texts)) return this.#unknown(open, offeredFor, memory, texts);
    const number = offered && /^[1-9]$/u.test(plain(text)) ? offered[Number(plain(text)) - 1] : undefined;
    const target = number ? { topic: number } : (this.#titles.get(plain(text)) ?? this.#help(text));
    if (target && 'dialog' in target) return this.#begin(open, target.dialog);
    const topic = target?.topic ?? this.#followUp(text, memory);
    if (topic && AT_ONCE.has(topic)) return this.#beginAtOnce(open, topic, text, memory);
    if (topic) return this.#sendAnswers(open.turn, [this.#answer(topic, heard)], memory, texts);
    await this.#reply(open, heard);
  }

  async #reply(open: OpenDialog, { text, written, memory, texts }: Heard): Promise<void> {
    const reply = replyTo(text, texts.language, this.#services.now(), this.#services.knowledge, written);
    const [best] = reply.topics;
    if (reply.kind === 'answer' && best && AT_ONCE.has(best)) return this.#beginAtOnce(open, best, text, memory);
    if (reply.kind === 'answer') return this.#sendAnswers(open.turn, reply.answers, memory, texts);
    if (text.length > LONG_TEXT) return this.#say(open, [texts.say('chat:too-long')]);
    if (reply.kind === 'choose') return this.#offer(open.turn, reply, memory, texts);
    await this.#unknown(open, open.turn.activity.id, memory, texts);
  }

  /** Says that the page does not say it, and asks whether the question (the id of its message) may be kept. */
  async #unknown(open: OpenDialog, question: string | undefined, memory: Memory, texts: Texts): Promise<void> {
    this.#services.observe.notUnderstood('unknown', texts.language);
    await this.#say(open, unknownText(texts.language, this.#services.knowledge));
    await this.#feedback.mayKeep(open.turn, { question, topic: 'none' }, memory);
  }

  async #sendAnswers(context: TurnContext, answers: readonly Answer[], memory: Memory, texts: Texts): Promise<void> {
    if (answers.length > 1) await this.#words(context, [texts.say('chat:two-questions')], texts);
    for (const answer of answers) {
      const last = answer === answers.at(-1);
      await this.#presentAnswer(context, answer, last ? this.#buttonsAfter(context, answer, texts) : [], texts);
      memory.lastTopic = answer.topic.id;
      delete memory.lastResult;
    }
  }

  async #offer(context: TurnContext, reply: Reply, memory: Memory, texts: Texts): Promise<void> {
    const choices = choicesOf(reply, this.#services.knowledge);
    memory.offered = choices.map(({ topic }) => topic);
    if (context.activity.id) memory.offeredFor = context.activity.id;
    this.#services.observe.notUnderstood('choose', texts.language);
    const buttons = [...choices.map(({ title }) => title), texts.say('chat:none-of-these')];
    await this.#words(context, [texts.say('chat:did-you-mean')], texts, buttons);
  }

  async #why(context: TurnContext, memory: Memory, texts: Texts): Promise<void> {
    const { facts, knowledge } = { facts: this.#services.knowledge.facts, knowledge: this.#services.knowledge };
    const { lastResult, lastTopic } = memory;
    let paragraphs = [texts.say('chat:why-nothing')];
    const { about } = this.#services.presenterOf(context);
    if (lastResult) paragraphs = whyWords({ flow: flowOf(lastResult.flow), facts, texts, about }, lastResult);
    else if (lastTopic && !knowledge.topic(lastTopic).talk) {
      const { section } = sourceOf(knowledge.topic(lastTopic).section, facts, texts);
      paragraphs = [texts.say('flows:shared.why-section', { ...factValues(facts, texts), section })];
    }
    await this.#words(context, paragraphs, texts);
  }

  async #begin(open: OpenDialog, dialog: DialogId): Promise<void> {
    await open.cancel();
    await (await open.dc()).beginDialog(dialog);
  }

  async #beginAtOnce(open: OpenDialog, topic: TopicId, text: string, memory: Memory): Promise<void> {
    const language = topic === 'change-language' ? languageNamedIn(text) : undefined;
    if (language) return this.#changeLanguage(open, language, memory);
    await this.#begin(open, topic === 'delete-data' ? 'delete-data' : 'language');
  }

  async #changeLanguage(open: OpenDialog, language: Language, memory: Memory): Promise<void> {
    const presenter = this.#services.presenterOf(open.turn);
    await setLanguage(open.turn, language, memory, presenter);
    const texts = textsOf(memory.language ?? language);
    const changed = languageChanged(texts, memory, presenter);
    if (open.id) return this.#askAgain(open, [changed]);
    await this.#words(open.turn, [changed], texts, this.#firstButtons(open.turn, texts));
  }

  /** Says something and, in a dialog, asks its question again. */
  async #say(open: OpenDialog, paragraphs: string[]): Promise<void> {
    if (open.id) return this.#askAgain(open, paragraphs);
    const { language } = await memoryOf(open.turn, this.#services);
    await this.#words(open.turn, paragraphs, textsOf(language ?? 'en'));
  }

  #words(context: TurnContext, paragraphs: readonly string[], { language }: Texts, buttons: readonly string[] = []): Promise<void> {
    return this.#present(context, { kind: 'words', language, paragraphs, buttons });
  }

  /** An answer, with the offer of the calendar file where it rests on a day that lies ahead. */
  #presentAnswer(context: TurnContext, answer: Answer, buttons: readonly string[], texts: Texts): Promise<void> {
    const offers = calendarOffer(context, rulesOfTopic(answer.topic), texts, this.#services);
    this.#services.observe.answered(answer.topic.id, answer.language);
    const thumbs = thumbsOf(context, answer.topic.id, answer.language);
    return this.#present(context, { kind: 'answer', answer, offers, buttons, thumbs });
  }

  async #present(context: TurnContext, said: Said): Promise<void> {
    await this.#services.presenterOf(context).present(context, said, await memoryOf(context, this.#services));
  }

  async #askAgain(open: OpenDialog, opening: string[]): Promise<void> {
    const dialog = this.#dialogs.find(open.id ?? '');
    if (dialog instanceof FlowDialog) await dialog.askAgain(await open.dc(), opening);
  }

  #answer(topic: TopicId, { text, written, texts }: Heard): Answer {
    return answerTopic(topic, text, texts.language, this.#services.now(), this.#services.knowledge, written);
  }

  #help(text: string): { topic: TopicId } | undefined {
    return isCommand(text, 'help') ? { topic: 'capabilities' } : undefined;
  }

  /** The topic that a short question means after the last answer: "and then?", "till when?", "where?". */
  #followUp(text: string, { lastTopic }: Memory): TopicId | undefined {
    if (!lastTopic) return undefined;
    const { follow } = this.#services.knowledge.topic(lastTopic);
    const asked = FOLLOW_UPS.find((command) => isCommand(text, command));
    return asked && follow[asked.replace('follow-', '') as keyof typeof follow];
  }

  #firstButtons(context: TurnContext, texts: Texts): string[] {
    return [
      ...FIRST_DIALOGS.map((id) => this.#dialogTitle(context, id, texts)),
      ...topicTitles(FIRST_TOPICS, texts, this.#services.knowledge),
    ];
  }

  #dialogTitle(context: TurnContext, id: DialogId, texts: Texts): string {
    return dialogTitle(id, texts, this.#services.knowledge, this.#services.presenterOf(context).about);
  }

  #buttonsAfter(context: TurnContext, { topic }: Answer, texts: Texts): string[] {
    const { knowledge } = this.#services;
    if (topic.id === 'greeting' || topic.id === 'capabilities') return this.#firstButtons(context, texts);
    const dialog = topic.dialog ? [this.#dialogTitle(context, topic.dialog, texts)] : [];
    return [...dialog, ...topicTitles(topic.next, texts, knowledge)].slice(0, MOST_BUTTONS);
  }

  /**
   * Settles the languages of the conversation by a message, and returns the one that it is written in. Where a member
   * of staff helps a resident, the first message shows the language of the staff (a title that was tapped shows none);
   * a later one in another language is taken for the resident's, and the answer stands in both.
   */
  async #settleLanguages(context: TurnContext, text: string, memory: Memory): Promise<Language> {
    const forResident = this.#services.presenterOf(context).about === 'resident';
    const language = chooseLanguage(this.#detect(text, memory.language), text, {
      chosen: forResident ? undefined : memory.chosen,
      current: forResident && !memory.chosen ? undefined : memory.language,
      channel: context.activity.locale,
      supported: this.#services.knowledge.languages,
    });
    const written = isLanguage(language) ? language : 'en';
    if (!forResident || !memory.chosen) memory.language = written;
    else if (written !== memory.language) memory.resident = written;
    if (forResident && !this.#titles.has(plain(text))) memory.chosen ??= written;
    return written;
  }

  /** The language that a text shows. A title says which one it is written in, whatever its letters look like. */
  #detect(text: string, current: Language | undefined): DetectedLanguage | undefined {
    const detected = this.#services.knowledge.detect(text);
    const languages = this.#titles.get(plain(text))?.languages;
    if (!languages) return detected;
    const language = languages.find((one) => one === current) ?? languages.find((one) => one === detected?.language) ?? languages[0];
    return language && { language, probability: 1 };
  }

  #channelLanguage(context: TurnContext): Language | undefined {
    const language = supportedLanguage(context.activity.locale, this.#services.knowledge.languages);
    return isLanguage(language) ? language : undefined;
  }
}

/** What to say to a message that holds no words; undefined where it holds some. */
function unreadableText(text: string, texts: Texts): string[] | undefined {
  if (text === '') return [texts.say('chat:no-text')];
  return wordsOf(text).length === 0 ? [texts.say('chat:only-signs')] : undefined;
}

function looksLikeQuestion(text: string): boolean {
  return /[?؟]\s*$/u.test(text) || text.split(/\s+/u).length >= 4;
}
