// A site in a folder, with no host: every page is opened over file: by the links that lead there, with and without
// script. What comes in: a folder. What goes out: a check for each page. What stays true: nothing of the program is
// known here; a link is good when a browser finds a file below the folder, and in it the place that is meant.

import { stat } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { withBrowser, withPage } from '../ground/browser.mjs';
import { Outcome } from '../ground/outcome.mjs';
import { readPages } from '../ground/pages.mjs';
import { arrives } from '../ground/search.mjs';

/** Runs in the page: what it names and what can be named in it. */
const content = () => ({
  ids: [...document.querySelectorAll('[id]')].map((one) => one.id),
  named: [...document.querySelectorAll('[href], [src], [action], [poster]')].flatMap((one) =>
    ['href', 'src', 'action', 'poster'].filter((name) => one.hasAttribute(name)).map((name) => {
      const written = one.getAttribute(name);
      const url = URL.parse(written, document.baseURI)?.href;
      return { element: one.localName, written, url, leaves: one.localName === 'a' || one.rel === 'canonical' };
    })),
});

const isFile = (url) => stat(fileURLToPath(url)).then((found) => found.isFile(), () => false);

/** What a tab asks for beyond the folder, what it does not get, and what its browser complains of. */
export function watch(page, root) {
  const problems = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(root)) problems.push(`asks for ${request.url()}`);
  });
  page.on('requestfailed', (request) => problems.push(`does not get ${request.url()}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`console: ${error.message}`));
  return problems;
}

class Walk {
  constructor(page, root) {
    this.page = page;
    this.root = root;
    this.heard = watch(page, root);
    /** Address of a page to its ids, and to what is wrong with it. */
    this.ids = new Map();
    this.problems = new Map();
    /** Links into a page, judged once all ids are known: `{from, url, fragment}`. */
    this.places = [];
  }

  async from(starts) {
    const queue = [...starts];
    for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
      if (!this.ids.has(url)) queue.push(...(await this.open(url)));
    }
    for (const { from, url, fragment } of this.places) {
      const known = fragment === '' || fragment === 'top' || this.ids.get(url)?.has(fragment);
      if (!known) this.problems.get(from).push(`${url.slice(this.root.length)} has no #${fragment}`);
    }
  }

  /** Opens a page, and gives the pages that it leads to. */
  async open(url) {
    this.heard.length = 0;
    await this.page.goto(url, { waitUntil: 'load' });
    const { ids, named } = await this.page.evaluate(content);
    const problems = [...this.heard];
    const further = [];
    this.ids.set(url, new Set(ids));
    this.problems.set(url, problems);
    for (const one of named) problems.push(...(await this.judge(one, url, further)));
    return further;
  }

  async judge({ element, written, url, leaves }, from, further) {
    const wrong = (why) => [`<${element}> ${written}: ${why}`];
    if (url === undefined) return wrong('is no address');
    const { protocol, hash } = new URL(url);
    if (protocol !== 'file:') return leaves ? [] : wrong('is fetched from somebody else');
    if (written.startsWith('/') || written.startsWith('file:')) return wrong('is not relative');
    if (!url.startsWith(this.root)) return wrong('leaves the folder');
    const file = url.slice(0, url.length - hash.length).split('?')[0];
    if (!(await isFile(file))) return wrong('is no file');
    if (!file.endsWith('.html')) return [];
    this.places.push({ from, url: file, fragment: decodeURIComponent(hash.slice(1)) });
    further.push(file);
    return [];
  }
}

async function walk(browser, site, pages, script, outcome) {
  const root = pathToFileURL(`${site}/`).href;
  const way = script ? 'with script' : 'without script';
  const urlOf = ({ file }) => root + encodeURI(file);
  await withPage(browser, { script }, async (page) => {
    const walked = new Walk(page, root);
    await walked.from([`${root}index.html`]);
    const reached = new Set(walked.ids.keys());
    await walked.from([`${root}404.html`]);
    for (const [url, problems] of walked.problems) outcome.check(`${decodeURI(url.slice(root.length))}, ${way}`, problems);
    for (const one of pages.filter(({ redirect }) => redirect)) {
      walked.heard.length = 0;
      const open = () => page.goto(urlOf(one)).catch(() => undefined);
      const led = await arrives(page, open, (url) => reached.has(url.split('#')[0]));
      outcome.check(`${one.file} leads on, ${way}`, [...walked.heard, ...(led ? [] : [`the tab shows ${page.url()}`])]);
    }
    const orphans = pages.filter((one) => !one.redirect && one.file !== '404.html' && !reached.has(urlOf(one)));
    outcome.check(`every page is reached, ${way}`, orphans.map(({ file }) => `no link leads to ${file}`));
  });
}

/** @returns {Promise<Outcome>} a check for each page and each way of reading */
export async function checkFolder(site, outcome = new Outcome('folder')) {
  const pages = await readPages(site);
  await withBrowser(async (browser) => {
    for (const script of [true, false]) await walk(browser, site, pages, script, outcome);
  });
  return outcome;
}
