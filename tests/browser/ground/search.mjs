// How the search is looked at: waiting for what a page shows, what a tab asks for, and functions that run in the page.

import { withPage } from './browser.mjs';
import { answerTab } from './server.mjs';

/** Milliseconds that a page may take for whatever is waited for; a busy machine is slow. */
const PATIENCE = 8_000;

/** Waits for a condition in the page; gives whether it came. */
export const comes = (page, condition, ...values) =>
  page.waitForFunction(condition, { timeout: PATIENCE, polling: 30 }, ...values).then(() => true, () => false);

export const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

/** Waits until the tab is at another address and loaded; gives whether that came. */
export async function arrives(page, press, fits) {
  await press();
  for (const until = Date.now() + PATIENCE; Date.now() < until; await pause(30)) {
    // also without scripts, where a page cannot wait for itself
    if (fits(page.url()) && (await page.evaluate(() => document.readyState).catch(() => '')) === 'complete') return true;
  }
  return false;
}

/** Opens an address and gives `use` the tab, what it asks for and complains of. `way.instead` may answer for the host. */
export function visit(browser, place, way, address, use) {
  return withPage(browser, { width: 1280, ...way }, async (page) => {
    await answerTab(page, place.site, place.baseUrl, place.strangers, way.instead);
    const heard = listen(page);
    await way.before?.(page);
    await page.goto(place.baseUrl + address, { waitUntil: 'load' });
    const result = await use(page, heard);
    place.complaints.push(...heard.complaints);
    return result;
  });
}

/** A node of the accessibility tree, or undefined. */
export function inTree(node, fits) {
  if (!node || fits(node)) return node ?? undefined;
  for (const child of node.children ?? []) {
    const found = inTree(child, fits);
    if (found) return found;
  }
  return undefined;
}

/** No problem, or this one. */
export const when = (fine, problem) => (fine ? [] : [problem]);

/** What a page asked for and what its browser complained of. */
export function listen(page) {
  const [requests, complaints] = [[], []];
  page.on('request', (request) => requests.push(`${request.url().split('#')[0]} ${JSON.stringify(request.headers())} ${request.postData() ?? ''}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { requests, complaints };
}

/** Runs in the page: whether a search box has focus. */
export const focusedBox = () => Boolean(document.activeElement?.closest('form[data-search]'));

/** Runs in the page: engine and index, which nobody may ask for too early. */
export const searchFiles = () => {
  const { engine, base, core } = document.querySelector('script[data-core]')?.dataset ?? {};
  const files = [engine, core && base + core];
  return files.filter(Boolean).map((file) => new URL(file, document.baseURI).href);
};

/** Runs in the page: what is left on the device. */
export const stored = async () => [
  ...(document.cookie ? ['a cookie'] : []),
  ...Object.keys(localStorage).map((key) => `localStorage ${key}`),
  ...Object.keys(sessionStorage).map((key) => `sessionStorage ${key}`),
  ...(await indexedDB.databases()).map(({ name }) => `indexedDB ${name}`),
];

/** Runs in the page: what the search page shows. */
export const found = () => ({
  heading: document.querySelector('[data-heading]')?.textContent ?? '',
  links: [...document.querySelectorAll('[data-list] a')].map((link) => link.href),
  titles: [...document.querySelectorAll('[data-list] [data-slot=title]')].map((title) => title.textContent),
  marks: [...document.querySelectorAll('[data-list] mark')].map((mark) => mark.textContent),
  shown: document.querySelector('[data-results]')?.checkVisibility() ?? false,
  everything: document.querySelector('[data-static]')?.checkVisibility() ?? false,
  status: document.querySelector('[data-status]')?.textContent ?? '',
});

/** Runs in the page: targets too small for a finger. */
export const small = (least) =>
  [...document.querySelectorAll('.search-box button, .search-box input, [role=option], .search-results :is(select, button, a)')]
    .filter((one) => one.checkVisibility())
    .map((one) => ({ name: one.id || one.textContent.trim() || one.className, box: one.getBoundingClientRect() }))
    .filter(({ box }) => box.height < least || box.width < least)
    .map(({ name, box }) => `${name} is ${Math.round(box.width)} by ${Math.round(box.height)} pixels`);
