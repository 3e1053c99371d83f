const unchanged = (host: string): string => host;

/** Stands in for punycode: no address here has letters beyond ASCII in its host. */
export const punycode = { toASCII: unchanged, toUnicode: unchanged };
