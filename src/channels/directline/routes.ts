import { randomUUID } from 'node:crypto';
import { type Activity, ActivityTypes } from 'botbuilder';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import * as z from 'zod';
import { isUnwelcome } from '../../limits/poll-route.ts';
import type { Logger } from '../../operations/log.ts';
import type { Store } from '../../stores/store.ts';
import { DirectLineError, sendError, storeIsAway } from './errors.ts';
import type { Feed } from './feed.ts';
import { type Incoming, incomingActivity } from './incoming.ts';
import type { DirectLineLimits } from './limits.ts';
import { type Caller, TOKEN_SECONDS, type Tokens } from './tokens.ts';
import { turnJob } from './turns.ts';
import { activityOfUpload } from './upload.ts';

const LARGEST_BODY = '256kb';
const LARGEST_UPLOAD = '4mb';
const CONVERSATION_ID = /^[A-Za-z0-9_-]{1,64}$/u;

export interface DirectLineParts {
  readonly feed: Feed;
  readonly store: Store;
  readonly tokens: Tokens;
  readonly log: Logger;
  readonly limits: DirectLineLimits;
}

const tokenRequest = z.object({ user: z.object({ id: z.string().min(1).max(200) }).optional() });
const startRequest = z.object({ user: z.object({ id: z.string().max(200).optional() }).optional(), locale: z.string().max(35).optional() });

/** Direct Line 3.0 over HTTP, as the public client uses it. */
export function directLineRoutes(parts: DirectLineParts): Router {
  const { tokens, store, feed, limits } = parts;
  const router = Router();
  const json = express.json({ limit: LARGEST_BODY, type: () => true });
  // What was said stays in no cache of a shared phone.
  router.use((_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });

  router.post(
    '/tokens/generate',
    json,
    handle(async (request, response) => {
      const caller = await callerOf(request);
      if (caller.kind !== 'secret') throw new DirectLineError('Forbidden', 'A token is made with the secret, not with a token.');
      const { user } = parsed(tokenRequest, request.body);
      response.json(await newToken({ conversation: newConversationId(), ...(user && { user: user.id }) }));
    }),
  );

  router.post(
    '/tokens/refresh',
    handle(async (request, response) => {
      const caller = await callerOf(request);
      if (caller.kind === 'secret') throw new DirectLineError('BadArgument', 'The secret does not expire; only a token is refreshed.');
      response.json(await newToken(caller.claims));
    }),
  );

  router.post(
    '/conversations',
    json,
    handle(async (request, response) => {
      const caller = await callerOf(request);
      const { user, locale } = parsed(startRequest, request.body);
      const claims = caller.kind === 'token' ? caller.claims : { conversation: newConversationId(), ...(user?.id && { user: user.id }) };
      if (caller.kind === 'token' && !(await store.hasConversation(claims.conversation))) await limits.start(request);
      const first = turnJob(joined(claims.conversation, claims.user ?? user?.id ?? 'user', locale));
      const isNew = await store.openConversation(claims.conversation, first);
      const token = await newToken(claims);
      response.status(isNew ? 201 : 200).json({ ...token, streamUrl: streamUrl(request, token, '') });
    }),
  );

  router.get(
    '/conversations/:id',
    handle(async (request, response) => {
      const { id, claims } = await conversationOf(request);
      const token = await newToken(claims);
      response.json({ ...token, streamUrl: streamUrl(request, token, watermarkOf(request)) });
      await store.openConversation(id);
    }),
  );

  router.get(
    '/conversations/:id/activities',
    handle(async (request, response) => {
      const conversation = String(request.params['id']);
      const watermark = watermarkOf(request);
      const admit = () => conversationOf(request);
      const read = () => feed.read(conversation, watermark);
      response.json(await limits.poll({ conversation, watermark, unwelcome: isUnwelcome(response), admit, read }));
    }),
  );

  router.post(
    '/conversations/:id/activities',
    json,
    handle(async (request, response) => {
      const { id, claims, caller } = await conversationOf(request);
      await limits.message(request, id, caller);
      await accept(incomingActivity(request.body, id, claims.user), id, response);
    }),
  );

  const multipart = express.raw({ type: () => true, limit: LARGEST_UPLOAD });
  router.post(
    '/conversations/:id/upload',
    // Whoever may not write is told so before the files are taken.
    (request, _response, next) => void conversationOf(request).then(() => next(), next),
    multipart,
    handle(async (request, response) => {
      const { id, claims, caller } = await conversationOf(request);
      await limits.message(request, id, caller);
      const fromQuery = typeof request.query['userId'] === 'string' ? request.query['userId'] : undefined;
      const body = await activityOfUpload(request.body as Buffer, request.headers['content-type'] ?? '', fromQuery);
      await accept(incomingActivity(body, id, claims.user), id, response);
    }),
  );

  router.use((_request, response) => sendError(response, new DirectLineError('ConversationNotFound', 'There is no such address.')));
  router.use((error: Error & { type?: string; status?: number }, _request: Request, response: Response, _next: NextFunction) => {
    const refusal = asDirectLineError(error);
    if (refusal.code === 'ServiceError') parts.log.error({ error: error.name, stack: error.stack }, 'a Direct Line request failed');
    if (!response.headersSent) sendError(response, refusal);
  });
  return router;

  /** Keeps an activity and the work of answering it, in one step: what is accepted is answered. */
  async function accept({ activity, clientId, seen }: Incoming, conversation: string, response: Response): Promise<void> {
    const job = turnJob(activity);
    if (seen) {
      const { id } = await feed.append(conversation, activity, { clientId, job });
      response.json({ id });
      return;
    }
    if (activity.type !== ActivityTypes.Typing) await store.addJobs([job]);
    response.json({ id: `${conversation}|${randomUUID()}` });
  }

  function callerOf(request: Request): Promise<Caller> {
    return tokens.verify(/^Bearer (.+)$/iu.exec(request.headers.authorization ?? '')?.[1]);
  }

  /** The conversation of a request, which the caller may use and which exists. */
  async function conversationOf(request: Request) {
    const caller = await callerOf(request);
    const id = String(request.params['id']);
    if (caller.kind === 'token' && caller.claims.conversation !== id) {
      throw new DirectLineError('Forbidden', 'The token is for another conversation.');
    }
    if (!CONVERSATION_ID.test(id) || !(await store.hasConversation(id))) {
      throw new DirectLineError('ConversationNotFound', 'There is no such conversation.');
    }
    return { id, caller, claims: caller.kind === 'token' ? caller.claims : { conversation: id } };
  }

  async function newToken(claims: { conversation: string; user?: string }) {
    return { conversationId: claims.conversation, token: await tokens.issue(claims), expires_in: TOKEN_SECONDS };
  }
}

/** A conversation id that nobody can guess. */
export function newConversationId(): string {
  return randomUUID().replaceAll('-', '');
}

function joined(conversation: string, user: string, locale: string | undefined): Activity {
  return {
    type: ActivityTypes.ConversationUpdate,
    channelId: 'directline',
    conversation: { id: conversation },
    from: { id: user },
    membersAdded: [{ id: user }],
    ...(locale && { locale }),
  } as unknown as Activity;
}

function streamUrl(request: Request, { conversationId, token }: { conversationId: string; token: string }, watermark: string): string {
  const scheme = request.protocol === 'https' ? 'wss' : 'ws';
  const query = new URLSearchParams({ watermark, t: token });
  return `${scheme}://${request.get('host')}/v3/directline/conversations/${conversationId}/stream?${query}`;
}

function watermarkOf(request: Request): string {
  const { watermark } = request.query;
  return typeof watermark === 'string' ? watermark : '';
}

/** A body that fits the schema; no body at all counts as an empty one. Throws a DirectLineError otherwise. */
function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new DirectLineError('BadArgument', `${issue?.path.join('.') || 'body'}: ${issue?.message}.`);
}

function handle(work: (request: Request, response: Response) => Promise<void>) {
  return (request: Request, response: Response, next: NextFunction) => work(request, response).catch(next);
}

/** The refusals of the body parser, in the words of the protocol. */
function asDirectLineError(error: Error & { type?: string; status?: number }): DirectLineError {
  if (error instanceof DirectLineError) return error;
  if (error.type === 'entity.too.large') return new DirectLineError('MessageTooLarge', 'The body is too large.');
  if (error.type === 'entity.parse.failed') return new DirectLineError('BadArgument', 'The body is not valid JSON.');
  if (error.type?.startsWith('encoding') || error.type?.startsWith('charset'))
    return new DirectLineError('UnsupportedMediaType', 'The encoding of the body is not supported.');
  if (error.type?.startsWith('request')) return new DirectLineError('BadArgument', 'The body was cut off.');
  const away = storeIsAway(error);
  if (away) return away;
  if (error instanceof URIError) return new DirectLineError('BadArgument', 'The address is not valid.');
  // What is compressed otherwise than its header says.
  if (error.status === 400) return new DirectLineError('BadArgument', 'The body could not be read.');
  return new DirectLineError('ServiceError', 'Something went wrong on the server.');
}
