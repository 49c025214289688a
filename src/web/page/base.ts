/** Address of the page's files: any host, any path. */
export const base = new URL(".", document.baseURI).href;
