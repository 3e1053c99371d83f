import ReactWebChat from 'botframework-webchat-component';
import { createStore } from 'botframework-webchat-core';
import { type ComponentChild, Fragment, h } from 'preact';
import { createElement, render } from 'preact/compat';
import { AnswerActions } from './answer-actions.ts';
import { APPEARANCE } from './appearance.ts';
import { DeliveryOf } from './delivery.ts';
import { guard } from './guard.ts';
import { Line, type LineState } from './line.ts';
import { renderMarkdown } from './markdown.ts';
import { type ChatActivity, Outbox } from './outbox.ts';
import { changeLanguage, say, texts } from './texts.ts';

/** The script of the page: shows the chat, keeps it over a reload and without a connection, and follows the language menu. */

const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
const outbox = new Outbox();
const menu = byId<HTMLSelectElement>('language');

let line: Line;
let store: object;
let surface: HTMLElement | undefined;

/** Begins with the conversation of the cookie, or with a new one. */
function start(fresh: boolean): void {
  if (fresh) outbox.clear();
  const before = line;
  const beforeSurface = surface;
  byId('chat').setAttribute('aria-busy', 'true');
  store = createStore({}, guard);
  // A surface of its own for each conversation: nothing of the one before stays on the screen.
  surface = document.createElement('div');
  surface.className = 'surface';
  if (beforeSurface) {
    render(null, beforeSurface);
    beforeSurface.replaceWith(surface);
  } else byId('chat').append(surface);
  line = new Line({
    outbox,
    fresh,
    language: () => texts().language,
    onState: followConnection,
    onActivity: followBot,
    onEnd: () => start(true),
  });
  before?.end();
  line.activity$.subscribe({ next: () => byId('chat').classList.add('talking') });
  draw();
}

function followConnection(state: LineState): void {
  byId('chat').setAttribute('aria-busy', String(state !== 'online'));
  // What was deleted stays said; trouble with the connection is over once it is there again.
  if (state === 'online' && byId('status').dataset['key'] !== 'deleted') showStatus(undefined);
  if (state === 'offline') showStatus('offline');
  if (state === 'busy') showStatus('busy');
  if (state === 'refused') showStatus('could-not-start');
}

/** What the bot signals to the page: a new language, or that everything was deleted. */
function followBot({ type, name, value }: ChatActivity): void {
  if (type !== 'event') return;
  if (name === 'language' && value?.language) void showLanguage(value.language);
  if (name === 'data-deleted') {
    showStatus('deleted');
    start(true);
  }
}

async function showLanguage(language: string): Promise<boolean> {
  if (language === texts().language) return true;
  const changed = await changeLanguage(language);
  menu.value = texts().language;
  if (!changed) return false;
  const { direction, texts: own } = texts();
  document.documentElement.lang = language;
  document.documentElement.dir = direction;
  document.title = own['title'] ?? document.title;
  // A reload stays in this language.
  history.replaceState(null, '', `?lang=${language}`);
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    const key = element.dataset['text'] ?? '';
    element.textContent = own[key === 'current' && 'outdated' in element.dataset ? 'current-outdated' : key] ?? element.textContent;
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-answers]')) link.href = `/faq/${language}`;
  showStatus(byId('status').dataset['key']);
  keepForLater();
  draw();
  return true;
}

function draw(): void {
  const { language, direction, chat } = texts();
  const options = {
    directLine: line,
    store,
    userID: 'me',
    locale: language,
    overrideLocalizedStrings: () => chat,
    dir: direction,
    nonce,
    renderMarkdown,
    styleOptions: APPEARANCE,
    activityStatusMiddleware,
    role: 'region',
    className: 'chat',
  };
  if (surface) render(createElement(ReactWebChat as never, options as never), surface);
}

type DrawStatus = (of: { readonly activity: ChatActivity; readonly hideTimestamp?: boolean }) => ComponentChild;
/** Under an answer what can be done with it, under a message of one's own whether it was sent. */
const activityStatusMiddleware =
  () =>
  (next: DrawStatus): DrawStatus =>
  (of) => {
    const { activity } = of;
    if (activity.from.role === 'user') return h(DeliveryOf, { activity, outbox });
    if (activity.type !== 'message' || !activity.text) return next(of);
    // Web Chat hides the thumbs together with the time, which this page does not show.
    return h(Fragment, null, h(AnswerActions, { activity }), next({ ...of, hideTimestamp: false }));
  };

function showStatus(key: string | undefined): void {
  byId('status').dataset['key'] = key ?? '';
  byId('status-text').textContent = key ? say(key) : '';
  byId('stored-answers').hidden = key !== 'offline' && key !== 'busy';
}

/** Lets the service worker keep the page and the answers of this language for a bad connection. */
function keepForLater(): void {
  const language = texts().language;
  navigator.serviceWorker?.controller?.postMessage({ keep: [`/?lang=${language}`, `/faq/${language}`] });
}

menu.addEventListener('change', async () => {
  const { value } = menu;
  // As long as the plain page is to be seen, all of it changes.
  if (!byId('chat').classList.contains('talking')) return location.assign(`/?lang=${value}`);
  if (!(await showLanguage(value))) return;
  line.signal({ type: 'event', name: 'language', value: { language: value }, from: { role: 'user' } });
});
byId('fresh').addEventListener('click', () => start(true));
document.documentElement.classList.add('scripted');
start(false);
if ('serviceWorker' in navigator) {
  navigator.serviceWorker.addEventListener('controllerchange', keepForLater);
  navigator.serviceWorker.register('/service-worker.js').then(keepForLater, () => undefined);
}
