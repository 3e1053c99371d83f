import { h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type ChatActivity, clientIdOf, type Outbox } from './outbox.ts';
import { useTexts } from './texts.ts';

const TEXTS = { waiting: 'waiting', later: 'later', refused: 'not-delivered' } as const;

/** What a person must know of a message of their own: that it waits, or that it will not be sent. Nothing where all is well. */
export function DeliveryOf({ activity, outbox }: { readonly activity: ChatActivity; readonly outbox: Outbox }) {
  const { texts } = useTexts();
  const clientId = clientIdOf(activity);
  const [delivery, follow] = useState(outbox.delivery(clientId));
  useEffect(() => {
    const look = () => follow(outbox.delivery(clientId));
    look();
    return outbox.listen(look);
  }, [outbox, clientId]);
  if (delivery === undefined || delivery === 'sending') return null;
  return h('p', { class: 'delivery', role: 'status' }, texts[TEXTS[delivery]]);
}
