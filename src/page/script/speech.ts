import { useEffect, useState } from 'preact/hooks';

/** Has the phone a voice for a language? Voices come in after the page: the answer can change. */
export function useVoice(language: string): boolean {
  const [found, find] = useState(() => voiceFor(language) !== undefined);
  useEffect(() => {
    const look = () => find(voiceFor(language) !== undefined);
    look();
    window.speechSynthesis?.addEventListener?.('voiceschanged', look);
    return () => window.speechSynthesis?.removeEventListener?.('voiceschanged', look);
  }, [language]);
  return found;
}

/** Reads a text in its language and calls `done` when it is read or was stopped. */
export function readAloud(text: string, language: string, done: () => void): void {
  stopReading();
  // Long texts are cut off by some phones: a paragraph at a time.
  const paragraphs = text.split('\n');
  for (const [index, paragraph] of paragraphs.entries()) {
    const utterance = new SpeechSynthesisUtterance(paragraph);
    utterance.lang = language;
    utterance.voice = voiceFor(language) ?? null;
    utterance.onerror = done;
    if (index === paragraphs.length - 1) utterance.onend = done;
    window.speechSynthesis.speak(utterance);
  }
}

export function stopReading(): void {
  window.speechSynthesis.cancel();
}

function voiceFor(language: string): SpeechSynthesisVoice | undefined {
  const voices = window.speechSynthesis?.getVoices() ?? [];
  return voices.find(({ lang }) => lang.toLowerCase().split(/[-_]/u)[0] === language);
}
