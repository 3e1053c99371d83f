import { type Activity, ActivityTypes, CardFactory, type TurnContext } from 'botbuilder';
import { messageActivity } from '../../../dialogs/activities.ts';
import type { About, Memory } from '../../../dialogs/memory.ts';
import type { Presenter, Said, SaidAnswer, SaidResult, SaidWords } from '../../../dialogs/presenter.ts';
import { SOURCE_LANGUAGE } from '../../../locales/languages.ts';
import { answerCard } from './cards/answer-card.ts';
import type { Card, Layout } from './cards/elements.ts';
import type { CardParts } from './cards/parts.ts';
import { questionCard, wordsCard } from './cards/question-card.ts';
import { shown } from './cards/shown.ts';
import { clientOf } from './incoming.ts';

const REPLACED = 'teams-replaced-card';
/** Teams shows its thumbs below such a message. */
const WITH_THUMBS: Partial<Activity> = { channelData: { feedbackLoopEnabled: true } };
const PHONES: ReadonlySet<string> = new Set(['Android', 'iOS']);

/** The place of the card that was tapped: the first card of the turn goes there. */
export interface Place {
  card?: Card;
}

/** From now on the first card of this turn takes the place of the one that was tapped. */
export function replaceTappedCard(context: TurnContext): Place {
  const place: Place = {};
  context.turnState.set(REPLACED, place);
  return place;
}

/** Next to each other on a desk, one below the other on a phone: a column there holds two words a line. */
export function layoutFor(activity: Activity): Layout {
  return PHONES.has(clientOf(activity)?.platform ?? '') ? 'below' : 'beside';
}

/** Shows what the bot says as cards, in the language of the staff and of the resident. */
export function teamsPresenter(parts: CardParts): Presenter {
  async function present(context: TurnContext, said: Said, memory: Memory): Promise<void> {
    if (said.kind === 'question') return void (await deliver(context, questionCard(said)));
    const about = aboutOf(said);
    if (about) {
      const id = await deliver(context, await contentCard(context, about, memory), WITH_THUMBS);
      if (id) memory.card = { id, about };
      return;
    }
    const words = wordsOf(said);
    if (words.buttons.length > 0 || context.turnState.get(REPLACED)) await deliver(context, wordsCard(words));
    else await context.sendActivity(messageActivity(words.paragraphs, words.language));
  }

  function contentCard(context: TurnContext, about: About, { language, resident }: Memory): Promise<Card> {
    const view = { layout: layoutFor(context.activity), asksNext: true };
    return answerCard(shown(about, language ?? SOURCE_LANGUAGE, resident), view, parts);
  }

  return {
    about: 'resident',
    present,
    async signal() {
      // Teams has no page of ours that could follow.
    },
    async languagesChanged(context, memory) {
      if (!memory.card) return;
      const { id, about } = memory.card;
      const card = await contentCard(context, about, memory);
      // A card that was deleted in the chat cannot be changed, and needs not be.
      await context.updateActivity({ ...cardActivity(card), id }).catch(() => delete memory.card);
    },
  };
}

/** What a card has to show to say this again in another language; undefined where it is about the bot itself. */
function aboutOf(said: SaidAnswer | SaidResult | SaidWords): About | undefined {
  if (said.kind === 'answer' && !said.answer.topic.talk) return { topic: said.answer.topic.id, days: said.answer.days };
  if (said.kind === 'result' && said.source) return { result: said.result };
  return undefined;
}

function wordsOf(said: SaidAnswer | SaidResult | SaidWords): SaidWords {
  const { language, paragraphs } = said.kind === 'answer' ? said.answer : said;
  return { kind: 'words', language, paragraphs, buttons: said.buttons };
}

/** Puts a card where the tapped one stood, or sends it. Returns the id of the activity that shows it. */
async function deliver(context: TurnContext, card: Card, more: Partial<Activity> = {}): Promise<string | undefined> {
  const place = context.turnState.get<Place | undefined>(REPLACED);
  if (place && !place.card) {
    place.card = card;
    return context.activity.replyToId;
  }
  return (await context.sendActivity({ ...cardActivity(card), ...more }))?.id;
}

function cardActivity(card: Card): Partial<Activity> {
  return { type: ActivityTypes.Message, attachments: [CardFactory.adaptiveCard(card)] };
}
