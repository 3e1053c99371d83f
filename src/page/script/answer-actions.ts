import { h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type IconName, icon } from './icons.ts';
import { plainText } from './markdown.ts';
import type { ChatActivity } from './outbox.ts';
import { readAloud, stopReading, useVoice } from './speech.ts';
import { useTexts } from './texts.ts';

/** So much of an answer tells it from the others in the name of a button. */
const LONGEST_NAME = 60;
const SHOWN_COPIED = 2_500;

/** What can be done with an answer: read it aloud, copy, share and print it. */
export function AnswerActions({ activity }: { readonly activity: ChatActivity }) {
  const { language: pageLanguage, texts } = useTexts();
  const [reading, setReading] = useState(false);
  const [copied, setCopied] = useState(false);
  const row = useRef<HTMLDivElement>(null);
  const language = activity.locale ?? pageLanguage;
  const voice = useVoice(language);
  const text = activity.text ?? '';
  const [firstLine = ''] = plainText(text, { withLinks: false }).split('\n');
  const answer = firstLine.length > LONGEST_NAME ? `${firstLine.slice(0, LONGEST_NAME)}…` : firstLine;
  useEffect(() => () => (reading ? stopReading() : undefined), [reading]);

  const button = (name: IconName, key: string, act: () => void) => {
    const action = texts[key] ?? '';
    const label = (texts['of-answer'] ?? '').replace('$action', () => action).replace('$answer', () => answer);
    return h(
      'button',
      { type: 'button', class: 'action', 'aria-label': label, title: action, 'data-action': key, onClick: act },
      icon(name),
    );
  };
  const read = () => {
    setReading(true);
    readAloud(plainText(text, { withLinks: false }), language, () => setReading(false));
  };
  const stop = () => {
    stopReading();
    setReading(false);
  };
  const copy = async () => {
    await navigator.clipboard.writeText(plainText(text, { withLinks: true }));
    setCopied(true);
    setTimeout(() => setCopied(false), SHOWN_COPIED);
  };
  return h(
    'div',
    { class: 'answer-actions', ref: row },
    voice && (reading ? button('stop', 'stop-reading', stop) : button('read', 'read-aloud', read)),
    'clipboard' in navigator && button(copied ? 'copied' : 'copy', 'copy', () => void copy().catch(() => undefined)),
    'share' in navigator &&
      button('share', 'share', () => void navigator.share({ text: plainText(text, { withLinks: true }) }).catch(() => undefined)),
    button('print', 'print', () => printAnswer(row.current)),
    h('span', { class: 'copied', role: 'status' }, copied ? texts['copied'] : ''),
  );
}

/** Prints one answer alone. */
function printAnswer(row: HTMLElement | null): void {
  const answer = row?.closest('article');
  if (!answer) return;
  answer.classList.add('printed');
  document.documentElement.classList.add('print-one');
  const after = () => {
    answer.classList.remove('printed');
    document.documentElement.classList.remove('print-one');
  };
  window.addEventListener('afterprint', after, { once: true });
  window.print();
}
