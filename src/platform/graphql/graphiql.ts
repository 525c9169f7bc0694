/** What the page may load and reach: itself and this server, so that it works without any network beyond. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' blob:",
  'worker-src blob:',
  "style-src 'unsafe-inline'",
  "img-src data: 'self'",
  'font-src data:',
  "connect-src 'self'",
  "frame-ancestors 'none'",
].join('; ');

export interface Page {
  html: string;
  contentSecurityPolicy: string;
}

/** GraphiQL for the endpoint at `path`, whole in one page: scripts, styles and workers are inside it, nothing comes from a CDN. */
export async function graphiqlPage(path: string): Promise<Page> {
  // Nine megabytes of script: loaded only by a server that shows it.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({ title: `GraphiQL ${path}`, endpoint: path });
  return { html, contentSecurityPolicy: PAGE_POLICY };
}
