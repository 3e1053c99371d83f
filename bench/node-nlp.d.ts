/** The part of nlp.js that the benchmark uses; the package brings no types. */
declare module 'node-nlp' {
  export class NlpManager {
    constructor(settings: object);
    addDocument(language: string, text: string, intent: string): void;
    train(): Promise<void>;
    process(language: string, text: string): Promise<{ intent: string }>;
  }
}
