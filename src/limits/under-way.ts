import type { Request, Response } from 'express';

/**
 * Counts the requests that are being worked on. One whose body is still on its way is not: who sends slowly takes no
 * place from others, only a socket, and that for a bounded time.
 */
export class UnderWay {
  #number = 0;

  get number(): number {
    return this.#number;
  }

  /** Counts a request from the end of its body to the end of its response. */
  follow(request: Request, response: Response): void {
    let counted = false;
    const begin = () => {
      if (counted || response.closed) return;
      counted = true;
      this.#number += 1;
    };
    response.once('close', () => {
      if (counted) this.#number -= 1;
    });
    if (hasBody(request)) request.once('end', begin);
    else begin();
  }
}

/** Does a request bring a body along? */
export function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
