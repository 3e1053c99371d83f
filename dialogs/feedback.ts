import { randomUUID } from 'node:crypto';
import type { Activity, TurnContext } from 'botbuilder';
import { KEEPING_DAYS } from '../knowledge/answers/compose.ts';
import { wordsOf } from '../knowledge/matching/normalise.ts';
import { withoutPersonalData } from '../knowledge/privacy/personal-data.ts';
import { isTopicId, type Label, type TopicId } from '../knowledge/topics/topic-ids.ts';
import { isLanguage, LANGUAGE_CODES, type Language } from '../locales/languages.ts';
import { type TextKey, type Texts, textsOf } from '../locales/texts.ts';
import { messageActivity, saidIn } from './activities.ts';
import type { Memory } from './memory.ts';
import { type Choice, chosenFrom, isCommand } from './recognise.ts';
import type { DialogServices } from './services.ts';

/** Thumbs, and the question whether something may be kept, exist on the page only: it alone can take a text back from its feed. */
const CHANNEL = 'directline';
/** A longer text is a story rather than a question: it tells too much of a person. */
const LONGEST_KEPT = 300;
const FEWEST_WORDS = 2;
/** So many answers of a conversation are known to be judged already: each counts once. */
const MOST_REMEMBERED = 20;

/** A judgement on an answer: its topic and language, the message that it answers, and the thumb. */
export interface Judgement {
  readonly topic: TopicId;
  readonly language: Language;
  readonly question: string;
  readonly up: boolean;
}

const ACTION = /^answer:([a-z-]{1,40}):([a-z]{2}):([\w|-]{1,100}):(up|down)$/u;

/** The ids of the thumbs below an answer, by which a click is understood when it comes back; none where nobody can judge. */
export function thumbsOf(context: TurnContext, topic: TopicId, language: Language): { up: string; down: string } | undefined {
  const { channelId, id } = context.activity;
  if (channelId !== CHANNEL || !id) return undefined;
  const of = (thumb: string) => `answer:${topic}:${language}:${id}:${thumb}`;
  return { up: of('up'), down: of('down') };
}

/** What a click on a thumb says; undefined where it is none of ours. */
export function judgementIn({ channelId, entities }: Activity): Judgement | undefined {
  const ids = (entities ?? []).map((entity) => String((entity as { '@id'?: unknown })['@id'] ?? ''));
  const [, topic = '', language, question = '', thumb] = ids.map((id) => ACTION.exec(id)).find((match) => match !== null) ?? [];
  if (channelId !== CHANNEL || !isTopicId(topic) || !isLanguage(language)) return undefined;
  return { topic, language, question, up: thumb === 'up' };
}

/** Counts thumbs, and asks whether a question that was not answered well may be kept. */
export class Feedback {
  readonly #services: DialogServices;
  /** Tells if a text is the words of a button: from those nothing can be learnt. */
  readonly #isTitle: (text: string) => boolean;

  constructor(services: DialogServices, isTitle: (text: string) => boolean) {
    this.#services = services;
    this.#isTitle = isTitle;
  }

  /** Counts a judgement once. After a thumb down it asks, where `mayAsk` allows it. */
  async judge(context: TurnContext, judgement: Judgement, memory: Memory, mayAsk: boolean): Promise<void> {
    const { topic, language, question, up } = judgement;
    const key = `${topic} ${question}`;
    const judged = memory.judged ?? [];
    if (judged.includes(key)) return;
    memory.judged = [...judged, key].slice(-MOST_REMEMBERED);
    this.#services.observe.judged(topic, language, up);
    if (!up && mayAsk) await this.mayKeep(context, { question, topic, opening: ['feedback:sorry'] }, memory);
  }

  /** Asks whether a message of the person may be kept, unless that is of no use or the person did not want it before. */
  async mayKeep(
    context: TurnContext,
    { question, topic, opening = [] }: { question: string | undefined; topic: Label; opening?: readonly TextKey[] },
    memory: Memory,
  ): Promise<void> {
    if (context.activity.channelId !== CHANNEL || memory.keepNothing || question === undefined) return;
    const said = question === context.activity.id ? saidIn(context) : undefined;
    const text = said ?? (await this.#services.questions.recall(context, question));
    if (text === undefined || text.length > LONGEST_KEPT || this.#isTitle(text) || !isOfUse(withoutPersonalData(text))) return;
    // Known before the turn that keeps it: where that turn is done again, the question is still kept once.
    memory.mayKeep = { question, topic, keepAs: randomUUID() };
    const texts = textsOf(memory.language ?? 'en');
    const buttons = [texts.say('feedback:yes'), texts.say('feedback:no')];
    const paragraphs = [...opening.map((key) => texts.say(key)), texts.say('feedback:may-i-keep', keeping(texts))];
    await context.sendActivity(messageActivity(paragraphs, texts.language, buttons));
  }

  /** Takes the answer to that question. False where the message is something else: then it counts as no, and is not asked again. */
  async takeAnswer(context: TurnContext, text: string, memory: Memory, texts: Texts): Promise<boolean> {
    const asked = memory.mayKeep;
    if (!asked) return false;
    delete memory.mayKeep;
    const answer = isCommand(text, 'yes') ? 'yes' : isCommand(text, 'no') ? 'no' : chosenFrom(text, answers());
    if (answer !== 'yes') memory.keepNothing = true;
    if (answer === undefined) return false;
    const said = answer === 'yes' ? await this.#keep(context, asked, memory, texts) : texts.say('feedback:not-kept');
    await context.sendActivity(messageActivity([said], texts.language));
    return true;
  }

  /** Reads the question back from what the channel still holds, takes out what is personal, and keeps the rest. */
  async #keep(
    context: TurnContext,
    { question, topic, keepAs }: NonNullable<Memory['mayKeep']>,
    memory: Memory,
    texts: Texts,
  ): Promise<string> {
    const text = await this.#services.questions.recall(context, question);
    const cleaned = withoutPersonalData(text ?? '')
      .replace(/\s+/gu, ' ')
      .trim();
    if (!isOfUse(cleaned)) return texts.say('feedback:nothing');
    const language = this.#services.knowledge.detect(cleaned)?.language;
    await this.#services.questions.keep({ id: keepAs, text: cleaned, topic, language: isLanguage(language) ? language : texts.language });
    memory.kept = [...(memory.kept ?? []), keepAs];
    return texts.say('feedback:kept', { ...keeping(texts), question: cleaned });
  }
}

function keeping(texts: Texts) {
  return { keeping: texts.say('feedback:days', { count: KEEPING_DAYS }) };
}

function isOfUse(text: string): boolean {
  return wordsOf(text).length >= FEWEST_WORDS;
}

let choices: readonly Choice<'yes' | 'no'>[] | undefined;

function answers(): readonly Choice<'yes' | 'no'>[] {
  choices ??= (['yes', 'no'] as const).map((value) => ({
    value,
    labels: LANGUAGE_CODES.map((code) => textsOf(code).say(`feedback:${value}`)),
  }));
  return choices;
}
