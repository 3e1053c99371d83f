import { randomBytes } from 'node:crypto';
import type { TurnContext } from 'botbuilder';
import type { Router } from 'express';
import { apologise } from '../../bot/apology.ts';
import { backoff } from '../../jobs/backoff.ts';
import { Worker } from '../../jobs/worker.ts';
import type { Limits } from '../../limits/limits.ts';
import type { Overload } from '../../limits/overload.ts';
import type { Logger } from '../../operations/log.ts';
import type { Store } from '../../stores/store.ts';
import { countUpgrades } from '../../telemetry/requests.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { DirectLineAdapter } from './adapter.ts';
import { Feed } from './feed.ts';
import { directLineLimits } from './limits.ts';
import { directLineRoutes } from './routes.ts';
import { Sockets } from './sockets.ts';
import { directLineTokens, type Tokens } from './tokens.ts';
import { createTurns, TURNS } from './turns.ts';

export interface DirectLineOptions {
  readonly store: Store;
  readonly log: Logger;
  readonly limits: Limits;
  readonly overload: Pick<Overload, 'wait'>;
  readonly run: (context: TurnContext) => Promise<void>;
  /** Signs the tokens; where it is not set, a key is made once and kept in the store. */
  readonly signingKey: string | undefined;
  readonly masterSecret: string | undefined;
  readonly originAllowed: (origin: string | undefined, host: string | undefined) => boolean;
  readonly telemetry: Pick<Telemetry, 'metrics' | 'turns'>;
}

/** The self-hosted Direct Line: routes, sockets and tokens. */
export interface DirectLine {
  readonly routes: Router;
  readonly sockets: Sockets;
  readonly tokens: Tokens;
  /** Takes no new turn and waits for those under way. */
  stop(): Promise<void>;
}

const KEY_NAME = 'directline-signing-key';
const FIRST_DELAY = 200;

export async function createDirectLine(options: DirectLineOptions): Promise<DirectLine> {
  const { store, log, run, originAllowed, telemetry } = options;
  const signingKey = options.signingKey ?? (await store.secret(KEY_NAME, () => randomBytes(32).toString('base64url')));
  const tokens = directLineTokens(signingKey, options.masterSecret);
  const feed = new Feed(store);
  const limits = directLineLimits(options);
  const turn = createTurns({ store, adapter: new DirectLineAdapter(feed), log, run, apologise });
  const worker = new Worker({
    store,
    queue: TURNS,
    work: (job) => telemetry.turns.run({ channel: 'directline', conversation: job.lane, trace: job.trace }, () => turn(job)),
    onError: (error) => log.error({ channel: 'directline', error: error.name }, 'a turn is tried again'),
    delayOf: backoff(FIRST_DELAY),
    now: Date.now,
  });
  const sockets = new Sockets({ feed, store, tokens, log, limits, originAllowed, onUpgrade: countUpgrades(telemetry.metrics) });
  return {
    routes: directLineRoutes({ feed, store, tokens, log, limits }),
    sockets,
    tokens,
    async stop() {
      sockets.close();
      await worker.stop();
    },
  };
}
