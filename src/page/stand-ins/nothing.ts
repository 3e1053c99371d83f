/** Stands in for parts of Web Chat that this page never shows: they draw nothing. */
export const nothing = () => null;
