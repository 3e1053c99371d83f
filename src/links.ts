import type { Links } from '../dialogs/services.ts';
import { calendarPath } from './calendar/address.ts';
import { timelinePath } from './timeline/address.ts';

/** The channel of the service's own page, which knows what an address without a host means. */
const OWN_CHANNEL = 'directline';

/**
 * Addresses of what the service serves, as a channel can open them. The page resolves an address by its own; every
 * other channel needs the public one (`PUBLIC_URL`), and gets none where that is not known.
 */
export function createLinks(publicUrl: string | undefined): Links {
  const base = publicUrl?.replace(/\/+$/u, '');
  return {
    calendar(channelId, language) {
      const path = calendarPath(language);
      if (base !== undefined) return `${base}${path}`;
      return channelId === OWN_CHANNEL ? path : undefined;
    },
    timeline(channelId, language, on, at) {
      // The page draws the small SVG itself; WhatsApp and Teams show images of pixels only.
      if (channelId === OWN_CHANNEL) return { address: timelinePath(language, 'svg', { on, at }), contentType: 'image/svg+xml' };
      return base === undefined ? undefined : { address: `${base}${timelinePath(language, 'png', { on, at })}`, contentType: 'image/png' };
    },
  };
}
