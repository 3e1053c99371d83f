/** A client of Direct Line over plain HTTP, which shows how each request was answered, refusals too. */
import { WebSocket } from 'ws';
import { until } from './running.ts';

const DIRECT_LINE = '/v3/directline/conversations';

export interface Client {
  readonly conversation: string;
  readonly token: string;
  readonly streamUrl: string;
  /** Calls a route below the own conversation. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  say(text: string, headers?: Record<string, string>): Promise<Response>;
  /** The texts of the bot so far, once there are at least so many. */
  answers(count: number): Promise<string[]>;
}

/** An activity of a feed, as far as the tests look at it. */
interface Said {
  readonly type: string;
  readonly text: string;
  readonly from: { readonly role?: string };
}

interface Part {
  readonly activities: readonly Said[];
  readonly watermark: string;
}

/** Begins a conversation. `from` is the address that the request seems to come from. */
export async function newClient(url: string, { from = '192.0.2.1', language = 'en' } = {}): Promise<Client> {
  const forwarded = { 'x-forwarded-for': from };
  const session = (await (await fetch(`${url}/api/directline/token`, { method: 'POST', headers: forwarded })).json()) as {
    conversationId: string;
    token: string;
  };
  const { conversationId: conversation, token } = session;
  const call: Client['call'] = (method, path, body, headers = {}) =>
    fetch(`${url}${DIRECT_LINE}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...forwarded, ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const started = await call('POST', '', { locale: language });
  if (started.status !== 201) throw new Error(`no conversation: ${started.status}`);
  const { streamUrl } = (await started.json()) as { streamUrl: string };
  return {
    conversation,
    token,
    streamUrl,
    call: (method, path, body, headers) => call(method, `/${conversation}${path}`, body, headers),
    say: (text, headers) => call('POST', `/${conversation}/activities`, { type: 'message', text, from: { id: 'x' } }, headers),
    answers: (count) =>
      until(async () => {
        const activities: Said[] = [];
        for (let part: Part = { activities: [], watermark: '' }, more = true; more; more = part.activities.length > 0) {
          part = (await (await call('GET', `/${conversation}/activities?watermark=${part.watermark}`)).json()) as Part;
          activities.push(...part.activities);
        }
        const texts = activities.filter(({ type, from }) => type === 'message' && from.role === 'bot').map(({ text }) => text);
        return texts.length >= count && texts;
      }, `${count} answers`),
  };
}

/** Opens a socket: the socket, or the status, `Retry-After` and body of the refusal. What `hear` gets is whole from the first frame on. */
export function openSocket(
  address: string,
  headers: Record<string, string> = {},
  hear: (frame: string) => void = () => undefined,
): Promise<WebSocket | { status: number; retryAfter: string | undefined; body: string }> {
  return new Promise((done, fail) => {
    const socket = new WebSocket(address, { headers });
    socket.on('message', (data: Buffer) => hear(data.toString()));
    socket.once('open', () => done(socket));
    socket.once('unexpected-response', (_request, response) => {
      let body = '';
      response.on('data', (part) => {
        body += part;
      });
      response.on('end', () => done({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], body }));
    });
    socket.once('error', fail);
  });
}
