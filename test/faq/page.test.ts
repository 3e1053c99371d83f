import { request } from 'node:http';
import { TOPIC_IDS } from '../../knowledge/topics/topic-ids.ts';
import { LANGUAGE_CODES, LANGUAGES } from '../../locales/languages.ts';
import { textsOf } from '../../locales/texts.ts';
import { faqRenderer } from '../../src/faq/page.ts';
import { knowledge } from '../dialogs/talk.ts';
import { running, runningForAll } from '../service/running.ts';

/** What a page with its style may weigh when it is sent, in bytes. */
const BUDGET = 30 * 1024;

const bot = runningForAll();

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${bot.url}${path}`, { headers, redirect: 'manual' });

/** A request as it goes over the wire: `fetch` decides about the host and unpacks by itself. */
function raw(
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number | undefined; encoding: string | undefined; body: Buffer }> {
  return new Promise((done, fail) => {
    request(`${bot.url}${path}`, { headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () =>
        done({ status: response.statusCode, encoding: response.headers['content-encoding'], body: Buffer.concat(parts) }),
      );
    })
      .on('error', fail)
      .end();
  });
}

describe.each(LANGUAGE_CODES)('in %s', (language) => {
  let response: Response;
  let page: string;
  beforeAll(async () => {
    response = await get(`/faq/${language}`);
    page = await response.text();
  });

  test('each topic of the procedure has its anchor once, with a source', () => {
    const answers = [...page.matchAll(/<article id="([\w-]+)".*?<\/article>/gsu)].map(([whole, id = '']) => ({ whole, id }));
    const procedure = TOPIC_IDS.filter((id) => !knowledge().topic(id).talk);
    expect(answers.map(({ id }) => id)).toEqual([...procedure, 'bot-identity', 'human', 'privacy']);
    const withoutSource = answers.filter(({ whole }) => !whole.includes(`class="source"><a href="${knowledge().facts.page}"`));
    expect(withoutSource.map(({ id }) => id)).toEqual(['bot-identity', 'human', 'privacy']);
    const withoutState = answers.filter(({ whole, id }) => knowledge().topic(id as 'work').rule && !whole.includes('<p class="state'));
    expect(withoutState).toEqual([]);
  });

  test('every link inside the page leads somewhere, every id stands once, and nothing is left unwritten', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/gu)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...page.matchAll(/ href="#([^"]+)"/gu)].map(([, id]) => id);
    expect(links.filter((id) => !ids.includes(id))).toEqual([]);
    expect(links.length).toBeGreaterThan(100);
    expect(page).not.toMatch(/\{\{|undefined|\[object|<script|\son\w+=/u);
  });

  test('it says its language, its address and those of its translations, and links to the chat', () => {
    expect(page).toContain(`<html lang="${language}" dir="${LANGUAGES[language].direction}">`);
    expect(response.headers.get('content-language')).toBe(language);
    expect(page).toContain(`<link rel="canonical" href="${bot.url}/faq/${language}">`);
    for (const code of LANGUAGE_CODES) {
      expect(page).toContain(`<link rel="alternate" hreflang="${code}" href="${bot.url}/faq/${code}">`);
      expect(page).toContain(`<a href="/faq/${code}" lang="${code}" hreflang="${code}" dir="${LANGUAGES[code].direction}"`);
    }
    expect(page).toContain(`<link rel="alternate" hreflang="x-default" href="${bot.url}/faq">`);
    expect(page).toContain(`<a href="/?lang=${language}">`);
    expect(page).toContain(`<a href="/calendar/${language}.ics">`);
  });

  test.each(['gzip', 'br'])('with its style and its picture it weighs less than 30 KB, compressed as %s', async (encoding) => {
    const sent = await raw(`/faq/${language}`, { 'accept-encoding': encoding });
    expect(sent.encoding).toBe(encoding);
    const picture = await raw(`/timeline/${language}.svg`, { 'accept-encoding': encoding });
    expect(picture.encoding).toBe(encoding);
    expect(sent.body.length + picture.body.length).toBeLessThan(BUDGET);
    expect(page.match(/<(?:link rel="stylesheet"|script)/gu)).toBeNull();
    expect(page.match(/<img[^>]*src="([^"]*)"/gu)).toHaveLength(1);
  });
});

test.each(['ar', 'fa'] as const)('in %s every Latin name in a text is isolated', async (language) => {
  const page = await (await get(`/faq/${language}`)).text();
  const body = page.slice(page.indexOf('<main'), page.indexOf('</main>'));
  const texts = body
    .replace(/<bdi.*?<\/bdi>/gsu, '')
    .replace(/<svg.*?<\/svg>/gsu, '')
    .replace(/<[^>]*>/gu, '');
  expect(texts.match(/.{0,20}\p{Script=Latin}.{0,20}/gu)).toBeNull();
  expect(body).toContain('<bdi>DT&amp;V</bdi>');
  expect(body).toContain('<bdi>My IND</bdi>');
  // The full stop belongs to the sentence around it.
  expect(body).not.toMatch(/<bdi>[^<]*[.\s]<\/bdi>/u);
});

test.each<[string, string, string, RegExp]>([
  ['2023-05-31T23:59', 'remigration-window', 'state soon', /Open from 1 June 2023.*No, not yet/su],
  ['2023-06-10T12:00', 'remigration-window', 'state', /Open up to and including 31 July 2023.*Yes, you can apply/su],
  ['2023-06-10T12:00', 'portal-maintenance', 'state soon', /Maintenance until Sunday, 11 June 2023 at 14:00/u],
  ['2023-06-11T14:00', 'portal-maintenance', 'state', /No maintenance announced for now/u],
  ['2023-07-31T23:59', 'remigration', 'state soon', /Today is the last day to apply/u],
  ['2023-08-01T00:00', 'remigration', 'state over', /Over: it was open up to and including 31 July 2023.*The time to apply is over/su],
  ['2023-09-04T23:59', 'work', 'state soon', /Today is the last day of the right to work/u],
  ['2023-09-05T00:00', 'work', 'state over', /This right to work is over.*No, the right to work/su],
  ['2023-09-05T00:00', 'interview', '', /every period on this page is over/u],
])('at %s %s is told by the day', async (clock, topic, kind, expected) => {
  const render = faqRenderer({ knowledge: knowledge(), icon: '/icon.svg' });
  const now = new Date(`${clock}+02:00`);
  const page = await render({ language: 'en', now, address: 'https://bot.example.nl' });
  const article = new RegExp(`<article id="${topic}".*?</article>`, 'su').exec(page)?.[0] ?? '';
  expect(article).toMatch(expected);
  expect(/class="(state[^"]*)"/u.exec(article)?.[1] ?? '').toBe(kind);
});

test('a picture of the timeline stands above the answers where there is one', async () => {
  const picture = () => ({ src: '/timeline/nl.svg', alt: 'De "tijdlijn"', width: 640 });
  const render = faqRenderer({ knowledge: knowledge(), icon: '/icon.svg', picture });
  const page = await render({ language: 'nl', now: new Date('2023-06-10T12:00:00+02:00'), address: 'https://bot.example.nl' });
  expect(page).toContain('<img src="/timeline/nl.svg" alt="De &quot;tijdlijn&quot;" width="640" loading="lazy">');
});

test('the page may run nothing and is kept only while what it says holds', async () => {
  const response = await get('/faq/en');
  expect(response.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/]+=+'; img-src 'self'; base-uri 'none'/u,
  );
  expect(response.headers.get('cache-control')).toBe('public, max-age=600');
  const again = await raw('/faq/en', { 'if-none-match': response.headers.get('etag') ?? '' });
  expect(again.status).toBe(304);
  const late = await running({ CLOCK: '2023-06-11T13:58:20' });
  expect((await fetch(`${late.url}/faq/en`)).headers.get('cache-control')).toBe('public, max-age=100');
  await late.stop();
});

test.each([
  ['/faq', 'fa-IR,fa;q=0.9', 302, '/faq/fa'],
  ['/faq', 'zu', 302, '/faq/en'],
  ['/faq?lang=tr', 'fa', 302, '/faq/tr'],
  ['/faq/nl-NL', 'en', 301, '/faq/nl'],
  ['/faq/AR', 'en', 301, '/faq/ar'],
])('%s with %s leads to the page of a language', async (path, accepted, status, location) => {
  const response = await get(path, { 'accept-language': accepted });
  expect([response.status, response.headers.get('location')]).toEqual([status, location]);
});

test('a language that there is none of gets a page that names those there are, in the language of the browser', async () => {
  const response = await get('/faq/de', { 'accept-language': 'uk' });
  const page = await response.text();
  expect(response.status).toBe(404);
  expect(page).toContain('<html lang="uk"');
  expect(page).toContain(textsOf('uk').say('faq:not-found'));
  expect(LANGUAGE_CODES.filter((code) => !page.includes(`href="/faq/${code}"`))).toEqual([]);
});

test('search engines find every language with its translations', async () => {
  const map = await (await get('/sitemap.xml')).text();
  expect([...map.matchAll(/<loc>(.*?)<\/loc>/gu)].map(([, page]) => page)).toEqual(LANGUAGE_CODES.map((code) => `${bot.url}/faq/${code}`));
  expect(map.match(/hreflang="x-default"/gu)).toHaveLength(LANGUAGE_CODES.length);
  expect(await (await get('/robots.txt')).text()).toContain(`Sitemap: ${bot.url}/sitemap.xml`);
});

describe('absolute addresses', () => {
  const canonical = async (headers: Record<string, string>, path = '/faq/en') => {
    const { status, body } = await raw(path, headers);
    return status === 200 ? /rel="canonical" href="([^"]*)"/u.exec(body.toString())?.[1] : status;
  };

  test.each([
    ['the host of the request', { host: 'bot.example.nl:8080' }, 'http://bot.example.nl:8080/faq/en'],
    [
      'what a proxy on this machine says',
      { host: 'inner', 'x-forwarded-host': 'bot.example.nl', 'x-forwarded-proto': 'https' },
      'https://bot.example.nl/faq/en',
    ],
    ['no address that is more than a host', { host: 'evil.example/path' }, 400],
    ['no address with a name in it', { host: 'me@evil.example' }, 400],
    ['no markup', { host: 'a"><b' }, 400],
  ])('come from %s', async (_name, headers, expected) => {
    expect(await canonical(headers)).toBe(expected);
    if (expected === 400) for (const path of ['/sitemap.xml', '/robots.txt']) expect((await raw(path, headers)).status).toBe(400);
  });

  test('come from PUBLIC_URL where it is set, whatever a request says', async () => {
    const known = await running({ PUBLIC_URL: 'https://bot.example.nl/' });
    const page = await (await fetch(`${known.url}/faq/nl`)).text();
    expect(page).toContain('<link rel="canonical" href="https://bot.example.nl/faq/nl">');
    expect(page).not.toContain(known.url);
    await known.stop();
  });

  test('of one host are never shown to another', async () => {
    expect(await canonical({ host: 'one.example' })).toBe('http://one.example/faq/en');
    expect(await canonical({ host: 'two.example' })).toBe('http://two.example/faq/en');
  });
});

test('the page of the chat leads to it', async () => {
  const chat = await (await get('/?lang=ru')).text();
  expect(chat).toMatch(/<main .*href="\/faq\/ru".*<\/main>/su);
  expect(chat).toMatch(/<footer>.*href="\/faq\/ru".*<\/footer>/su);
});
