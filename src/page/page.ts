import MarkdownIt from 'markdown-it';

/** The script of the page: starts the chat, keeps it over a reload, and follows the language menu. */

interface PageTexts {
  readonly direction: 'ltr' | 'rtl';
  readonly texts: Readonly<Record<string, string>>;
  /** The words of Web Chat itself, by its own names. */
  readonly chat: Readonly<Record<string, string>>;
}

interface Session {
  readonly conversationId: string;
  readonly token: string;
  readonly streamUrl: string;
  readonly userId: string;
  readonly resumed: boolean;
}

/** The part of the Direct Line client that this page uses. */
interface DirectLine {
  readonly activity$: Subscribable<{ type: string; name?: string; value?: { language?: string }; from: { role?: string } }>;
  readonly connectionStatus$: Subscribable<number>;
  postActivity(activity: object): Subscribable<string>;
  reconnect(conversation: { conversationId: string; token: string; streamUrl: string }): void;
  end(): void;
}

interface Subscribable<T> {
  subscribe(next: (value: T) => void, error?: (error: unknown) => void): { unsubscribe(): void };
}

interface WebChat {
  createDirectLine(options: object): DirectLine;
  createStore(): object;
  renderWebChat(options: object, element: HTMLElement): void;
}

/** The states of the Direct Line client that a person has to know of. */
const STATUS = { connecting: 1, online: 2, expiredToken: 3, failed: 4, ended: 5 } as const;

const STYLE_OPTIONS = {
  accent: '#0b5394',
  backgroundColor: '#ffffff',
  bubbleBackground: '#eef3f8',
  bubbleBorderRadius: 10,
  bubbleFromUserBackground: '#0b5394',
  bubbleFromUserTextColor: '#ffffff',
  bubbleFromUserBorderRadius: 10,
  bubbleMaxWidth: 620,
  hideUploadButton: true,
  primaryFont: 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", sans-serif',
  rootHeight: '100%',
  sendBoxBorderTop: '1px solid #c5d0dc',
  suggestedActionLayout: 'flow',
  // Ten options must not push their question off a small screen: they scroll.
  suggestedActionsFlowMaxHeight: Math.round(window.innerHeight * 0.34),
  suggestedActionHeight: 38,
  suggestedActionBorderRadius: 18,
  suggestedActionTextColor: '#0b5394',
  suggestedActionBorderColor: '#0b5394',
  timestampColor: '#47566b',
  subtle: '#47566b',
  typingAnimationDuration: 8000,
  // An image has its own height.
  bubbleImageHeight: 'auto',
  // A message that is taller than the screen is read from its beginning.
  autoScrollSnapOnPage: true,
};

const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const allTexts = JSON.parse(byId('texts').textContent ?? '{}') as Record<string, PageTexts>;
const webChat = (window as unknown as { WebChat: WebChat }).WebChat;
// Without HTML in it, Markdown can bring no script: everything else is escaped.
const markdown = new MarkdownIt({ html: false, linkify: true });
const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';

let language = document.documentElement.lang;
let session: Session;
let directLine: DirectLine | undefined;
let store: object;
let surface: HTMLElement;

async function openSession(fresh: boolean): Promise<Session> {
  const response = await fetch('/api/directline/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fresh }),
  });
  if (!response.ok) throw new Error(`token: ${response.status}`);
  return (await response.json()) as Session;
}

async function start(fresh = false): Promise<void> {
  byId('chat').setAttribute('aria-busy', 'true');
  try {
    session = await openSession(fresh);
  } catch {
    showStatus('could-not-start');
    return;
  }
  const before = directLine;
  store = webChat.createStore();
  directLine = webChat.createDirectLine({
    domain: `${location.origin}/v3/directline`,
    token: session.token,
    webSocket: true,
    ...(session.resumed ? { conversationId: session.conversationId, watermark: '', streamUrl: session.streamUrl } : {}),
    conversationStartProperties: { locale: language, user: { id: session.userId } },
  });
  // The new line stands before the old one ends: an end that was wanted is no reason to start again.
  before?.end();
  const current = directLine;
  // A surface of its own for each conversation: nothing of the one before stays on the screen.
  surface = document.createElement('div');
  surface.className = 'surface';
  byId('chat').replaceChildren(surface);
  current.connectionStatus$.subscribe((status) => {
    if (current === directLine) followConnection(status);
  });
  current.activity$.subscribe((activity) => {
    if (current === directLine && activity.type === 'event') followBot(activity.name, activity.value?.language);
  });
  render();
}

function followConnection(status: number): void {
  if (status === STATUS.online) byId('chat').setAttribute('aria-busy', 'false');
  // What was deleted stays said; trouble with the connection is over once it is there again.
  if (status === STATUS.online && byId('status').dataset['key'] !== 'deleted') showStatus(undefined);
  if (status === STATUS.connecting && byId('chat').getAttribute('aria-busy') === 'false') showStatus('connection-lost');
  if (status === STATUS.expiredToken) {
    showStatus('expired');
    openSession(false).then(
      (renewed) => {
        if (renewed.conversationId === session.conversationId) directLine?.reconnect(renewed);
        else void start();
      },
      () => showStatus('could-not-start'),
    );
  }
  if (status === STATUS.ended) void start(true);
  if (status === STATUS.failed) showStatus('could-not-start');
}

/** What the bot signals to the page: a new language, or that everything was deleted. */
function followBot(name: string | undefined, value: string | undefined): void {
  if (name === 'language' && value && value in allTexts && value !== language) {
    language = value;
    applyTexts();
    render();
  }
  if (name === 'data-deleted') {
    showStatus('deleted');
    void start(true);
  }
}

function render(): void {
  webChat.renderWebChat(
    {
      directLine,
      store,
      userID: session.userId,
      locale: language === 'ar' ? 'ar-SA' : language,
      overrideLocalizedStrings: (own: object) => ({ ...own, ...allTexts[language]?.chat }),
      dir: allTexts[language]?.direction ?? 'ltr',
      nonce,
      renderMarkdown: (text: string) => markdown.render(text),
      styleOptions: STYLE_OPTIONS,
    },
    surface,
  );
}

function applyTexts(): void {
  const own = allTexts[language];
  if (!own) return;
  document.documentElement.lang = language;
  document.documentElement.dir = own.direction;
  document.title = own.texts['title'] ?? document.title;
  byId<HTMLSelectElement>('language').value = language;
  byId<HTMLAnchorElement>('faq').href = `/faq/${language}`;
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    element.textContent = own.texts[element.dataset['text'] ?? ''] ?? element.textContent;
  }
}

function showStatus(key: string | undefined): void {
  byId('status').dataset['key'] = key ?? '';
  byId('status').textContent = key ? (allTexts[language]?.texts[key] ?? '') : '';
}

byId<HTMLSelectElement>('language').addEventListener('change', (event) => {
  language = (event.target as HTMLSelectElement).value;
  applyTexts();
  if (!directLine) return;
  render();
  const chosen = { type: 'event', name: 'language', value: { language }, from: { id: session.userId, role: 'user' } };
  directLine?.postActivity(chosen).subscribe(
    () => undefined,
    () => undefined,
  );
});
byId('fresh').addEventListener('click', () => void start(true));
void start();
