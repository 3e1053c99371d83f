import { errors, jwtVerify, SignJWT } from 'jose';
import { sameSecret } from '../../same-secret.ts';
import { DirectLineError } from './errors.ts';

/** Seconds that a token is valid for. The client refreshes it every 15 minutes. */
export const TOKEN_SECONDS = 1800;

const ALGORITHM = 'HS256';
const AUDIENCE = 'directline';

/** What a token allows: one conversation, as one user. */
export interface TokenClaims {
  readonly conversation: string;
  /** The only user id that may write; any where it is missing. */
  readonly user?: string;
}

/** Who calls: the bearer of a token for one conversation, or of the master secret, who may use every one. */
export type Caller = { readonly kind: 'token'; readonly claims: TokenClaims } | { readonly kind: 'secret' };

/** Signs and reads the tokens of Direct Line; knows the master secret where one is set. */
export interface Tokens {
  issue(claims: TokenClaims): Promise<string>;
  /** Who the bearer is. Throws a DirectLineError where the text is neither a valid token nor the secret. */
  verify(bearer: string | undefined): Promise<Caller>;
}

/** `now` gives the time by which tokens are issued and expire, in milliseconds. */
export function directLineTokens(signingKey: string, masterSecret: string | undefined, now: () => number = Date.now): Tokens {
  const key = new TextEncoder().encode(signingKey);
  return {
    issue({ conversation, user }) {
      const issued = Math.floor(now() / 1000);
      return new SignJWT({ conv: conversation, ...(user !== undefined && { user }) })
        .setProtectedHeader({ alg: ALGORITHM })
        .setAudience(AUDIENCE)
        .setIssuedAt(issued)
        .setExpirationTime(issued + TOKEN_SECONDS)
        .sign(key);
    },
    async verify(bearer) {
      if (!bearer) throw new DirectLineError('Unauthorized', 'The request needs a token: Authorization: Bearer <token>.');
      if (masterSecret && sameSecret(bearer, masterSecret)) return { kind: 'secret' };
      try {
        const options = { algorithms: [ALGORITHM], audience: AUDIENCE, currentDate: new Date(now()) };
        const { payload } = await jwtVerify(bearer, key, options);
        const { conv, user } = payload as { conv?: unknown; user?: unknown };
        if (typeof conv !== 'string') throw new DirectLineError('Forbidden', 'The token names no conversation.');
        return { kind: 'token', claims: { conversation: conv, ...(typeof user === 'string' && { user }) } };
      } catch (error) {
        if (error instanceof errors.JWTExpired) throw new DirectLineError('TokenExpired', 'The token has expired.');
        if (error instanceof DirectLineError) throw error;
        throw new DirectLineError('Forbidden', 'The token is not valid.');
      }
    },
  };
}
