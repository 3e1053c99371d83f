import { addTo } from './add-to.ts';
import type { LimitSettings } from './settings.ts';

/** Whose sockets are too many: those of all, of one address, or of one conversation. */
export type Crowd = 'all' | 'address' | 'conversation';

/** Counts the open sockets of all, of each address and of each conversation. */
export class OpenSockets {
  readonly #settings: LimitSettings;
  readonly #addresses = new Map<string, number>();
  readonly #conversations = new Map<string, number>();
  #all = 0;

  constructor(settings: LimitSettings) {
    this.#settings = settings;
  }

  /** Takes a place for a socket, and returns how to give it back; or whose sockets are too many. */
  enter(address: string, conversation: string): (() => void) | Crowd {
    const { LIMIT_SOCKETS, LIMIT_ADDRESS_SOCKETS, LIMIT_CONVERSATION_SOCKETS } = this.#settings;
    if (isFull(LIMIT_SOCKETS, this.#all)) return 'all';
    if (isFull(LIMIT_ADDRESS_SOCKETS, this.#addresses.get(address))) return 'address';
    if (isFull(LIMIT_CONVERSATION_SOCKETS, this.#conversations.get(conversation))) return 'conversation';
    this.#add(address, conversation, 1);
    let left = false;
    return () => {
      if (!left) this.#add(address, conversation, -1);
      left = true;
    };
  }

  #add(address: string, conversation: string, number: number): void {
    this.#all += number;
    addTo(this.#addresses, address, number);
    addTo(this.#conversations, conversation, number);
  }
}

function isFull(limit: number, open = 0): boolean {
  return limit > 0 && open >= limit;
}
