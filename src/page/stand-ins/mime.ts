/** Stands in for mime: no files are sent from this page. */
export const mime = { getType: () => undefined };
