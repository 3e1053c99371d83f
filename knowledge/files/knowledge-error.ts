/** A knowledge file that cannot be used: which file, which line, and why. It stops the start. */
export class KnowledgeError extends Error {
  readonly file: string;
  readonly line: number;
  readonly reason: string;

  constructor(file: string, line: number, reason: string) {
    super(`${file}:${line}: ${reason}`);
    this.name = 'KnowledgeError';
    this.file = file;
    this.line = line;
    this.reason = reason;
  }
}
