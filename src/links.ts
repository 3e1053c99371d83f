import type { Links } from '../dialogs/services.ts';

/**
 * Addresses of what the service serves, as a channel can open them. The page resolves an address by its own; every
 * other channel needs the public one (`PUBLIC_URL`), and gets none where that is not known.
 */
export function createLinks(publicUrl: string | undefined): Links {
  const base = publicUrl?.replace(/\/+$/u, '');
  return {
    timeline(channelId, language, on, at) {
      const query = new URLSearchParams({ on, at });
      // The page draws the small SVG itself; WhatsApp and Teams show images of pixels only.
      if (channelId === 'directline') return { address: `/timeline/${language}.svg?${query}`, contentType: 'image/svg+xml' };
      return base === undefined ? undefined : { address: `${base}/timeline/${language}.png?${query}`, contentType: 'image/png' };
    },
  };
}
