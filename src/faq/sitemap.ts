import type { CalendarDay } from '../../knowledge/calendar/day.ts';
import { LANGUAGE_CODES } from '../../locales/languages.ts';

/** The site map: the page of each language with all its translations. `edition` is the day of the information. */
export function sitemap(address: string, edition: CalendarDay): string {
  const links = [...LANGUAGE_CODES.map((code) => [code, `${address}/faq/${code}`]), ['x-default', `${address}/faq`]].map(
    ([language, page]) => `<xhtml:link rel="alternate" hreflang="${language}" href="${page}"/>`,
  );
  const pages = LANGUAGE_CODES.map((code) =>
    ['<url>', `<loc>${address}/faq/${code}</loc>`, `<lastmod>${edition}</lastmod>`, ...links, '</url>'].join('\n'),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${pages.join('\n')}
</urlset>
`;
}

/** What robots may read: the pages, not the interfaces of the channels. */
export function robotsText(address: string): string {
  return `User-agent: *
Disallow: /api/
Disallow: /v3/
Disallow: /webhooks/

Sitemap: ${address}/sitemap.xml
`;
}
