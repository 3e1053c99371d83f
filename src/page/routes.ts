import { randomBytes, randomUUID } from 'node:crypto';
import { parseCookie, stringifySetCookie } from 'cookie';
import express, { type Request, type Response, Router } from 'express';
import expressStaticGzip from 'express-static-gzip';
import { jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { supportedLanguage } from '../../knowledge/language/choose.ts';
import { isLanguage, LANGUAGE_CODES, type Language, SOURCE_LANGUAGE } from '../../locales/languages.ts';
import { DirectLineError, sendError } from '../channels/directline/errors.ts';
import { newConversationId } from '../channels/directline/routes.ts';
import { TOKEN_SECONDS, type Tokens } from '../channels/directline/tokens.ts';
import type { Limits } from '../limits/limits.ts';
import type { Store } from '../stores/store.ts';
import { ASSETS_FOLDER, readAssets, WORKER_FILE } from './assets.ts';
import { pageRenderer } from './html.ts';
import { publishTexts } from './page-texts.ts';
import { pagePolicy, WORKER_POLICY } from './policy.ts';

export interface PageParts {
  readonly knowledge: Knowledge;
  readonly store: Store;
  readonly tokens: Tokens;
  readonly limits: Limits;
  /** Signs the cookie that brings a person back to the conversation after a reload. */
  readonly cookieKey: string;
  readonly now: () => Date;
  readonly originAllowed: (origin: string | undefined, host: string | undefined) => boolean;
}

const COOKIE = 'conversation';
const COOKIE_AUDIENCE = 'page';
const COOKIE_HOURS = 24;
const tokenRequest = z.object({ fresh: z.boolean().default(false) });

/** The web page with its chat, and the token that it talks to Direct Line with. */
export function pageRoutes(parts: PageParts): Router {
  const { knowledge, tokens, store, limits, now, originAllowed } = parts;
  const key = new TextEncoder().encode(parts.cookieKey);
  const published = publishTexts(knowledge);
  const render = pageRenderer(knowledge, readAssets(), published);
  const router = Router();

  const year = 'public, max-age=31536000, immutable';
  const compressed = { enableBrotli: true, orderPreference: ['br', 'gz'], index: false as const };
  router.use(
    '/assets',
    expressStaticGzip(ASSETS_FOLDER, {
      ...compressed,
      serveStatic: { setHeaders: (response) => response.setHeader('Cache-Control', year) },
    }),
  );

  router.get('/texts/:file', (request, response, next) => {
    const content = published.at(`/texts/${request.params.file}`);
    if (content === undefined) return next();
    response.setHeader('Cache-Control', year);
    response.type('json').send(content);
  });

  // A service worker rules the folder that it lies in: it stands at the top, and is asked for anew each time.
  const worker = expressStaticGzip(ASSETS_FOLDER, {
    ...compressed,
    serveStatic: {
      setHeaders: (response) => {
        response.setHeader('Cache-Control', 'no-cache');
        response.setHeader('Content-Security-Policy', WORKER_POLICY);
      },
    },
  });
  router.get(`/${WORKER_FILE}`, worker);

  router.get('/', (request, response) => {
    const nonce = randomBytes(16).toString('base64');
    response.setHeader('Content-Security-Policy', pagePolicy(nonce, request.get('host') ?? ''));
    response.setHeader('Cache-Control', 'no-store');
    const language = languageOf(request);
    response.setHeader('Content-Language', language);
    response.vary('Accept-Language');
    response.type('html').send(render(language, now(), nonce));
  });

  router.post('/api/directline/token', express.json({ limit: '1kb' }), async (request, response) => {
    if (!originAllowed(request.get('origin'), request.get('host')))
      return sendError(response, new DirectLineError('Forbidden', 'This origin is not allowed.'));
    const { fresh } = tokenRequest.catch({ fresh: false }).parse(request.body ?? {});
    const before = fresh ? undefined : await conversationOf(request);
    const resumed = before !== undefined && (await store.hasConversation(before.conversation));
    const excess = resumed ? undefined : await limits.take('address-tokens', limits.sender(request));
    if (excess)
      return sendError(response, new DirectLineError('TooManyRequests', 'Too many conversations. Try again later.', excess.seconds));
    const claims = resumed ? before : { conversation: newConversationId(), user: randomUUID() };
    const token = await tokens.issue(claims);
    await setCookie(request, response, claims);
    const scheme = request.protocol === 'https' ? 'wss' : 'ws';
    const streamUrl = `${scheme}://${request.get('host')}/v3/directline/conversations/${claims.conversation}/stream?${new URLSearchParams({ watermark: '', t: token })}`;
    response.setHeader('Cache-Control', 'no-store');
    response.json({ conversationId: claims.conversation, token, expires_in: TOKEN_SECONDS, streamUrl, userId: claims.user, resumed });
  });
  return router;

  async function conversationOf(request: Request): Promise<{ conversation: string; user: string } | undefined> {
    const signed = parseCookie(request.get('cookie') ?? '')[COOKIE];
    if (!signed) return undefined;
    try {
      const { payload } = await jwtVerify(signed, key, { algorithms: ['HS256'], audience: COOKIE_AUDIENCE });
      return { conversation: String(payload['conv']), user: String(payload['user']) };
    } catch {
      // Expired, or signed with another key: a new conversation begins.
      return undefined;
    }
  }

  async function setCookie(
    request: Request,
    response: Response,
    { conversation, user }: { conversation: string; user: string },
  ): Promise<void> {
    const signed = await new SignJWT({ conv: conversation, user })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(COOKIE_AUDIENCE)
      .setExpirationTime(`${COOKIE_HOURS}h`)
      .sign(key);
    // A cookie of the session: on a shared phone it goes when the browser is closed.
    const options = { httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https', path: '/api/directline' } as const;
    response.setHeader('Set-Cookie', stringifySetCookie({ name: COOKIE, value: signed, ...options }));
  }
}

/** The language of the page: the one in its address, else the best one that the browser asks for. */
export function languageOf(request: Request): Language {
  const { lang } = request.query;
  if (typeof lang === 'string' && isLanguage(lang)) return lang;
  for (const wanted of request.acceptsLanguages()) {
    const language = supportedLanguage(wanted, LANGUAGE_CODES);
    if (language) return language;
  }
  return SOURCE_LANGUAGE;
}
