import QRCode from 'qrcode';
import { allAnswers, type ToldAnswer, type ToldChapter } from '../../knowledge/answers/all-answers.ts';
import { factValues } from '../../knowledge/answers/values.ts';
import type { CalendarDay } from '../../knowledge/calendar/day.ts';
import { aheadAt } from '../../knowledge/calendar/days-ahead.ts';
import { isOutdated } from '../../knowledge/editions/facts.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { OVER_STATES } from '../../knowledge/rules/index.ts';
import { formatDay } from '../../locales/dates.ts';
import { LANGUAGE_CODES, LANGUAGES, type Language } from '../../locales/languages.ts';
import { type Texts, textsOf, type Values } from '../../locales/texts.ts';
import { calendarPath } from '../calendar/address.ts';
import { document } from './document.ts';
import { html, Markup, textIn } from './markup.ts';

/** A picture above the answers. */
export interface Picture {
  readonly src: string;
  readonly alt: string;
  readonly width: number;
}

export interface FaqParts {
  readonly knowledge: Knowledge;
  /** The address of the icon on this server. */
  readonly icon: string;
  /** The timeline of the procedure in a language, from this server; without it the page has no picture. */
  readonly picture?: (language: Language, today: CalendarDay) => Picture;
}

/** Under which circumstances a page is written. */
export interface Circumstances {
  readonly language: Language;
  readonly now: Date;
  /** Where the service is reached, without a slash at the end. */
  readonly address: string;
}

/** States in which a person has to act today or cannot act yet; OVER_STATES is what is over. */
const SOON_STATES: ReadonlySet<string> = new Set(['last-day', 'unavailable', 'not-yet']);

/** Writes the page of all answers: each with an anchor of its topic's id, its state today and its source. */
export function faqRenderer(parts: FaqParts): (circumstances: Circumstances) => Promise<string> {
  const { knowledge, icon, picture } = parts;
  const { facts } = knowledge;
  return async ({ language, now, address }) => {
    const texts = textsOf(language);
    const text = textIn(language);
    const today = knowledge.today(now);
    const values = { ...factValues(facts, texts), today: formatDay(today, language) };
    const chapters = allAnswers(language, now, knowledge);
    const here = `${address}/faq/${language}`;
    const codes = await Promise.all(chapters.map(({ chapter }) => codeOf(`${here}#${anchorOf(chapter)}`)));
    const outdated = isOutdated(facts, today);
    const shown = picture?.(language, today);
    const page: Page = { language, texts, values, text };
    return document(
      language,
      texts.say('faq:title'),
      html`<meta name="description" content="${texts.say('page:subtitle', values)}">
<link rel="canonical" href="${here}">
${alternates(address)}
<link rel="icon" href="${icon}" type="image/svg+xml">`,
      html`<a class="skip" href="#answers">${text(texts.say('faq:skip'))}</a>
<header>
${languageMenu(texts, language)}
<h1>${text(texts.say('faq:title'))}</h1>
<p>${text(texts.say('page:subtitle', values))}</p>
<p${outdated ? new Markup(' class="state over"') : undefined}>${text(texts.say(outdated ? 'page:current-outdated' : 'page:current', values))}</p>
<p>${text(texts.say('faq:today', values))}</p>
<p class="action"><a href="/?lang=${language}">${text(texts.say('faq:chat'))}</a></p>
${aheadAt(facts, now).length > 0 ? html`<p class="action">${calendarLink(page)}</p>` : undefined}
</header>
<nav id="contents" aria-labelledby="contents-title">
<h2 id="contents-title">${text(texts.say('faq:contents'))}</h2>
${chapters.map((chapter) => contentsOf(chapter, page))}
</nav>
<main id="answers" tabindex="-1">
${shown ? html`<p><img src="${shown.src}" alt="${shown.alt}" width="${shown.width}" loading="lazy"></p>` : undefined}
${chapters.map((chapter, index) => chapterMarkup(chapter, { address: `${here}#${anchorOf(chapter.chapter)}`, svg: codes[index] }, page))}
</main>
<footer>
<p class="note">${text(texts.say('faq:not-ind', values))} <a href="${facts.page}" dir="ltr">${facts.page}</a></p>
</footer>`,
    );
  };
}

/** The page that is shown where there is none in the language of the address: it names the languages there are. */
export function noSuchLanguage(language: Language): string {
  const texts = textsOf(language);
  return notice(language, texts.say('faq:not-found'), texts.say('faq:choose'), languageMenu(texts));
}

/** The page that is shown where no day lies ahead that could be put in a calendar. */
export function nothingAhead(language: Language, { facts }: Knowledge): string {
  const texts = textsOf(language);
  const said = texts.say('calendar:nothing-ahead', factValues(facts, texts));
  const onward = html`<p><a href="/faq/${language}">${textIn(language)(texts.say('calendar:answers'))}</a></p>`;
  return notice(language, texts.say('calendar:name'), said, onward);
}

/** The page that is shown instead of another one while too much is asked. */
export function tooBusy(language: Language): string {
  const texts = textsOf(language);
  return notice(language, texts.say('page:title'), texts.say('page:too-busy'), html``);
}

/** A short page that says why there is nothing else, and leads on. */
function notice(language: Language, title: string, said: string, onward: Markup): string {
  const text = textIn(language);
  return document(
    language,
    title,
    html`<meta name="robots" content="noindex">`,
    html`<main>
<h1>${text(title)}</h1>
<p>${text(said)}</p>
${onward}
</main>`,
  );
}

/** What every part of a page is written with. */
interface Page {
  readonly language: Language;
  readonly texts: Texts;
  readonly values: Values;
  readonly text: (text: string) => Markup;
}

/** Topics have their ids as anchors; some chapters have the name of a topic. */
function anchorOf(chapter: string): string {
  return `section-${chapter}`;
}

function alternates(address: string): Markup[] {
  const links = LANGUAGE_CODES.map(
    (code) => html`<link rel="alternate" hreflang="${code}" href="${address}/faq/${code}">
`,
  );
  return [...links, html`<link rel="alternate" hreflang="x-default" href="${address}/faq">`];
}

function languageMenu(texts: Texts, current?: Language): Markup {
  const items = LANGUAGE_CODES.map((code) => {
    const here = code === current ? new Markup(' aria-current="page"') : undefined;
    const { direction } = LANGUAGES[code];
    return html`<li><a href="/faq/${code}" lang="${code}" hreflang="${code}" dir="${direction}"${here}>${textsOf(code).say('common:language-name')}</a></li>
`;
  });
  return html`<nav class="languages" aria-label="${texts.say('faq:languages')}"><ul>
${items}</ul></nav>`;
}

function contentsOf({ chapter, answers }: ToldChapter, { texts, text }: Page): Markup {
  return html`<details><summary>${text(texts.say(`faq:chapter.${chapter}`))}</summary><ul class="topics">
${answers.map(
  ({ title, answer }) => html`<li><a href="#${answer.topic.id}">${text(title)}</a></li>
`,
)}</ul></details>
`;
}

function chapterMarkup({ chapter, answers }: ToldChapter, code: { address: string; svg: Markup | undefined }, page: Page): Markup {
  const { texts, text } = page;
  const id = anchorOf(chapter);
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${text(texts.say(`faq:chapter.${chapter}`))}</h2>
<p class="code"><span aria-hidden="true">${code.svg}</span><span>${text(texts.say('faq:scan'))} <bdi dir="ltr">${code.address}</bdi></span></p>
${answers.map((told) => answerMarkup(told, page))}
<p class="action"><a href="#contents">${text(texts.say('faq:back'))}</a></p>
</section>
`;
}

function answerMarkup({ title, answer, ahead, next }: ToldAnswer, page: Page): Markup {
  const { language, texts, text } = page;
  const { topic, source } = answer;
  return html`<article id="${topic.id}" aria-labelledby="${topic.id}-title">
<h3 id="${topic.id}-title">${text(title)}</h3>
${stateMarkup(answer, page)}
${answer.paragraphs.map(
  (paragraph) => html`<p>${text(paragraph)}</p>
`,
)}
${topic.dialog ? html`<p class="action"><a href="/?lang=${language}">${text(texts.say('faq:step-by-step'))}</a></p>` : undefined}
${ahead ? html`<p class="action">${calendarLink(page)}</p>` : undefined}
${source ? html`<p class="source"><a href="${source.page}">${text(source.line)}</a></p>` : undefined}
${nextMarkup(next, page)}
</article>
`;
}

function stateMarkup({ ruling }: ToldAnswer['answer'], { texts, values, text }: Page): Markup | undefined {
  if (!ruling) return undefined;
  const label = texts.find(`faq:state.${ruling.rule}.${ruling.state}`, values);
  if (label === undefined) throw new Error(`no label for the state ${ruling.state} of ${ruling.rule} in ${texts.language}`);
  const kind = OVER_STATES.has(ruling.state) ? ' over' : SOON_STATES.has(ruling.state) ? ' soon' : '';
  return html`<p class="state${kind}">${text(label)}</p>`;
}

function nextMarkup(next: ToldAnswer['next'], { texts, text }: Page): Markup | undefined {
  if (next.length === 0) return undefined;
  return html`<div class="next"><span>${text(texts.say('faq:next'))}</span><ul>
${next.map(
  ({ topic, title }) => html`<li><a href="#${topic}">${text(title)}</a></li>
`,
)}</ul></div>`;
}

function calendarLink({ language, texts, text }: Page): Markup {
  return html`<a href="${calendarPath(language)}">${text(texts.say('calendar:offer'))}</a>`;
}

/** A QR code that leads to an address, for paper: on it nobody can tap. */
async function codeOf(address: string): Promise<Markup> {
  const svg = await QRCode.toString(address, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' });
  return new Markup(svg.trim());
}
