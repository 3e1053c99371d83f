declare module 'xhr2' {
  const XMLHttpRequest: typeof globalThis.XMLHttpRequest;
  // biome-ignore lint/style/noDefaultExport: the package is made that way
  export default XMLHttpRequest;
}
