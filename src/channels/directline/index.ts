import { randomBytes } from 'node:crypto';
import type { Activity, TurnContext } from 'botbuilder';
import type { Router } from 'express';
import { apologise } from '../../bot/apology.ts';
import type { TurnQueue } from '../../bot/turn-queue.ts';
import type { Logger } from '../../operations/log.ts';
import type { Store } from '../../stores/store.ts';
import { DirectLineAdapter } from './adapter.ts';
import { Feed } from './feed.ts';
import { directLineRoutes } from './routes.ts';
import { Sockets } from './sockets.ts';
import { directLineTokens, type Tokens } from './tokens.ts';

export interface DirectLineOptions {
  readonly store: Store;
  readonly turns: TurnQueue;
  readonly log: Logger;
  readonly run: (context: TurnContext) => Promise<void>;
  /** Signs the tokens; where it is not set, a key is made once and kept in the store. */
  readonly signingKey: string | undefined;
  readonly masterSecret: string | undefined;
  readonly originAllowed: (origin: string | undefined, host: string | undefined) => boolean;
}

/** The self-hosted Direct Line: routes, sockets and tokens. */
export interface DirectLine {
  readonly routes: Router;
  readonly sockets: Sockets;
  readonly tokens: Tokens;
}

const KEY_NAME = 'directline-signing-key';

export async function createDirectLine(options: DirectLineOptions): Promise<DirectLine> {
  const { store, turns, log, run, originAllowed } = options;
  const signingKey = options.signingKey ?? (await store.secret(KEY_NAME, () => randomBytes(32).toString('base64url')));
  const tokens = directLineTokens(signingKey, options.masterSecret);
  const feed = new Feed(store);
  const adapter = new DirectLineAdapter(feed);
  adapter.onTurnError = async (context, error) => {
    log.error({ error: error.name, stack: error.stack }, 'a turn failed');
    await apologise(context);
  };
  const runTurn = (activity: Activity) => adapter.process(activity, run);
  return {
    routes: directLineRoutes({ feed, store, tokens, turns, log, runTurn }),
    sockets: new Sockets({ feed, store, tokens, log, originAllowed }),
    tokens,
  };
}
