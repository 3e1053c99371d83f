/** The token of a Direct Line conversation: signed, for one conversation and one user, short, and to be refreshed while it lives. */
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { directLineTokens, TOKEN_SECONDS } from '../../src/channels/directline/tokens.ts';
import { runningForAll } from './running.ts';

const KEY = 'signing-key-of-at-least-thirty-two-characters';
const CLAIMS = { conversation: 'c-1', user: 'u-1' };

let time = Date.parse('2023-06-10T12:00:00Z');
const tokens = directLineTokens(KEY, undefined, () => time);

test('says its conversation, its user and its time, and nothing else', async () => {
  const token = await tokens.issue(CLAIMS);
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256' });
  const issued = time / 1000;
  expect(decodeJwt(token)).toEqual({ conv: 'c-1', user: 'u-1', aud: 'directline', iat: issued, exp: issued + TOKEN_SECONDS });
  expect(await tokens.verify(token)).toEqual({ kind: 'token', claims: CLAIMS });
});

test('holds for half an hour and no second longer; one that was made in that time goes on', async () => {
  const first = await tokens.issue(CLAIMS);
  time += (TOKEN_SECONDS - 1) * 1000;
  const caller = await tokens.verify(first);
  if (caller.kind !== 'token') throw new Error('a token is no secret');
  const second = await tokens.issue(caller.claims);
  time += 1000;
  await expect(tokens.verify(first)).rejects.toMatchObject({ code: 'TokenExpired' });
  expect(await tokens.verify(second)).toEqual({ kind: 'token', claims: CLAIMS });
});

test.each(['conv', 'user', 'exp'])('a token with another %s is refused: the signature covers all of it', async (claim) => {
  const [header, , signature] = (await tokens.issue(CLAIMS)).split('.');
  const forged = { ...decodeJwt(await tokens.issue(CLAIMS)), [claim]: claim === 'exp' ? time : 'c-2' };
  const payload = Buffer.from(JSON.stringify(forged)).toString('base64url');
  await expect(tokens.verify(`${header}.${payload}.${signature}`)).rejects.toMatchObject({ code: 'Forbidden' });
});

describe('the page', () => {
  const bot = runningForAll();

  test('gives each person an id by chance, which says nothing and is another one in the next conversation', async () => {
    const ids = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const response = await fetch(`${bot.url}/api/directline/token`, { method: 'POST' });
        const { userId, conversationId, token } = (await response.json()) as { userId: string; conversationId: string; token: string };
        expect(decodeJwt(token)).toMatchObject({ conv: conversationId, user: userId });
        return [userId, conversationId];
      }),
    );
    for (const [user, conversation] of ids) {
      expect(user).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
      expect(conversation).toMatch(/^[0-9a-f]{32}$/u);
    }
    expect(new Set(ids.flat()).size).toBe(40);
  });
});
