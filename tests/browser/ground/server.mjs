// A folder as the plainest of hosts serves it, under a sub-path: over HTTP on 127.0.0.1, or straight to
// a browser's tab under the site's real address. Nothing of Guidepost is in it, so that what works here
// works on any host.

import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.vtt': 'text/vtt; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

async function isFile(file) {
  return stat(file).then((found) => found.isFile(), () => false);
}

/** What a host answers when asked for `pathname`: `{status, headers, body}`. */
async function answer(root, base, pathname) {
  const send = (status, type, body) => ({ status, headers: { 'content-type': type }, body });
  if (!pathname.startsWith(base)) return send(404, 'text/plain', 'outside the site');
  const wanted = path.join(root, decodeURIComponent(pathname.slice(base.length)));
  const file = pathname.endsWith('/') ? path.join(wanted, 'index.html') : wanted;
  if (await isFile(file)) return send(200, TYPES[path.extname(file)] ?? 'application/octet-stream', await readFile(file));
  if (await isFile(path.join(wanted, 'index.html'))) return { status: 301, headers: { location: `${pathname}/` }, body: '' };
  const notFound = path.join(root, '404.html');
  return send(404, TYPES['.html'], (await isFile(notFound)) ? await readFile(notFound) : 'not found');
}

/**
 * Serves `root` under `base` (with a slash at both ends).
 * @returns {Promise<{origin: string, url: string, stop: () => Promise<void>}>}
 */
export async function serveFolder(root, base = '/') {
  const server = createServer((request, response) => {
    answer(root, base, new URL(request.url ?? '/', 'http://127.0.0.1').pathname).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const stop = () =>
    new Promise((resolve) => {
      server.close(() => resolve(undefined));
      server.closeAllConnections();
    });
  return { origin, url: origin + base, stop };
}

/**
 * Answers every request of a tab under `baseUrl` from `root`, and none beyond it: the site is seen at its
 * real address and nothing can leave the machine. Requests to other hosts are added to `strangers`. What `instead`
 * gives for an address, perhaps later, is answered in place of the file.
 */
export async function answerTab(page, root, baseUrl, strangers = [], instead = async () => undefined) {
  const base = new URL(baseUrl);
  await page.setRequestInterception(true);
  page.on('request', async (request) => {
    const url = new URL(request.url());
    if (url.origin === base.origin) {
      await request.respond((await instead(url)) ?? (await answer(root, base.pathname, url.pathname)));
    } else {
      strangers.push(request.url());
      await request.abort();
    }
  });
}
