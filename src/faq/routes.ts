import { type Request, type Response, Router } from 'express';
import { nextChange } from '../../knowledge/answers/all-answers.ts';
import type { CalendarDay } from '../../knowledge/calendar/day.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { supportedLanguage } from '../../knowledge/language/choose.ts';
import { timelineAlternative } from '../../knowledge/timeline/words.ts';
import { LANGUAGE_CODES, type Language } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { readAssets } from '../page/assets.ts';
import { languageOf } from '../page/routes.ts';
import { publicAddress } from '../public-address.ts';
import { refuse } from '../refuse.ts';
import { timelinePath } from '../timeline/address.ts';
import { WIDTH } from '../timeline/sheet.ts';
import { PLAIN_POLICY } from './document.ts';
import { faqRenderer, noSuchLanguage } from './page.ts';
import { robotsText, sitemap } from './sitemap.ts';

export interface FaqRouteParts {
  readonly knowledge: Knowledge;
  readonly now: () => Date;
  /** Where people reach the service; where it is not set, requests say it. */
  readonly publicUrl: string | undefined;
}

/** The longest that a browser or a proxy may show a page without asking, in seconds. */
const LONGEST_AGE = 600;

/** All answers as a page without a script, in each language, and what search engines read of it. */
export function faqRoutes({ knowledge, now, publicUrl }: FaqRouteParts): Router {
  const picture = (language: Language, today: CalendarDay) => ({
    src: timelinePath(language, 'svg'),
    alt: timelineAlternative(knowledge.facts, textsOf(language), { day: today, today }),
    width: WIDTH,
  });
  const render = faqRenderer({ knowledge, icon: readAssets().icon, picture });
  /** The last page of each language, for as long as nothing on it changes. */
  const written = new Map<Language, { address: string; until: Date; from: Date; page: Promise<string> }>();
  const router = Router();

  router.get('/faq', (request, response) => {
    response.vary('Accept-Language');
    response.setHeader('Cache-Control', 'no-cache');
    response.redirect(302, `/faq/${languageOf(request)}`);
  });

  router.get('/faq/:language', async (request, response) => {
    const asked = request.params.language;
    const language = supportedLanguage(asked, LANGUAGE_CODES);
    response.setHeader('Content-Security-Policy', PLAIN_POLICY);
    if (!language) {
      response.vary('Accept-Language');
      response
        .status(404)
        .type('html')
        .send(noSuchLanguage(languageOf(request)));
      return;
    }
    if (language !== asked) return response.redirect(301, `/faq/${language}`);
    const address = addressOf(request, response);
    if (address === undefined) return;
    const time = now();
    response.setHeader('Content-Language', language);
    response.setHeader('Cache-Control', `public, max-age=${ageOf(time)}`);
    response.type('html').send(await pageOf(language, address, time));
  });

  router.get('/sitemap.xml', (request, response) => {
    const address = addressOf(request, response);
    if (address !== undefined) response.type('application/xml').send(sitemap(address, knowledge.facts.edition));
  });

  router.get('/robots.txt', (request, response) => {
    const address = addressOf(request, response);
    if (address !== undefined) response.type('text/plain').send(robotsText(address));
  });
  return router;

  function pageOf(language: Language, address: string, time: Date): Promise<string> {
    const before = written.get(language);
    if (before && before.address === address && before.from <= time && time < before.until) return before.page;
    const page = render({ language, now: time, address });
    written.set(language, { address, from: time, until: nextChange(time, knowledge), page });
    return page;
  }

  function addressOf(request: Request, response: Response): string | undefined {
    const address = publicAddress(request, publicUrl);
    if (address === undefined) refuse(response, 400, 'BadRequest', 'The Host of the request is no host.');
    return address;
  }

  function ageOf(time: Date): number {
    const seconds = Math.floor((nextChange(time, knowledge).getTime() - time.getTime()) / 1000);
    return Math.min(LONGEST_AGE, seconds);
  }
}
