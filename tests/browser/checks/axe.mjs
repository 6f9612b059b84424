// axe and the browser's own complaints, on one page of each template: wide and narrow, light and dark,
// in forced colours, with and without JavaScript, and at 320 pixels, where nothing may scroll sideways.
//   node checks/axe.mjs --site DIR --base-url https://…/some/base/

import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { withBrowser, withPage } from '../ground/browser.mjs';
import { options, startedAsCommand } from '../ground/command.mjs';
import { Outcome } from '../ground/outcome.mjs';
import { onePerTemplate } from '../ground/pages.mjs';
import { answerTab } from '../ground/server.mjs';

/** WCAG 2.2 at level AA, which the law asks of public bodies, and what axe thinks good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const WAYS = [
  { name: '1280 light', width: 1280 },
  { name: '1280 dark', width: 1280, dark: true },
  { name: '360 light', width: 360 },
  { name: '360 dark', width: 360, dark: true },
  { name: '1280 forced colours', width: 1280, forced: true },
  { name: '1280 without JavaScript', width: 1280, script: false },
  { name: '360 without JavaScript', width: 360, script: false },
];

/** Collects whatever the browser complains of. */
function listen(page) {
  const problems = [];
  page.on('console', (message) => {
    // axe looks into frames and style sheets and says so; only errors are a fault of the page
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`script: ${error.message}`));
  page.on('requestfailed', (request) => problems.push(`not loaded: ${request.url()} ${request.failure()?.errorText ?? ''}`));
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  return problems;
}

/** Runs in the page: everything that a site could have left on the reader's device. */
async function stored() {
  const found = [];
  if (document.cookie !== '') found.push(`cookie ${document.cookie}`);
  for (const key of Object.keys(localStorage)) found.push(`localStorage ${key}`);
  for (const key of Object.keys(sessionStorage)) found.push(`sessionStorage ${key}`);
  for (const database of await indexedDB.databases()) found.push(`indexedDB ${database.name}`);
  if (window.isSecureContext) for (const key of await caches.keys()) found.push(`cache ${key}`);
  return found;
}

function described(violation) {
  const node = violation.nodes[0];
  return `${violation.id}: ${violation.help}: ${node?.html.slice(0, 160)} (${violation.nodes.length}×)`;
}

async function look(page, site, baseUrl, address, axeSource) {
  const problems = listen(page);
  const strangers = [];
  await answerTab(page, site, baseUrl, strangers);
  await page.goto(baseUrl + address, { waitUntil: 'load' });
  // axe needs timers; the page's own scripts have had their chance, so nothing of them runs now
  await page.setJavaScriptEnabled(true);
  await page.evaluate(axeSource);
  const report = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
  problems.push(...report.violations.map(described));
  problems.push(...(await page.evaluate(stored)).map((what) => `leaves on the device: ${what}`));
  problems.push(...strangers.map((url) => `asks somebody else: ${url}`));
  return { problems, open: report.incomplete.length };
}

/** Runs in the page: how far it can be scrolled sideways, and what sticks out. */
function sticksOut() {
  const width = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .slice(0, 5)
    .map((element) => `sticks out: ${element.outerHTML.slice(0, 120)}`);
}

async function reflows(page, site, baseUrl, address) {
  await answerTab(page, site, baseUrl);
  await page.goto(baseUrl + address, { waitUntil: 'load' });
  const found = await page.evaluate(sticksOut);
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
  return wide > 320 ? [`is ${wide} pixels wide at 320`, ...found] : [];
}

/**
 * @param {string} [only] the one file to look at
 * @returns {Promise<Outcome>} one check for each template and way of looking at it
 */
export async function checkAxe(site, baseUrl, outcome = new Outcome('axe'), only = undefined) {
  const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  let open = 0;
  await withBrowser(async (browser) => {
    for (const { template, address, file } of await onePerTemplate(site)) {
      if (only !== undefined && file !== only) continue;
      outcome.check(`${template}: names its template`, template === 'unmarked' ? [`/${address}: <body> has no data-kind`] : []);
      for (const way of WAYS) {
        const seen = await withPage(browser, way, (page) => look(page, site, baseUrl, address, axeSource));
        outcome.check(`${template} (/${address}), ${way.name}`, seen.problems);
        open += seen.open;
      }
      const narrow = { width: 320, height: 256 };
      const problems = await withPage(browser, narrow, (page) => reflows(page, site, baseUrl, address));
      outcome.check(`${template} (/${address}), 320 pixels`, problems);
    }
  });
  if (open > 0) outcome.note(`${open} questions that axe leaves to people`);
  return outcome;
}

if (startedAsCommand(import.meta.url)) {
  const { site, 'base-url': baseUrl } = options(['site', 'base-url']);
  (await checkAxe(site, baseUrl)).finish();
}
