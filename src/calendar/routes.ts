import { Router } from 'express';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { isLanguage } from '../../locales/languages.ts';
import { PLAIN_POLICY } from '../faq/document.ts';
import { nothingAhead } from '../faq/page.ts';
import { calendarFile } from './file.ts';

/**
 * The days that lie ahead, as a file for any calendar. Where none does, the answer is 410 with a page that says so: an
 * empty calendar is no valid one, and programs that have subscribed stop asking.
 */
export function calendarRoutes({ knowledge, now }: { knowledge: Knowledge; now: () => Date }): Router {
  const router = Router();
  router.get('/calendar/:language.ics', (request, response, next) => {
    const { language } = request.params;
    if (!isLanguage(language)) return next();
    response.setHeader('Content-Language', language);
    response.setHeader('Cache-Control', 'no-cache');
    const file = calendarFile(language, now(), knowledge);
    if (file === undefined) {
      response.setHeader('Content-Security-Policy', PLAIN_POLICY);
      response.status(410).type('html').send(nothingAhead(language, knowledge));
      return;
    }
    response.setHeader('Content-Type', 'text/calendar; charset=utf-8');
    response.setHeader('Content-Disposition', `attachment; filename="ind-procedure-${language}.ics"`);
    response.send(file);
  });
  return router;
}
