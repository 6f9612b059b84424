// Every page for readers who see it large: in a narrow window, with text of twice the size, with more room between
// letters, words and lines (WCAG 1.4.4, 1.4.10, 1.4.12). Nothing scrolls sideways but tables and code, nothing is cut
// off, nothing lies on anything else; with the menus and details as they are found and all open.
//   node checks/reflow.mjs --site DIR --base-url https://…/some/base/

import { readFile } from 'node:fs/promises';
import { withBrowser, withPage } from '../ground/browser.mjs';
import { options, startedAsCommand } from '../ground/command.mjs';
import { Outcome } from '../ground/outcome.mjs';
import { readPages } from '../ground/pages.mjs';
import { comes } from '../ground/search.mjs';
import { answerTab } from '../ground/server.mjs';

/** A window of 1280 by 1024 at 400 % is one of 320 by 256. */
const WAYS = [
  { name: '1280 pixels at 400 %', width: 320, height: 256 },
  { name: '360 pixels, text of 200 %', width: 360, height: 740, twice: true },
  { name: '1280 pixels, text of 200 %', width: 1280, twice: true },
  { name: '360 pixels, spaced', width: 360, height: 740, spaced: true },
  { name: '1280 pixels, spaced', width: 1280, spaced: true },
];

/** What is asked on a page that searches: results of many kinds, a reporting route, a correction. */
const QUERIES = ['visit', 'scared he hit me', 'group supervison'];

/** Runs in the page: text as WCAG 1.4.12 lets a reader space it. A constructed sheet is no inline style. */
const space = () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-block-end: 2em !important; }');
  document.adoptedStyleSheets = [sheet];
};

const openAll = () => document.querySelectorAll('details').forEach((details) => { details.open = true; });
const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

/** The site's own pages, and its search page with answers on it. */
async function addresses(site, only) {
  const pages = (await readPages(site)).filter((page) => !page.redirect && (only === undefined || page.file === only));
  return pages.flatMap(({ address, html }) => [
    address,
    ...(html.includes('data-results') ? QUERIES.map((query) => `${address}#q=${encodeURIComponent(query)}`) : []),
  ]);
}

/** What is wrong with one page, as it is found and with everything open. */
async function look(page, url, way, source) {
  await page.goto(url, { waitUntil: 'load' });
  if (url.includes('#q=')) await comes(page, () => document.querySelectorAll('[data-list] a').length > 0);
  if (way.spaced) await page.evaluate(space);
  const problems = new Set();
  for (const prepare of [() => {}, openAll]) {
    await page.evaluate(prepare);
    await page.evaluate(drawn);
    for (const problem of await page.evaluate(`(() => { ${source}\nreturn layoutProblems(); })()`)) problems.add(problem);
  }
  return [...problems];
}

/**
 * @param {string} [only] the one file to look at
 * @returns {Promise<Outcome>} one check for each page and way of looking at it
 */
export async function checkReflow(site, baseUrl, outcome = new Outcome('reflow'), only = undefined) {
  const source = await readFile(new URL('../ground/layout.js', import.meta.url), 'utf8');
  const places = await addresses(site, only);
  await withBrowser(async (browser) => {
    for (const way of WAYS) {
      await withPage(browser, way, async (page) => {
        await answerTab(page, site, baseUrl);
        if (way.twice) await (await page.createCDPSession()).send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
        for (const address of places) outcome.check(`/${address}, ${way.name}`, await look(page, baseUrl + address, way, source));
      });
    }
  });
  return outcome;
}

if (startedAsCommand(import.meta.url)) {
  const { site, 'base-url': baseUrl } = options(['site', 'base-url']);
  (await checkReflow(site, baseUrl)).finish();
}
