import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** What a page of this service may ask of a device: nothing. */
const NO_DEVICE = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'serial', 'bluetooth', 'display-capture', 'browsing-topics'];

/** The headers of every answer. Routes that send a page or a script say what that may do; anything else may do nothing. */
export function securityHeaders({ production }: { readonly production: boolean }): RequestHandler[] {
  return [
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
      },
      frameguard: { action: 'deny' },
      // Where there is no TLS yet, a browser must not be told to ask for it.
      strictTransportSecurity: production && { maxAge: 31_536_000, includeSubDomains: false },
    }),
    (_request, response, next) => {
      response.setHeader('Permissions-Policy', NO_DEVICE.map((name) => `${name}=()`).join(', '));
      next();
    },
  ];
}
