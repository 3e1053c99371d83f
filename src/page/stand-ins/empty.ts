/** Stands in for what only old browsers or other uses of Web Chat need: polyfills, a second transport, developer tools. */
export {};
