import { LANGUAGE_CODES, type Language } from '../../../../locales/languages.ts';
import { type Texts, textsOf } from '../../../../locales/texts.ts';
import {
  type Action,
  buttons,
  type Card,
  type CardElement,
  card,
  execute,
  heading,
  inLanguages,
  type Layout,
  opening,
  type Part,
  paragraph,
  quiet,
  saying,
  unfolding,
} from './elements.ts';
import type { CardParts } from './parts.ts';
import { plainText } from './plain-text.ts';
import { qrCode } from './qr.ts';
import type { Shown } from './shown.ts';
import { type Told, tell } from './telling.ts';

/** The value of "no second language" in the list of languages. */
export const NO_LANGUAGE = 'none';

/** How a card is shown: where its languages stand, and whether the bot can be asked from it. */
export interface CardView {
  readonly layout: Layout;
  /** False where the card is put into a chat that the bot is not in: nobody would answer a typed question. */
  readonly asksNext: boolean;
}

/**
 * The bilingual card: an answer or the result of a dialog in the language of the staff and in that of the resident,
 * each with its source and date, and what can be done with it.
 */
export async function answerCard(what: Shown, view: CardView, parts: CardParts): Promise<Card> {
  const [own] = what.languages;
  const texts = textsOf(own);
  const told = what.languages.map((language) => ({ language, told: tell(what.about, language, parts.now(), parts.knowledge) }));
  const first = told[0]?.told as Told;
  const isResult = 'result' in what.about;
  const title = isResult ? `${texts.say('teams:card.summary')}: ${first.title}` : first.title;
  const next = view.asksNext ? first.next : [];
  return card(
    own,
    plainText(what, parts),
    [
      heading(title),
      ...inLanguages(
        told.map((one) => column(one.language, one.told, told.length > 1, parts)),
        view.layout,
      ),
      ...(isResult ? summary(first, texts) : []),
      ...pictureFor(what, told.at(-1)?.told, parts),
      ...(next.length > 0 ? [quiet(texts.say('teams:card.next-questions')), ...next.flatMap((title) => buttons([saying(title)]))] : []),
    ],
    [
      otherLanguage(what, texts),
      await showResident(what, texts, parts),
      execute('text', texts.say('teams:card.copy'), what),
      ...(isResult ? [opening(texts.say('teams:card.print'), parts.links.summary(what))] : []),
    ],
  );
}

function column(language: Language, told: Told, named: boolean, { links }: CardParts): Part {
  const texts = textsOf(language);
  const name = named ? [quiet(texts.say('common:language-name'))] : [];
  const calendar = told.ahead ? [quiet(`[${texts.say('calendar:offer')}](${links.calendar(language)})`)] : [];
  const source = told.source ? [quiet(`[${told.source.line}](${told.source.page})`)] : [];
  return { language, items: [...name, ...told.paragraphs.map((text) => paragraph(text)), ...calendar, ...source] };
}

function summary({ answers }: Told, texts: Texts): CardElement[] {
  return [
    paragraph(texts.say('teams:card.answered'), { weight: 'Bolder', separator: true, spacing: 'Large' }),
    ...answers.map((line) => paragraph(line, { spacing: 'Small' })),
    quiet(texts.say('teams:card.no-personal-data')),
  ];
}

/** The picture of where the resident stands, in the resident's language. */
function pictureFor({ languages }: Shown, told: Told | undefined, { links }: CardParts): CardElement[] {
  if (!told?.picture) return [];
  const { day, place, alternative } = told.picture;
  return [{ type: 'Image', url: links.timeline(languages.at(-1) as Language, day, place), altText: alternative, width: '320px' }];
}

function otherLanguage(what: Shown, texts: Texts): Action {
  const [own, resident] = what.languages;
  const names = LANGUAGE_CODES.map((value) => ({ value, title: textsOf(value).say('common:language-name') }));
  const none = { value: NO_LANGUAGE, title: texts.say('teams:card.no-second') };
  const choice = (id: string, label: string, value: string, choices: typeof names | (typeof none)[]): CardElement => ({
    type: 'Input.ChoiceSet',
    id,
    label,
    value,
    choices: [...choices],
  });
  return unfolding(
    texts.say('teams:card.another-language'),
    [
      choice('resident', texts.say('teams:card.resident-language'), resident ?? NO_LANGUAGE, [...names, none]),
      choice('own', texts.say('teams:card.your-language'), own, names),
    ],
    [execute('show', texts.say('teams:card.show'), what)],
  );
}

/** A code and a link to the same content in the resident's language, for the resident's own phone. */
async function showResident(what: Shown, texts: Texts, { links }: CardParts): Promise<Action> {
  const language = what.languages.at(-1) as Language;
  const address = links.page(what.about, language);
  const readers = textsOf(language);
  return unfolding(
    texts.say('teams:card.show-resident'),
    [
      ...inLanguages([{ language, items: [paragraph(readers.say('teams:card.read-yourself'), { weight: 'Bolder' })] }], 'below'),
      { type: 'Image', url: await qrCode(address), altText: texts.say('teams:card.qr-alt'), width: '180px' },
      quiet(texts.say('teams:card.scan')),
    ],
    [opening(texts.say('teams:card.open'), address)],
  );
}
