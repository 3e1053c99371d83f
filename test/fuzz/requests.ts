/** Requests by chance: real ones with changes, in the name of somebody, for the conversation of the same or of another person. */
import fc from 'fast-check';
import { DIRECT_LINE, PAGES, type Seed, TEAMS, WHATSAPP } from './seeds.ts';
import { type Change, change, nastyText } from './values.ts';

/** In whose name a request is sent. `own`: of the person whose conversation the address names; `other`: of somebody else. */
export type Bearer = 'own' | 'other' | 'secret' | 'none' | 'junk' | 'unsigned' | 'wrong-key' | 'expired' | 'issuer';

export interface ByteChange {
  readonly at: number;
  readonly how: 'cut' | 'insert' | 'flip';
  readonly bytes: string;
}

/** A request as data, so that it can be made smaller, printed and sent again. */
export interface FuzzRequest {
  /** `open`: the service without an app id, where local tools may talk to `/api/messages`. */
  readonly service: 'main' | 'open';
  readonly way: 'http' | 'raw' | 'socket';
  readonly seed: Seed;
  readonly method: string | undefined;
  /** Which person's conversation the address names. */
  readonly person: number;
  readonly bearer: Bearer;
  /** Replaces a segment of the path, by its place. */
  readonly segments: readonly (readonly [number, string])[];
  readonly parameters: readonly (readonly [string, string])[];
  readonly headers: readonly (readonly [string, string])[];
  readonly changes: readonly Change[];
  readonly bytes: readonly ByteChange[];
  /** Signed as Meta signs, after all changes of the body. */
  readonly signed: boolean;
  /** What is sent on an open socket. */
  readonly frames: readonly string[];
}

/** How many people there are to be taken for. */
export const PEOPLE = 20;

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND'];
const BEARERS: readonly Bearer[] = ['other', 'other', 'secret', 'none', 'junk', 'unsigned', 'wrong-key', 'expired', 'issuer'];

const header = fc.oneof(
  fc.tuple(
    fc.constant('content-type'),
    fc.constantFrom(
      'text/plain',
      'application/json; charset=utf-16',
      'application/json; charset=x',
      'multipart/form-data',
      'multipart/form-data; boundary=',
      '*/*',
      '',
    ),
  ),
  fc.tuple(fc.constant('content-encoding'), fc.constantFrom('gzip', 'br', 'deflate', 'zstd', 'x', 'identity')),
  fc.tuple(fc.constant('accept-encoding'), fc.constantFrom('gzip', 'br', '*;q=0', 'identity;q=0', 'x, y, ;q=9')),
  fc.tuple(fc.constant('host'), fc.constantFrom('', 'x', '[::1]:99', 'evil.example', 'a b', "x;'", `${'x'.repeat(300)}.nl`)),
  fc.tuple(fc.constant('origin'), fc.constantFrom('null', 'https://evil.example', '://', 'http://', 'file://')),
  fc.tuple(fc.constantFrom('x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded'), nastyText),
  fc.tuple(
    fc.constantFrom(
      'accept',
      'accept-language',
      'cookie',
      'range',
      'if-none-match',
      'if-modified-since',
      'authorization',
      'traceparent',
      'x-hub-signature-256',
      'expect',
    ),
    nastyText,
  ),
  fc.tuple(fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/u), nastyText),
);

/** Mostly a few, often none. */
const few = <T>(one: fc.Arbitrary<T>, most: number, often = 1) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant<T[]>([]) }, { weight: often, arbitrary: fc.array(one, { maxLength: most }) });

/** Where to, and what: tools of Teams talk to the service that is open to them. */
const aim: fc.Arbitrary<Pick<FuzzRequest, 'service' | 'seed'>> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ service: fc.constant('main' as const), seed: fc.constantFrom(...DIRECT_LINE) }) },
  { weight: 2, arbitrary: fc.record({ service: fc.constant('main' as const), seed: fc.constantFrom(...PAGES) }) },
  { weight: 2, arbitrary: fc.record({ service: fc.constant('main' as const), seed: fc.constantFrom(...WHATSAPP) }) },
  { weight: 1, arbitrary: fc.record({ service: fc.constant('main' as const), seed: fc.constantFrom(...TEAMS) }) },
  { weight: 2, arbitrary: fc.record({ service: fc.constant('open' as const), seed: fc.constantFrom(...TEAMS) }) },
  { weight: 1, arbitrary: fc.record({ service: fc.constant('open' as const), seed: fc.constantFrom(...DIRECT_LINE, ...PAGES) }) },
);

const rest = fc.record({
  way: fc.oneof(
    { weight: 12, arbitrary: fc.constant('http' as const) },
    { weight: 1, arbitrary: fc.constant('raw' as const) },
    { weight: 1, arbitrary: fc.constant('socket' as const) },
  ),
  method: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...METHODS) }),
  person: fc.nat(PEOPLE - 1),
  bearer: fc.oneof(fc.constant('own' as const), fc.constantFrom(...BEARERS)),
  segments: few(fc.tuple(fc.nat(6), nastyText), 2),
  parameters: few(
    fc.tuple(
      fc.oneof(
        fc.constantFrom('watermark', 't', 'on', 'at', 'lang', 'in', 'given', 'day', 'hub.mode', '__proto__[x]', 'a[b][c]'),
        nastyText,
      ),
      nastyText,
    ),
    3,
  ),
  headers: few(header, 3),
  changes: fc.oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 3, arbitrary: fc.array(change, { maxLength: 4 }) }),
  bytes: fc.oneof(
    { weight: 6, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.array(
        fc.record({ at: fc.nat(5_000), how: fc.constantFrom('cut', 'insert', 'flip'), bytes: fc.string({ unit: 'binary', maxLength: 8 }) }),
        { maxLength: 3 },
      ),
    },
  ),
  signed: fc.boolean(),
  frames: few(fc.oneof(fc.constant(''), fc.string({ maxLength: 50 }), fc.constant('x'.repeat(5_000))), 3, 6),
});

export const fuzzRequest: fc.Arbitrary<FuzzRequest> = fc.tuple(aim, rest).map(([where, how]) => ({ ...where, ...how }));
