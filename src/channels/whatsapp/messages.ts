import type { Activity } from 'botbuilder';
import { isLanguage, LANGUAGES, SOURCE_LANGUAGE } from '../../../locales/languages.ts';
import { textsOf } from '../../../locales/texts.ts';
import { cutText, keepDirection, lengthOf, splitText, whatsappText } from './wording.ts';

/** Meta's limits, in code points: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages */
export const LIMITS = {
  text: 4096,
  interactiveBody: 1024,
  buttons: 3,
  buttonTitle: 20,
  listLabel: 20,
  rows: 10,
  rowTitle: 24,
  rowDescription: 72,
  rowId: 200,
} as const;

/** The content of one message to WhatsApp, without its address. */
export type MessageContent =
  | { readonly type: 'text'; readonly text: { readonly body: string; readonly preview_url: boolean } }
  | { readonly type: 'image'; readonly image: { readonly link: string } }
  | { readonly type: 'interactive'; readonly interactive: object };

/** The messages that say what an activity says, in order: its pictures, then its text, with buttons or a list where it suggests actions. */
export function messagesOf(activity: Partial<Activity>): MessageContent[] {
  return [...imagesOf(activity), ...wordsOf(activity)];
}

/** Pictures that Meta fetches at their address. They have no caption: the text that follows says what matters. */
function imagesOf({ attachments = [] }: Partial<Activity>): MessageContent[] {
  const links = attachments.flatMap(({ contentType, contentUrl }) => (contentType === 'image/png' && contentUrl ? [contentUrl] : []));
  return links.map((link) => ({ type: 'image', image: { link } }));
}

function wordsOf(activity: Partial<Activity>): MessageContent[] {
  const language = isLanguage(activity.locale) ? activity.locale : SOURCE_LANGUAGE;
  const texts = textsOf(language);
  const body = directed(whatsappText(activity.text ?? ''), language);
  const options = optionsOf(activity);
  if (options.length === 0) return splitText(body, LIMITS.text).map(textMessage);
  const action = buttonsFor(options) ?? listFor(options, texts.say('chat:whatsapp.choose'));
  if (!action) {
    const numbered = options.map((option, index) => `${index + 1}. ${option}`).join('\n');
    const asking = directed(`${numbered}\n\n${texts.say('chat:whatsapp.write-number')}`, language);
    const whole = body === '' ? asking : `${body}\n\n${asking}`;
    return splitText(whole, LIMITS.text).map(textMessage);
  }
  const short = lengthOf(body) <= LIMITS.interactiveBody && body !== '';
  const last = short ? body : directed(texts.say('chat:whatsapp.go-on'), language);
  const before = short ? [] : splitText(body, LIMITS.text).map(textMessage);
  return [...before, { type: 'interactive', interactive: { ...action, body: { text: last } } }];
}

/** What an activity suggests to answer: the texts that its buttons send. */
export function optionsOf({ suggestedActions }: Partial<Activity>): string[] {
  return (suggestedActions?.actions ?? []).map(({ title, value }) => String(value ?? title));
}

const OPTION = /^option:(\d{1,2}):/u;

/** The id of an option. It holds its place and the option itself, so that a tap is understood long after it was offered. */
export function optionId(option: string, place: number): string {
  return `option:${place}:${cutText(option, LIMITS.rowId - 12)}`;
}

/** The option that an id of ours names; undefined for an id that is not ours. */
export function optionIn(id: string): string | undefined {
  return OPTION.test(id) ? id.replace(OPTION, '') : undefined;
}

/** Reply buttons, where there are few options and each fits whole. */
function buttonsFor(options: readonly string[]): object | undefined {
  if (options.length > LIMITS.buttons || options.some((option) => lengthOf(option) > LIMITS.buttonTitle)) return undefined;
  if (new Set(options).size < options.length) return undefined;
  const buttons = options.map((option, place) => ({ type: 'reply', reply: { id: optionId(option, place), title: option } }));
  return { type: 'button', action: { buttons } };
}

/** A list, where there are not too many options. A title that has to be cut stands whole in the description. */
function listFor(options: readonly string[], label: string): object | undefined {
  const titles = options.map((option) => cutText(option, LIMITS.rowTitle));
  if (options.length > LIMITS.rows || new Set(titles).size < titles.length) return undefined;
  const rows = options.map((option, place) => {
    const title = titles[place] ?? '';
    return { id: optionId(option, place), title, ...(title !== option && { description: cutText(option, LIMITS.rowDescription) }) };
  });
  return { type: 'list', action: { button: cutText(label, LIMITS.listLabel), sections: [{ rows }] } };
}

function textMessage(body: string): MessageContent {
  return { type: 'text', text: { body, preview_url: false } };
}

function directed(text: string, language: keyof typeof LANGUAGES): string {
  return LANGUAGES[language].direction === 'rtl' ? keepDirection(text) : text;
}
