// A portable site as somebody opens it from a stick: over file:, in a folder whose path has a space and letters beyond
// ASCII. Every page by its links, then the search by keyboard, against what the program answers.
//   node checks/portable.mjs --program FILE --project DIR --date YYYY-MM-DD

import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { withBrowser, withPage } from '../ground/browser.mjs';
import { options, startedAsCommand } from '../ground/command.mjs';
import { filesUnder, sitesIn, treeHash } from '../ground/files.mjs';
import { Outcome } from '../ground/outcome.mjs';
import { Program, run } from '../ground/program.mjs';
import { arrives, comes, focusedBox, found, stored, when } from '../ground/search.mjs';
import { serveFolder } from '../ground/server.mjs';
import { checkFolder, watch } from './folder.mjs';

/** What is typed: a beginning that can be completed, and an end with a mistake in it. */
const [BEGINNING, END] = ['group superv', 'ison'];
const WORDS = BEGINNING + END;

/** Opens an address of the site and gives `use` the tab; what goes wrong beside it becomes a check of its own. */
async function visit(browser, root, what, address, outcome, use) {
  await withPage(browser, {}, async (page) => {
    const heard = watch(page, root);
    await page.goto(root + address, { waitUntil: 'load' });
    await use(page);
    outcome.check(`${what}: no complaint, and nothing from outside the folder`, heard);
  });
}

/** The titles that the program finds. */
async function expectedTitles(program, project, date, query = WORDS) {
  const words = ['search', '--root', project, '--date', date, '--limit', '20', '--format', 'json', '--quiet', query];
  const { stdout } = await run(program, words);
  return JSON.parse(stdout).results.map(({ title }) => title);
}

/** Whether a page shows the beginning of what the program finds; how many at a time is the page's own affair. */
const isBeginning = (shown, expected) => shown.length > 4 && JSON.stringify(shown) === JSON.stringify(expected.slice(0, shown.length));

/** Pages of made-up words, so many that the index is no longer one file. */
async function writeLarge(project) {
  let state = 1;
  const next = (below) => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % below;
  const word = () => Array.from({ length: 2 + next(3) }, () => 'bdfgklmnprstvz'[next(14)] + 'aeiou'[next(5)]).join('');
  const known = Array.from({ length: 9_000 }, word);
  await mkdir(path.join(project, 'content'), { recursive: true });
  await writeFile(path.join(project, 'guidepost.yaml'), 'title: Large\n');
  for (let page = 0; page < 400; page += 1) {
    const words = Array.from({ length: 400 }, () => known[next(known.length)]);
    await writeFile(path.join(project, `content/page-${page}.md`), `# Page ${page}\n\n${words.join(' ')}\n`);
  }
  return known;
}

/** The search of a large site, whose index comes in many files, over file: too. */
async function large(program, folder, date, outcome) {
  const [project, out] = [path.join(folder, 'large'), path.join(folder, 'large site')];
  const known = await writeLarge(project);
  const { problems } = await new Program(program).build({ root: project, out, date, portable: true });
  const files = await filesUnder(path.join(out, 'assets')).catch(() => []);
  const parts = files.filter((file) => /terms-\d+\.js$/.test(file)).length;
  outcome.check('a large index comes in parts', [...problems, ...when(parts > 1, `${parts} of them`)]);
  const query = `${known[7]} ${known[77]}`;
  const expected = await expectedTitles(program, project, date, query);
  const ask = (browser) => visit(browser, pathToFileURL(`${out}/`).href, 'a large site', `search/index.html#q=${query}`, outcome, async (page) => {
    await comes(page, () => document.querySelectorAll('[data-list] a').length > 0);
    const { titles } = await page.evaluate(found);
    outcome.check('and finds what the program finds', when(isBeginning(titles, expected), `${titles}, not ${expected}`));
  });
  await withBrowser(ask);
}

/** From the box of the first page to the results, to a section, and back. */
async function searches(browser, { root, expected }, outcome) {
  await visit(browser, root, 'search', 'index.html', outcome, async (page) => {
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.keyboard.press('/');
    outcome.check('`/` leads to the box', when(await page.evaluate(focusedBox), 'it does not'));
    await page.keyboard.type(BEGINNING);
    const offered = await comes(page, () => document.querySelector('[role=option]')?.checkVisibility());
    outcome.check('suggestions come', when(offered, 'they do not'));
    await page.keyboard.type(END);
    const there = await arrives(page, () => page.keyboard.press('Enter'), (url) => url.startsWith(`${root}search/index.html#q=`));
    outcome.check('Enter leads to the search page', when(there, page.url()));
    await comes(page, () => document.querySelectorAll('[data-list] a').length > 0);
    const shown = await page.evaluate(found);
    outcome.check('results are those of the program', when(isBeginning(shown.titles, expected), `${shown.titles}, not ${expected}`));
    const excerpts = await page.$$eval('.result-excerpt', (all) => all.filter((one) => one.textContent.length > 20).length);
    outcome.check('with excerpts', when(excerpts > 0, 'there is none'));
    await follow(page, root, outcome, shown);
    const words = asked.filter((url) => /superv/.test(url.split('#')[0].replace(/group-supervision|case-supervision/, '')));
    outcome.check('no word is in a request', words);
    outcome.check('nothing is stored', await page.evaluate(stored));
  });
}

async function follow(page, root, outcome, shown) {
  const target = shown.links.find((link) => link.includes('#'));
  await page.focus(`[data-list] a[href$="${target.slice(target.indexOf('#'))}"]`);
  const left = await arrives(page, () => page.keyboard.press('Enter'), (url) => url === target);
  outcome.check('a result leads to its section', when(left && target.startsWith(root), page.url()));
  const inSight = await page.evaluate(() => {
    const { top, bottom } = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.getBoundingClientRect() ?? {};
    return bottom > 0 && top < innerHeight;
  });
  outcome.check('which is in sight', when(inSight, `${target} is not`));
  await page.goBack({ waitUntil: 'load' });
  const back = await comes(page, (link) => document.activeElement?.href === link, target);
  outcome.check('Back leads to the place in the list', when(back, page.url()));
}

/** On the search page itself: words of danger, then a suggestion that is a page. */
async function danger(browser, { root }, outcome) {
  await visit(browser, root, 'danger', 'search/index.html', outcome, async (page) => {
    await page.keyboard.press('/');
    await page.keyboard.type('he hit me');
    const shown = await comes(page, () => document.querySelector('.danger-immediate a[href="tel:999"]')?.checkVisibility());
    outcome.check('“he hit me” shows who to call', when(shown, 'it does not'));
    // “he hit” has shown the panel before; what is drawn anew has no focus.
    await comes(page, () => document.querySelector('[data-heading]')?.textContent?.includes('he hit me'));
    const route = await page.$eval('.danger-panel a.danger-route', (link) => link.href).catch(() => 'no link');
    const open = async () => {
      await page.focus('.danger-panel a.danger-route');
      await page.keyboard.press('Enter');
    };
    const led = shown && (await arrives(page, open, (url) => url === route));
    outcome.check('and the way to the reporting page', when(led, `${route} is not open, but ${page.url()}`));
  });
  await visit(browser, root, 'suggestion', 'faqs/index.html', outcome, async (page) => {
    await page.keyboard.press('/');
    await page.keyboard.type('group superv');
    // The suggestions for all that was typed, not for its beginning.
    await comes(page, () => [...document.querySelectorAll('[role=option]')].some((one) => one.textContent === 'group supervision'));
    await page.keyboard.press('ArrowDown');
    const open = await arrives(page, () => page.keyboard.press('Enter'), (url) => url === `${root}components/group-supervision/index.html`);
    outcome.check('a suggested page opens', when(open, page.url()));
  });
}

/** Where it cannot work, the page says so and lists everything. */
async function failures(browser, { root, site }, outcome) {
  const failed = async (page) => {
    await page.goto(`${root}search/index.html#q=visit`, { waitUntil: 'load' });
    await comes(page, () => document.querySelector('[data-results]')?.checkVisibility());
    const state = await page.evaluate(found);
    return when(state.everything && state.heading !== '' && state.links.length === 0, JSON.stringify(state));
  };
  const problems = await withPage(browser, {}, async (page) => {
    await page.evaluateOnNewDocument(() => delete window.DecompressionStream);
    return failed(page);
  });
  outcome.check('a browser that cannot unpack says so', problems);
  const index = (await readdir(path.join(site, 'assets'))).find((file) => file.startsWith('search-index.'));
  const [from, away] = [path.join(site, 'assets', String(index)), path.join(site, 'away')];
  await rename(from, away);
  outcome.check('a folder that lost its index says so', await withPage(browser, {}, failed));
  await rename(away, from);
}

/** The same folder on a host, under a sub-path. */
async function hosted(browser, { site, expected }, outcome) {
  const server = await serveFolder(site, '/some/base/');
  try {
    await visit(browser, server.url, 'on a host', `search/index.html#q=${encodeURIComponent(WORDS)}`, outcome, async (page) => {
      await comes(page, () => document.querySelectorAll('[data-list] a').length > 0);
      const { titles, links } = await page.evaluate(found);
      outcome.check('on a host it finds the same', when(isBeginning(titles, expected), `${titles}`));
      const target = links[0] ?? '';
      const open = async () => {
        await page.focus('[data-list] a');
        await page.keyboard.press('Enter');
      };
      outcome.check('and leads there', when(await arrives(page, open, (url) => url === target), page.url()));
    });
  } finally {
    await server.stop();
  }
}

/** Nothing in the folder is for hosts, and two builds are the same. */
async function contents(program, project, date, out, outcome) {
  const again = `${out} again`;
  const problems = (await new Program(program).build({ root: project, out: again, date, portable: true })).problems;
  outcome.check('a second build is the same', [...problems, ...when((await treeHash(out)) === (await treeHash(again)), 'it differs')]);
  const files = await filesUnder(out);
  outcome.check('nothing for hosts', files.filter((file) => /(^|\/)(_headers|_redirects|\.nojekyll|robots\.txt|sitemap\.xml|feed\.xml|.*\.bin)$/.test(file)));
}

/** @returns {Promise<Outcome>} */
export async function checkPortable(program, project, date, outcome = new Outcome('portable')) {
  const folder = await mkdtemp(path.join(tmpdir(), 'guidepost-portable-'));
  const out = path.join(folder, 'Mémoire de Zoë', 'a site');
  try {
    const { problems } = await new Program(program).build({ root: project, out, date, portable: true });
    outcome.check('it is built', problems);
    if (problems.length > 0) return outcome;
    await contents(program, project, date, out, outcome);
    const expected = await expectedTitles(program, project, date);
    for (const site of await sitesIn(out)) {
      const root = pathToFileURL(`${site}/`).href;
      await checkFolder(site, outcome);
      await withBrowser(async (browser) => {
        for (const part of [searches, danger, failures, hosted]) {
          const place = { root, site, expected };
          await part(browser, place, outcome).catch((error) => outcome.check(`${part.name} runs to its end`, [String(error)]));
        }
      });
    }
    await large(program, folder, date, outcome);
    return outcome;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (startedAsCommand(import.meta.url)) {
  const { program, project, date } = options(['program', 'project', 'date']);
  (await checkPortable(program, project, date)).finish();
}
