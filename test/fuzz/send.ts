/** Sends a request of the fuzz and gathers what comes back. */
import { createHmac } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { SignJWT, UnsecuredJWT } from 'jose';
import { WebSocket } from 'ws';
import type { ByteChange, FuzzRequest } from './requests.ts';
import { APP_SECRET, SECRET, type Target } from './target.ts';
import { changed } from './values.ts';

/** Longer than any request may take, in milliseconds. */
const LONGEST = 20_000;
/** So long a socket is listened to. */
const LISTEN = 40;
const BOUNDARY = 'boundary-of-the-fuzz';

export interface Answer {
  /** 101 for an open socket, 0 where the connection was closed without an answer. */
  readonly status: number;
  readonly body: string;
  readonly retryAfter: string | undefined;
}

const agent = new Agent({ keepAlive: true, maxSockets: 20 });

export async function send(one: FuzzRequest, target: Target): Promise<Answer> {
  const service = target.services[one.service];
  const { client } = target.people[one.person] ?? {};
  const path = printable(pathOf(one, client?.conversation ?? '', target.file));
  const bearer = await bearerOf(one, target);
  if (one.way === 'socket')
    return socket(`${service.url.replace('http', 'ws')}/v3/directline/conversations/${client?.conversation}/stream`, one, bearer);
  const { body, type } = bodyOf(one, target);
  const headers: Record<string, string> = {
    ...(type && { 'content-type': type }),
    ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
  };
  if (one.signed && body) headers['x-hub-signature-256'] = `sha256=${createHmac('sha256', APP_SECRET).update(body).digest('hex')}`;
  for (const [name, value] of one.headers) headers[name] = value.replace(/[^\t\x20-\x7e\x80-\xff]/gu, '?');
  const method = one.method ?? one.seed.method;
  return one.way === 'raw'
    ? raw(service.port, { method, path, headers, body }, one.bytes)
    : http(service.port, { method, path, headers, body });
}

/** The index of the person whose mark an answer may hold; undefined where it may hold none. */
export function readerOf({ bearer, person }: FuzzRequest, people: number): number | undefined {
  if (bearer === 'own' || bearer === 'secret') return person;
  return bearer === 'other' ? (person + 1) % people : undefined;
}

async function bearerOf({ bearer, person }: FuzzRequest, { people }: Target): Promise<string | undefined> {
  const conv = people[person]?.client.conversation;
  const sign = (claims: object, key: string, expires: number) =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience('directline')
      .setExpirationTime(expires)
      .sign(new TextEncoder().encode(key));
  switch (bearer) {
    case 'own':
      return people[person]?.client.token;
    case 'other':
      return people[(person + 1) % people.length]?.client.token;
    case 'secret':
      return SECRET;
    case 'junk':
      return 'eyJhbGciOiJIUzI1NiJ9.x.y';
    case 'unsigned':
      return new UnsecuredJWT({ conv }).setAudience('directline').encode();
    case 'wrong-key':
      return sign({ conv }, 'another key of the fuzz', 4_000_000_000);
    case 'expired':
      return sign({ conv }, 'another key of the fuzz', 1_000_000_000);
    case 'issuer':
      return sign({ iss: 'https://evil.example', aud: 'x', conv }, 'another key of the fuzz', 4_000_000_000);
    default:
      return undefined;
  }
}

function pathOf({ seed, segments, parameters }: FuzzRequest, id: string, file: string): string {
  const [path = '', query = ''] = seed.path.replace('ID', id).replace('FILE', file).split('?');
  const parts = path.split('/');
  for (const [at, text] of segments) parts[1 + (at % Math.max(1, parts.length - 1))] = text;
  const asked = [
    query,
    ...parameters.map(([name, value]) => `${encodeURIComponent(wellFormed(name))}=${encodeURIComponent(wellFormed(value))}`),
  ];
  const whole = asked.filter((one) => one !== '').join('&');
  return `/${parts.slice(1).join('/')}${whole && `?${whole}`}`;
}

function bodyOf(
  { seed, changes, bytes, bearer, person }: FuzzRequest,
  target: Target,
): { body: Buffer | undefined; type: string | undefined } {
  if (!seed.body) return { body: undefined, type: undefined };
  const reader = readerOf({ bearer, person } as FuzzRequest, target.people.length);
  const mark = reader === undefined ? '' : (target.people[reader]?.mark ?? '');
  let value = changed(seed.body.value, changes);
  // An answer in Teams goes where the activity says: to the stand-in, whatever else was changed.
  const answered = seed.path === '/api/messages';
  if (answered && typeof value === 'object' && value !== null) value = { ...value, serviceUrl: target.connector };
  const text = (JSON.stringify(value) ?? '').replaceAll('MARK', mark);
  if (seed.body.kind !== 'upload') return { body: byteChanged(Buffer.from(text), answered ? [] : bytes), type: 'application/json' };
  const part = (disposition: string, type: string, content: string) =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`;
  const form = `${part('name="activity"', 'application/vnd.microsoft.activity', text)}${part('name="file"; filename="x.png"', 'image/png', 'PNG')}--${BOUNDARY}--\r\n`;
  return { body: byteChanged(Buffer.from(form), bytes), type: `multipart/form-data; boundary=${BOUNDARY}` };
}

function byteChanged(body: Buffer, changes: readonly ByteChange[]): Buffer {
  return changes.reduce((bytes, { at, how, bytes: more }) => {
    const place = at % (bytes.length + 1);
    if (how === 'cut') return bytes.subarray(0, place);
    if (how === 'insert') return Buffer.concat([bytes.subarray(0, place), Buffer.from(more), bytes.subarray(place)]);
    const flipped = Buffer.from(bytes);
    if (place < flipped.length) flipped[place] = (flipped[place] ?? 0) ^ 0x41;
    return flipped;
  }, body);
}

interface Whole {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer | undefined;
}

function http(port: number, { method, path, headers, body }: Whole): Promise<Answer> {
  return new Promise((done, fail) => {
    const sending = httpRequest(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: { ...headers, 'content-length': String(body?.length ?? 0) },
        agent,
        timeout: LONGEST,
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        const end = () =>
          done({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString(), retryAfter: response.headers['retry-after'] });
        response.on('end', end);
        response.on('error', end);
      },
    );
    sending.on('timeout', () => {
      sending.destroy();
      fail(new Error('no answer in time'));
    });
    // A server may close the connection instead of reading on.
    sending.on('error', () => done({ status: 0, body: '', retryAfter: undefined }));
    sending.end(body);
  });
}

/** Writes a request byte by byte, with its bytes changed: what no client would send. */
function raw(port: number, { method, path, headers, body }: Whole, changes: readonly ByteChange[]): Promise<Answer> {
  const lines = Object.entries({ host: 'x', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const text = Buffer.concat([
    Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}content-length: ${body?.length ?? 0}\r\n\r\n`),
    body ?? Buffer.alloc(0),
  ]);
  return new Promise((done) => {
    const parts: Buffer[] = [];
    const connection = connect(port, '127.0.0.1', () => connection.end(byteChanged(text, changes)));
    connection.on('data', (part) => parts.push(part));
    connection.on('error', () => undefined);
    connection.setTimeout(LISTEN * 10, () => connection.destroy());
    connection.on('close', () => {
      const whole = Buffer.concat(parts).toString();
      done({
        status: Number(/^HTTP\/1\.1 (\d{3})/u.exec(whole)?.[1] ?? 0),
        body: whole,
        retryAfter: /^retry-after: (.*)$/imu.exec(whole)?.[1],
      });
    });
  });
}

function socket(address: string, { parameters, frames }: FuzzRequest, bearer: string | undefined): Promise<Answer> {
  const query = new URLSearchParams(parameters.map(([name, value]) => [wellFormed(name), wellFormed(value)]));
  query.set('t', bearer ?? '');
  return new Promise((done) => {
    let heard = '';
    let status = 0;
    const stream = new WebSocket(`${address}?${query}`);
    stream.on('message', (data: Buffer) => {
      heard += data.toString();
    });
    stream.on('unexpected-response', (_request, response) => {
      status = response.statusCode ?? 0;
      stream.terminate();
    });
    stream.on('open', () => {
      status = 101;
      for (const frame of frames) stream.send(frame, { binary: frame.length % 2 === 1 });
      setTimeout(() => stream.terminate(), LISTEN);
    });
    stream.on('error', () => undefined);
    stream.on('close', () => done({ status, body: heard, retryAfter: undefined }));
  });
}

const wellFormed = (text: string) => text.toWellFormed();

/** An address as it may stand in a request line. */
function printable(path: string): string {
  return wellFormed(path).replace(/[^\x21-\x7e]/gu, (character) => encodeURIComponent(character));
}
