import { cutOut, findPersonalData, type PersonalData } from '../../../knowledge/privacy/finder.ts';
import type { PrivacyWords } from '../../../knowledge/privacy/words.ts';

/** The words of the finder; the build puts them in. */
declare const PRIVACY_WORDS: PrivacyWords;

const SEND_MESSAGE = 'WEB_CHAT/SEND_MESSAGE';
const SET_SEND_BOX = 'WEB_CHAT/SET_SEND_BOX';
const SEND_BOX = '[data-id="webchat-sendbox-input"]';

/** What happens in Web Chat, as far as it is used here. */
interface Action {
  readonly type: string;
  readonly payload?: { readonly text?: string };
}
type Dispatch = (action: Action) => unknown;

const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;

/**
 * A middleware of Web Chat's store: a message with personal data is held back before anybody else sees it, and the
 * person decides whether it goes without that or is changed. What was written stands nowhere but in the memory of the page.
 */
export const guard =
  ({ dispatch }: { readonly dispatch: Dispatch }) =>
  (next: Dispatch): Dispatch =>
  (action) => {
    const text = (action.type === SEND_MESSAGE && action.payload?.text) || '';
    const found = findPersonalData(text, PRIVACY_WORDS);
    if (found.length === 0) return next(action);
    const rest = cutOut(text, found);
    askAbout(text, found, rest, (send) => {
      if (send) next({ ...action, payload: { ...action.payload, text: rest } });
      else dispatch({ type: SET_SEND_BOX, payload: { text } });
      document.querySelector<HTMLElement>(SEND_BOX)?.focus();
    });
    return undefined;
  };

/** Shows what was found and asks; to close the question without a choice is to change the message. */
function askAbout(text: string, found: readonly PersonalData[], rest: string, then: (send: boolean) => void): void {
  const dialog = byId<HTMLDialogElement>('guard');
  const [send, edit] = [byId<HTMLButtonElement>('guard-send'), byId<HTMLButtonElement>('guard-edit')];
  const items = found.map(({ from, to }) => {
    // A number keeps its own direction in a text from right to left.
    const words = document.createElement('bdi');
    words.textContent = text.slice(from, to);
    const item = document.createElement('li');
    item.append(words);
    return item;
  });
  byId('guard-found').replaceChildren(...items);
  // Where nothing else was written there is nothing to send.
  send.hidden = !/[\p{L}\p{N}]/u.test(rest);
  if (!('showModal' in dialog)) {
    // A browser that is too old to ask: the message goes without it.
    then(true);
    return;
  }
  let chosen = false;
  send.onclick = () => {
    chosen = true;
    dialog.close();
  };
  edit.onclick = () => dialog.close();
  dialog.onclose = () => {
    byId('guard-found').replaceChildren();
    then(chosen);
  };
  dialog.showModal();
}
