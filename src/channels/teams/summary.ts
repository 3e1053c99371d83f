import { Router } from 'express';
import { isCalendarDay } from '../../../knowledge/calendar/day.ts';
import { LANGUAGES, type Language } from '../../../locales/languages.ts';
import { textsOf } from '../../../locales/texts.ts';
import { document, PLAIN_POLICY } from '../../faq/document.ts';
import { html, type Markup, textIn } from '../../faq/markup.ts';
import { refuse } from '../../refuse.ts';
import type { CardParts } from './cards/parts.ts';
import { readShown, type Shown } from './cards/shown.ts';
import { tell } from './cards/telling.ts';

/** The address of a summary, below the address of the service. It says all that the page shows, as ids: nothing is kept, and nobody is named. */
export function summaryPath({ about, languages }: Shown): string {
  if ('topic' in about) return `/faq/${languages[0]}#${about.topic}`;
  const { flow, outcome, day, answers } = about.result;
  const given = answers.map(({ question, option, day: named }) => `${question}.${named ?? option}`).join('~');
  return `/summary/${flow}/${outcome}?${new URLSearchParams({ day, given, in: languages.join('~') })}`;
}

/** The result of a dialog as a page to print and forward, in one language or in two. */
export function summaryRoutes(parts: CardParts): Router {
  const router = Router();
  router.get('/:flow/:outcome', (request, response) => {
    const { flow, outcome } = request.params;
    const what = readShown(shownIn(flow, outcome, request.query));
    if (!what) return refuse(response, 404, 'NotFound', 'There is no such summary.');
    response.setHeader('Content-Security-Policy', PLAIN_POLICY);
    // It tells where somebody stands in the procedure: nobody on the way keeps it.
    response.setHeader('Cache-Control', 'private, no-store');
    response.type('html').send(summaryPage(what, parts));
  });
  return router;
}

function shownIn(flow: string, outcome: string, { day, given, in: languages }: Record<string, unknown>): unknown {
  if (typeof given !== 'string' || typeof languages !== 'string') return undefined;
  const answers = given
    .split('~')
    .filter((one) => one !== '')
    .map((one) => {
      const [question = '', option = ''] = one.split('.');
      // A day in the place of an option is the answer to a question about a day.
      return isCalendarDay(option) ? { question, option: 'day', day: option } : { question, option };
    });
  return { about: { result: { flow, outcome, answers, day } }, languages: languages.split('~') };
}

function summaryPage(what: Shown, { knowledge, now }: CardParts): string {
  const [own] = what.languages;
  const title = tell(what.about, own, now(), knowledge).title;
  const part = (language: Language, index: number): Markup => {
    const text = textIn(language);
    const texts = textsOf(language);
    // The first of two languages is the one of the staff; whoever reads alone is the one that it is about.
    const about = index === 0 && what.languages.length > 1 ? 'resident' : 'person';
    const told = tell(what.about, language, now(), knowledge, about);
    const { source } = told;
    return html`<section lang="${language}" dir="${LANGUAGES[language].direction}">
<h2>${text(told.title)}</h2>
${told.paragraphs.map(
  (paragraph) => html`<p>${text(paragraph)}</p>
`,
)}
<h3>${text(texts.say('teams:card.answered'))}</h3>
<ul>
${told.answers.map(
  (line) => html`<li>${text(line)}</li>
`,
)}</ul>
${source ? html`<p class="source"><a href="${source.page}">${text(source.line)}</a></p>` : undefined}
<p class="note">${text(texts.say('teams:card.no-personal-data'))}</p>
</section>
`;
  };
  const summary = textsOf(own).say('teams:card.summary');
  return document(
    own,
    `${summary}: ${title}`,
    html`<meta name="robots" content="noindex">`,
    html`<main>
<h1>${textIn(own)(summary)}</h1>
${what.languages.map(part)}
</main>`,
  );
}
