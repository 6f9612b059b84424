// A crawler that knows nothing of Guidepost: starts at the site's address over HTTP under a sub-path and
// follows whatever a reader or a browser could.
//   node checks/crawl.mjs --site DIR --base-url https://…/some/base/
// The base address is the one that the site was built for; its path is where the site is served here.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { options, startedAsCommand } from '../ground/command.mjs';
import { filesUnder } from '../ground/files.mjs';
import { Outcome } from '../ground/outcome.mjs';
import { attributes, elements, parsePage, readPages } from '../ground/pages.mjs';
import { serveFolder } from '../ground/server.mjs';
import { idsOf, inlineCode, policyProblems, referencesOf, referencesOfStyle } from './references.mjs';

/** Schemes that leave the web page, and how what follows them must look. */
const OTHER_SCHEMES = {
  'tel:': /^\+?[0-9][0-9.-]*(;ext=[0-9]+)?$/,
  'sms:': /^\+?[0-9][0-9.-]*([?&]body=[^\s]*)?$/,
  'mailto:': /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
};

class Crawl {
  constructor(server, baseUrl) {
    this.server = server;
    this.baseUrl = baseUrl;
    /** Address to {status, type, body, document, ids}. */
    this.seen = new Map();
    /** Addresses of HTML that a link leads to. */
    this.reached = new Set();
    this.external = new Set();
  }

  /** One resource, fetched once; redirects are not followed. */
  async get(url) {
    const key = url.split('#')[0];
    if (!this.seen.has(key)) this.seen.set(key, this.fetchOnce(key));
    return this.seen.get(key);
  }

  async fetchOnce(url) {
    const response = await fetch(url, { redirect: 'manual' });
    const type = (response.headers.get('content-type') ?? '').split(';')[0];
    const body = Buffer.from(await response.arrayBuffer());
    const document = type === 'text/html' || type === 'image/svg+xml' ? parsePage(body.toString('utf8')) : undefined;
    return { status: response.status, type, body, document, ids: document ? idsOf(document) : undefined };
  }

  /** An absolute name of the real site, as the address it has here. */
  toLocal(url) {
    return url.startsWith(this.baseUrl) ? this.server.url + url.slice(this.baseUrl.length) : undefined;
  }

  /** What is wrong with one address named in `from`; what it leads to is added to `found`. */
  async follow(reference, from, found) {
    const where = `line ${reference.line}: <${reference.element}> ${reference.url}`;
    const wrong = (why) => [`${where}: ${why}`];
    let url;
    try {
      url = new URL(reference.url, from);
    } catch {
      return wrong('is no address');
    }
    const rule = OTHER_SCHEMES[url.protocol];
    if (rule) return rule.test(decodeURIComponent(url.href.slice(url.protocol.length))) ? [] : wrong(`is no proper ${url.protocol}`);
    if (reference.use === 'name' && reference.url.startsWith(this.baseUrl)) url = new URL(this.toLocal(reference.url));
    if (url.origin !== this.server.origin) {
      if (reference.use === 'load') return wrong('is fetched from somebody else');
      if (reference.url.startsWith(new URL(this.baseUrl).origin)) return wrong('is absolute, though it is a page of this site');
      this.external.add(url.href);
      return ['http:', 'https:'].includes(url.protocol) ? [] : wrong('has a scheme that no page may use');
    }
    if (!url.href.startsWith(this.server.url)) return wrong('leaves the folder of the site');
    return this.arrive(url, reference, where, found, from);
  }

  async arrive(url, reference, where, found, from) {
    const wrong = (why) => [`${where}: ${why}`];
    const target = await this.get(url.href);
    // a place on the 404 page itself is answered as that page is
    const onThisPage = url.href.split('#')[0] === from;
    if (target.status !== 200 && !onThisPage) return wrong(`is answered with ${target.status}`);
    found.push({ url: url.href.split('#')[0].split('?')[0], type: target.type, use: reference.use });
    const fragment = decodeURIComponent(url.hash.slice(1).split(':~:')[0]);
    // `#q=words` on the search page is a question for its script, not a place in the page
    if (fragment === '' || fragment === 'top' || /^q=/.test(fragment) || !target.ids) return [];
    return target.ids.has(fragment) ? [] : wrong(`there is no #${fragment} there`);
  }

  /** Everything wrong with one HTML page or style sheet, read at `url`; only the 404 page may be `absolute`. */
  async inspect(url, resource, found, { absolute = false } = {}) {
    const problems = [];
    const references = resource.type === 'text/css' ? referencesOfStyle(resource.body.toString('utf8')) : referencesOf(resource.document);
    for (const reference of references) {
      if (!absolute && reference.url.startsWith('/')) {
        problems.push(`line ${reference.line}: <${reference.element}> ${reference.url}: is not relative, so it breaks under another path`);
      }
      const here = absolute ? { ...reference, url: this.toLocal(reference.url) ?? reference.url } : reference;
      problems.push(...(await this.follow(here, url, found)));
    }
    if (resource.type === 'text/html') problems.push(...inlineCode(resource.document), ...policyProblems(resource.document));
    if (resource.type === 'image/svg+xml') problems.push(...inlineCode(resource.document).filter((p) => !/style/.test(p)));
    return problems;
  }

  /** Breadth first from the start page. */
  async walk(outcome) {
    const queue = [this.server.url];
    const queued = new Set(queue);
    while (queue.length > 0) {
      const url = queue.shift();
      const resource = await this.get(url);
      if (resource.type === 'text/html') this.reached.add(url);
      const found = [];
      const what = decodeURIComponent(url.slice(this.server.url.length)) || '(start page)';
      outcome.check(what, await this.inspect(url, resource, found));
      for (const next of found) {
        const goesOn = ['text/html', 'text/css', 'image/svg+xml'].includes(next.type);
        if (goesOn && !queued.has(next.url)) {
          queued.add(next.url);
          queue.push(next.url);
        }
      }
    }
  }
}

/** The page for addresses that do not exist must work at any depth, so its addresses are absolute. */
async function checkNotFound(crawl, outcome) {
  const url = `${crawl.server.url}no/such/page/`;
  const resource = await crawl.get(url);
  const problems = resource.status === 404 ? [] : [`is answered with ${resource.status}`];
  if (!resource.document) problems.push('there is no 404.html');
  else problems.push(...(await crawl.inspect(url, resource, [], { absolute: true })));
  outcome.check('404 page, from a deep address', problems);
}

function relation(document, rel) {
  const link = [...elements(document)].find((n) => n.tagName === 'link' && attributes(n).rel === rel);
  return link ? attributes(link).href : undefined;
}

function isHidden(document) {
  return [...elements(document)].some((n) => {
    const values = attributes(n);
    return n.tagName === 'meta' && values.name === 'robots' && /noindex/.test(values.content ?? '');
  });
}

async function locations(crawl, name = 'sitemap.xml') {
  const resource = await crawl.get(crawl.server.url + name);
  if (resource.status !== 200) return undefined;
  const found = [...resource.body.toString('utf8').matchAll(/<loc>\s*([^<]*?)\s*<\/loc>/g)].map((match) => match[1].replaceAll('&amp;', '&'));
  const lists = found.filter((url) => url.endsWith('.xml'));
  const nested = await Promise.all(lists.map((url) => locations(crawl, url.slice(crawl.baseUrl.length))));
  return [...found.filter((url) => !url.endsWith('.xml')), ...nested.flatMap((list) => list ?? [])];
}

/** Canonical addresses, sitemap and files name the same pages. */
async function checkNames(crawl, pages, outcome) {
  const listed = await locations(crawl);
  // a site that asks search engines to stay away must not list its pages for them
  const robots = await crawl.get(`${crawl.server.url}robots.txt`);
  const closed = robots.status === 200 && /^Disallow: \/$/m.test(robots.body.toString('utf8'));
  if (closed) outcome.check('sitemap.xml', listed === undefined ? [] : ['lists pages that robots.txt keeps away']);
  else outcome.check('sitemap.xml', listed === undefined ? ['there is none'] : repeated(listed));
  const files = new Map(pages.map((page) => [crawl.baseUrl + encodeURI(page.address), page]));
  for (const url of listed ?? []) {
    const page = files.get(url);
    outcome.check(`sitemap: ${url}`, !page ? ['no such page'] : page.redirect ? ['only sends the reader on'] : []);
  }
  for (const [url, page] of files) {
    if (page.redirect || page.file === '404.html') continue;
    const problems = [];
    const canonical = relation(page.document, 'canonical');
    if (canonical !== undefined && canonical !== url) problems.push(`canonical is ${canonical}`);
    if (canonical === undefined && !isHidden(page.document)) problems.push('has no canonical address');
    if (listed && !listed.includes(url) && !isHidden(page.document)) problems.push('is not in the sitemap');
    outcome.check(`names of ${page.file}`, problems);
  }
}

function repeated(list) {
  return list.filter((item, index) => list.indexOf(item) !== index).map((item) => `${item} is there twice`);
}

/** Every page can be reached from the start page by links alone. */
function checkOrphans(crawl, pages, outcome) {
  for (const page of pages) {
    if (page.redirect || page.file === '404.html') continue;
    const url = crawl.server.url + encodeURI(page.address);
    outcome.check(`reached: ${page.file}`, crawl.reached.has(url) ? [] : ['no link leads there']);
  }
}

/** Old addresses lead to a page, in one step. */
async function checkRedirects(crawl, pages, outcome) {
  for (const page of pages.filter((one) => one.redirect)) {
    const found = [];
    const url = crawl.server.url + encodeURI(page.address);
    const problems = await crawl.inspect(url, await crawl.get(url), found);
    const chained = found.find((target) => pages.some((other) => other.redirect && crawl.server.url + encodeURI(other.address) === target.url));
    if (chained) problems.push('leads to another page that only sends on');
    outcome.check(`redirect ${page.file}`, problems);
  }
}

/** Addresses in feeds, robots.txt and the manifest. */
async function checkOtherFiles(crawl, site, outcome) {
  for (const file of await filesUnder(site)) {
    if (!/(\.xml|robots\.txt|\.webmanifest)$/.test(file) || /sitemap[^/]*\.xml$/.test(file)) continue;
    const body = await readFile(path.join(site, file), 'utf8');
    const problems = [];
    for (const [url] of body.matchAll(/https?:\/\/[^\s"'<>&]+/g)) {
      const local = crawl.toLocal(url);
      if (local && (await crawl.get(local)).status !== 200) problems.push(`${url} does not exist`);
    }
    outcome.check(file, problems);
  }
}

/** @returns {Promise<Outcome>} one check for each page, style sheet, name and redirect */
export async function checkLinks(site, baseUrl, outcome = new Outcome('crawl')) {
  const server = await serveFolder(site, new URL(baseUrl).pathname);
  try {
    const crawl = new Crawl(server, baseUrl);
    const pages = await readPages(site);
    await crawl.walk(outcome);
    await checkNotFound(crawl, outcome);
    await checkNames(crawl, pages, outcome);
    checkOrphans(crawl, pages, outcome);
    await checkRedirects(crawl, pages, outcome);
    await checkOtherFiles(crawl, site, outcome);
    outcome.note(`${crawl.seen.size} addresses asked for, ${crawl.external.size} links to other sites not followed`);
    return outcome;
  } finally {
    await server.stop();
  }
}

if (startedAsCommand(import.meta.url)) {
  const { site, 'base-url': baseUrl } = options(['site', 'base-url']);
  (await checkLinks(site, baseUrl)).finish();
}
