// The search where things are not as on a developer's desk: twice the text on a phone, forced colours, a network that is
// slow or hands out a page to log in, blanks and doubled words, choices that leave nothing.
//   node checks/search-trouble.mjs --site DIR --base-url https://…/some/base/

import path from 'node:path';
import { withBrowser } from '../ground/browser.mjs';
import { options, startedAsCommand } from '../ground/command.mjs';
import { Outcome } from '../ground/outcome.mjs';
import { arrives, comes, found, pause, visit, when } from '../ground/search.mjs';

const ENGINE = /\/search\.[0-9a-f]+\.js$/, TEXTS = /\/text-\d+\.bin$/, CORE = /\/search\.[0-9a-f]+\.bin$/;
/** What a browser itself complains of when a file does not come. */
const NOT_LOADED = /Failed to load resource/;

/** Waits for the status line of the search page to hold a text. */
const says = (page, text) => comes(page, (wanted) => document.querySelector('[data-status]').textContent.includes(wanted), text);
const focusOnHeading = (page) => comes(page, () => document.activeElement?.matches('[data-heading]'));
const listed = (page) => comes(page, () => document.querySelectorAll('[data-list] a').length > 0);
const word = (page, name) => page.evaluate((name) => document.querySelector('[data-results]').dataset[name], name);

async function largeText(browser, place, outcome) {
  const before = async (page) => {
    const session = await page.createCDPSession();
    await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
  };
  for (const query of ['', '#q=supervision', '#q=group%20supervison', '#q=scared%20he%20hit%20me', '#q=visit&kind=faq']) {
    await visit(browser, place, { width: 360, before }, `search/${query}`, async (page) => {
      if (query) await listed(page);
      const [size, wide] = await page.evaluate(() => [getComputedStyle(document.documentElement).fontSize, document.documentElement.scrollWidth]);
      outcome.check(`360 pixels hold text of twice the size, ${query}`, when(size === '32px' && wide <= 360, `${wide} pixels at ${size}`));
    });
  }
}

async function forcedColours(browser, place, outcome) {
  await visit(browser, place, { forced: true }, 'faqs/', async (page) => {
    await page.keyboard.press('/');
    await page.keyboard.type('super');
    await comes(page, () => document.activeElement.getAttribute('aria-expanded') === 'true');
    await page.keyboard.press('ArrowDown');
    const [chosen, list] = await page.evaluate(() =>
      ['[aria-selected=true]', '[role=listbox]'].map((one) => getComputedStyle(document.querySelector(one)).backgroundColor));
    outcome.check('forced colours show what is chosen', when(chosen !== list, `it is ${chosen} on ${list}`));
  });
}

/** Reporting routes among the suggestions are counted by themselves. */
async function counts(browser, place, outcome) {
  await visit(browser, place, {}, 'faqs/', async (page) => {
    await page.keyboard.press('/');
    await page.keyboard.type('abuse');
    await comes(page, () => document.querySelectorAll('.suggestion-help').length > 0);
    await comes(page, () => /\d/.test(document.querySelector('[data-search-status]').textContent));
    const [helps, others, said] = await page.evaluate(() => [
      document.querySelectorAll('.suggestion-help').length,
      document.querySelectorAll('[role=option]:not(.suggestion-help)').length,
      document.querySelector('[data-search-status]').textContent,
    ]);
    const numbers = said.match(/\d+/g)?.join();
    outcome.check('ways to get help and suggestions are counted apart', when(helps > 0 && numbers === `${helps},${others}`, `${helps} and ${others}: ${said}`));
  });
}

/** A file that does not come at first: another word brings it, and no script runs twice. */
async function again(browser, place, outcome) {
  for (const [name, file] of [['the engine', ENGINE], ['the index', CORE]]) {
    const came = [];
    let missing = true;
    const instead = async ({ pathname }) => {
      if (missing && file.test(pathname)) return { status: 404, contentType: 'text/plain', body: '' };
      came.push(pathname);
      return undefined;
    };
    await visit(browser, place, { instead }, 'search/', async (page, { complaints }) => {
      await page.keyboard.press('/');
      await page.keyboard.type('supervision');
      outcome.check(`${name} is missing: that is said`, when(await says(page, await word(page, 'failed')), 'it is not'));
      missing = false;
      await page.keyboard.type(' group');
      // What was asked for before may still be on its way to fail, and take this word with it.
      const found = (await listed(page)) || (await page.keyboard.type('s'), await listed(page));
      outcome.check(`${name} comes later: there are results`, when(found, 'there are none'));
      const engines = came.filter((path) => ENGINE.test(path)).length;
      outcome.check(`${name} comes later: the engine is loaded once`, when(engines === 1, `${engines} times`));
      complaints.splice(0, complaints.length, ...complaints.filter((text) => !NOT_LOADED.test(text)));
    });
  }
}

/** What is said while files come late, or do not come. */
async function loading(browser, place, outcome) {
  const late = async ({ pathname }) => (ENGINE.test(pathname) ? pause(1500) : undefined);
  await visit(browser, place, { instead: late }, 'search/', async (page) => {
    await page.keyboard.press('/');
    await page.keyboard.type('supervision');
    await page.keyboard.press('Enter');
    outcome.check('a search that lasts is named', when(await says(page, await word(page, 'waiting')), 'it is not'));
    outcome.check('Enter before the script leads to the heading', when(await focusOnHeading(page), 'it does not'));
    outcome.check('and to results', when(/\d/.test((await page.evaluate(found)).heading), (await page.evaluate(found)).heading));
    const silent = await comes(page, () => document.querySelector('[data-status]').textContent === '');
    outcome.check('nothing is waited for any longer', when(silent, (await page.evaluate(found)).status));
  });
  const lateTexts = async ({ pathname }) => (TEXTS.test(pathname) ? pause(1500) : undefined);
  await visit(browser, place, { instead: lateTexts }, 'search/', async (page) => {
    await page.keyboard.press('/');
    await page.keyboard.type('supervision');
    outcome.check('texts that come late are named', when(await says(page, await word(page, 'waiting')), 'they are not'));
    outcome.check('then the number is said', when(await says(page, (await listed(page)) && (await page.evaluate(found)).heading), (await page.evaluate(found)).status));
  });
  const missing = async ({ pathname }) => (ENGINE.test(pathname) ? { status: 404, contentType: 'text/html', body: '' } : undefined);
  await visit(browser, place, { instead: missing }, 'search/', async (page, { complaints }) => {
    await page.keyboard.press('/');
    await page.keyboard.type('supervision');
    outcome.check('a script that is missing is said aloud', when(await says(page, await word(page, 'failed')), 'it is not'));
    complaints.splice(0, complaints.length, ...complaints.filter((text) => !NOT_LOADED.test(text)));
  });
  let login = true;
  const texts = async ({ pathname }) =>
    login && TEXTS.test(pathname) ? { status: 200, contentType: 'text/html', body: '<!doctype html><title>Log in</title>' } : undefined;
  await visit(browser, place, { instead: texts }, 'search/', async (page) => {
    await page.keyboard.press('/');
    await page.keyboard.type('supervision');
    outcome.check('a page to log in is no index', when(await says(page, await word(page, 'failed')), (await page.evaluate(found)).heading));
    login = false;
    await page.keyboard.press('Enter');
    outcome.check('once logged in the search works', when(await listed(page), (await page.evaluate(found)).heading));
  });
}

/** Readers and kinds: numbers that come true, one step back for one choice, a way out of nothing. */
async function choices(browser, place, outcome) {
  await visit(browser, place, {}, 'search/#q=family', async (page) => {
    await listed(page);
    const all = (await page.evaluate(found)).heading;
    const steps = await page.evaluate(() => history.length);
    await page.focus('#filter-kind');
    let offered = [];
    // One kind after the other, until one has pages for several readers.
    for (let presses = 0; presses < 2 || (offered.length < 2 && presses < 9); presses++) {
      const before = page.url();
      await page.keyboard.press('ArrowDown');
      await comes(page, (old) => location.href !== old && document.querySelector('#filter-kind').value === /kind=(\w+)/.exec(location.hash)?.[1], before);
      await pause(200);
      offered = await page.evaluate(() =>
        [...document.querySelectorAll('#filter-audience option')].slice(1).map((option) => [option.value, Number(/\((\d+)\)$/.exec(option.textContent)[1])]));
    }
    const made = (await page.evaluate(() => history.length)) - steps;
    outcome.check('many arrow keys in a choice are one step', when(made === 1, `${made} steps`));
    outcome.check('readers are offered beside a kind', when(offered.length > 1, JSON.stringify(offered)));
    for (const [value, wanted] of offered) {
      await page.select('#filter-audience', value);
      const came = await comes(page, (id, count) => location.hash.includes(id) && document.querySelector('[data-heading]').textContent.startsWith(`${count} `), value, wanted);
      outcome.check(`beside a kind, ${value} leaves as many pages as it says`, when(came, `${wanted}: ${(await page.evaluate(found)).heading}`));
    }
    await page.goBack();
    await page.goBack();
    outcome.check('Back leads out of both choices', when(await comes(page, (text) => document.querySelector('[data-heading]')?.textContent === text, all), page.url()));
  });
  await visit(browser, place, {}, 'search/#q=xqzzyqx%20supervision&kind=nothing-of-this-kind', async (page) => {
    const told = await comes(page, () => document.querySelector('[data-heading]').textContent.includes(document.querySelector('[data-reset]').textContent));
    outcome.check('a choice that leaves nothing says the way out', when(told, (await page.evaluate(found)).heading));
    const shown = await page.evaluate(() => document.querySelector('[data-reset]').checkVisibility());
    outcome.check('which is there', when(shown, 'it is not'));
    if (!shown) return;
    await page.focus('[data-reset]');
    await page.keyboard.press('Enter');
    outcome.check('and leads to pages', when((await listed(page)) && (await focusOnHeading(page)), (await page.evaluate(found)).heading));
  });
}

/** A link to a part of the page is no question. */
async function parts(browser, place, outcome) {
  await visit(browser, place, {}, 'search/#q=supervision', async (page) => {
    await listed(page);
    const { heading } = await page.evaluate(found);
    await page.focus('a.skip');
    await page.keyboard.press('Enter');
    await comes(page, () => location.hash === '#main');
    await pause(300);
    const kept = await page.evaluate(found);
    outcome.check('the link to the content keeps the results', when(kept.shown && kept.heading === heading, `${kept.shown}: ${kept.heading}`));
    const before = kept.links.length;
    await page.focus('[data-more]');
    await page.keyboard.press('Enter');
    outcome.check('and more of them can be seen', when(await comes(page, (few) => document.querySelectorAll('[data-list] a').length > few, before), 'they cannot'));
  });
}

/** Small things: blanks, doubled words, sentences, marks. */
async function texts(browser, place, outcome) {
  await visit(browser, place, {}, 'search/#q=%20', async (page) => {
    await comes(page, () => Boolean(window.guidepost?.suggest));
    await pause(300);
    const state = await page.evaluate(found);
    outcome.check('blanks ask nothing', when(!state.shown && state.everything, state.heading));
  });
  await visit(browser, place, {}, 'search/#q=xqzzyqx%20supervision%20xqzzyqx', async (page) => {
    await comes(page, () => document.querySelector('[data-dropped-place]')?.textContent.includes('xqzzyqx'));
    const told = await page.evaluate(() => document.querySelector('[data-dropped-place]').textContent);
    outcome.check('a word typed twice is named once', when(told.split('xqzzyqx').length === 2, told));
  });
  await visit(browser, place, {}, 'search/#q=scared%20he%20hit%20me', async (page) => {
    await says(page, '999');
    const { status } = await page.evaluate(found);
    outcome.check('what is said are sentences', when(!/[.?!]\s?[.?!]/.test(status) && /[.?!]$/.test(status), status));
  });
  await visit(browser, place, {}, 'search/#q=worked%20conversation', async (page) => {
    await listed(page);
    const target = await page.evaluate(() => [...document.querySelectorAll('[data-list] a')].find(({ href }) => href.includes('motivational-interviewing'))?.href);
    if (target) await page.evaluate((href) => [...document.querySelectorAll('[data-list] a')].find((link) => link.href === href).focus(), target);
    const left = await arrives(page, () => page.keyboard.press('Enter'), (url) => url === target);
    await comes(page, () => document.querySelector('main mark.found') !== null);
    const [content, nav] = await page.evaluate(() => ['.page-body', 'nav'].map((where) => document.querySelectorAll(`main ${where} mark.found`).length));
    outcome.check('words are marked in the text, not in the list of its headings', when(left && content > 0 && nav === 0, `${content} in the text, ${nav} in lists`));
  });
}

/** @returns {Promise<Outcome>} */
export async function checkTrouble(site, baseUrl, outcome = new Outcome('search-trouble')) {
  const place = { site: path.resolve(site), baseUrl, strangers: [], complaints: [] };
  await withBrowser(async (browser) => {
    for (const part of [largeText, forcedColours, counts, loading, again, choices, parts, texts]) {
      await part(browser, place, outcome).catch((error) => outcome.check(`${part.name} runs to its end`, [String(error)]));
    }
  });
  outcome.check('nothing of other hosts', place.strangers);
  outcome.check('no complaint of the browser', place.complaints);
  return outcome;
}

if (startedAsCommand(import.meta.url)) {
  const { site, 'base-url': baseUrl } = options(['site', 'base-url']);
  (await checkTrouble(site, baseUrl)).finish();
}
