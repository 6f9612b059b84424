// The search as its readers use it, by keyboard alone: a box on every page that loads nothing before it has focus,
// suggestions, results as one types, words of danger, a way back. No word typed may leave the browser.
//   node checks/search-page.mjs --site DIR --base-url https://…/some/base/

import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { withBrowser } from '../ground/browser.mjs';
import { options, startedAsCommand } from '../ground/command.mjs';
import { Outcome } from '../ground/outcome.mjs';
import { onePerTemplate, readPages } from '../ground/pages.mjs';
import { arrives, comes, focusedBox, found, inTree, pause, searchFiles, small, stored, visit, when } from '../ground/search.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** A target that a finger hits, in CSS pixels. */
const TARGET = 44;

/** Types on the search page and waits until its results are those of the new words. */
async function ask(page, words) {
  const before = await page.evaluate(() => document.querySelector('[data-heading]')?.textContent);
  await page.keyboard.press('/');
  await page.keyboard.type(words);
  return comes(page, (text, old) => {
    const heading = document.querySelector('[data-heading]')?.textContent ?? '';
    return heading !== old && heading.includes(text);
  }, words, before);
}

async function axe(page, source) {
  await page.evaluate(source);
  const results = await page.evaluate((tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags } }), TAGS);
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

// ---- Checks

/** Every template has a box that asks for nothing before it has focus. */
async function boxes(browser, place, outcome) {
  for (const { template, address } of await onePerTemplate(place.site)) {
    await visit(browser, place, {}, address, async (page, { requests }) => {
      const files = await page.evaluate(searchFiles);
      const problems = when(files.length === 2, 'has no box that knows its engine');
      problems.push(...(await page.evaluate(() => [...document.querySelectorAll('form[role=search] [name]')].map((one) => `has a field named ${one.name}`))));
      await pause(100);
      const asked = () => files.filter((file) => requests.some((request) => request.startsWith(`${file} `)));
      problems.push(...asked().map((file) => `asks for ${file} before the box has focus`));
      await page.keyboard.press('/');
      problems.push(...when(await page.evaluate(focusedBox), '`/` does not lead to the box'));
      problems.push(...(await page.evaluate(small, TARGET)));
      outcome.check(`box of ${template} (/${address})`, problems);
    });
  }
}

async function keys(browser, place, outcome) {
  await visit(browser, place, {}, '', async (page) => {
    await page.keyboard.down('Control');
    await page.keyboard.press('k');
    await page.keyboard.up('Control');
    outcome.check('Ctrl and K lead to the box', when(await page.evaluate(focusedBox), 'they do not'));
    await page.keyboard.type('and/or');
    const value = await page.evaluate(() => document.activeElement.value);
    outcome.check('`/` can be typed in the box', when(value === 'and/or', `the box holds ${value}`));
    await comes(page, () => document.activeElement.closest('form').querySelector('[role=listbox]') !== null);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    outcome.check('Escape empties the box', when((await page.evaluate(() => document.activeElement.value)) === '', 'it does not'));
  });
  await visit(browser, place, {}, 'search/', async (page) => {
    await page.evaluate(() => document.querySelector('[data-shortcut] button').click());
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('/');
    outcome.check('the `/` key can be turned off', when(!(await page.evaluate(focusedBox)), 'it still leads to the box'));
    await page.evaluate(() => document.querySelector('[data-shortcut] button').click());
    outcome.check('turned on again it leaves no trace', await page.evaluate(stored));
  });
}

async function suggestions(browser, place, outcome, source) {
  await visit(browser, place, {}, 'faqs/', async (page) => {
    await page.keyboard.press('/');
    await page.keyboard.type('super');
    const open = await comes(page, () => document.activeElement.getAttribute('aria-expanded') === 'true');
    outcome.check('suggestions come', when(open, 'they do not'));
    outcome.check('none is chosen at first', when(!(await page.evaluate(() => document.activeElement.getAttribute('aria-activedescendant'))), 'one is'));
    await page.keyboard.press('ArrowDown');
    const chosen = await page.evaluate(() => {
      const field = document.activeElement;
      const option = document.getElementById(field.getAttribute('aria-activedescendant') ?? '');
      return { field: field.matches('[role=combobox]'), selected: option?.getAttribute('aria-selected'), value: field.value };
    });
    outcome.check('an arrow chooses, focus and text stay', when(chosen.field && chosen.selected === 'true' && chosen.value === 'super', JSON.stringify(chosen)));
    const tree = await page.accessibility.snapshot({ interestingOnly: false });
    const box = inTree(tree, ({ role }) => role === 'combobox');
    const option = inTree(tree, ({ role }) => role === 'option');
    outcome.check('a screen reader gets a box with a name', when(box?.expanded && box.name, `${box?.name} ${box?.expanded}`));
    outcome.check('and what can be chosen', when(option?.name, 'it gets no option'));
    outcome.check('suggestions are large enough', await page.evaluate(small, TARGET));
    outcome.check('axe, suggestions', await axe(page, source));
    const said = await comes(page, () => /\d/.test(document.querySelector('[data-search-status]').textContent));
    outcome.check('their number is said', when(said, 'it is not'));
    await page.keyboard.press('Escape');
    const closed = await page.evaluate(() => [document.activeElement.getAttribute('aria-expanded'), document.activeElement.value]);
    outcome.check('Escape closes and keeps the words', when(closed.join() === 'false,super', closed.join()));
    await page.keyboard.press('ArrowDown');
    await comes(page, () => document.activeElement.getAttribute('aria-expanded') === 'true');
    await page.keyboard.press('ArrowDown');
    const left = await arrives(page, () => page.keyboard.press('Enter'), (url) => !url.endsWith('/faqs/'));
    outcome.check('Enter follows what is chosen', when(left, `stays on ${page.url()}`));
  });
  await visit(browser, place, {}, 'faqs/', async (page, { requests }) => {
    await page.keyboard.press('/');
    await page.keyboard.type('will you take my kids');
    await arrives(page, () => page.keyboard.press('Enter'), (url) => url.includes('/search/'));
    outcome.check('Enter leads to the search page', when(page.url().endsWith('search/#q=will%20you%20take%20my%20kids'), page.url()));
    const shown = await comes(page, () => document.querySelectorAll('[data-list] a').length > 0);
    outcome.check('the question from another page is answered', when(shown, 'nothing is found'));
    outcome.check('no word leaves the browser', requests.filter((request) => /kids/.test(request)));
    outcome.check('nothing is stored', await page.evaluate(stored));
  });
}

async function answers(browser, place, outcome, source) {
  const files = new Map((await readPages(place.site)).map((page) => [place.baseUrl + page.address, page.html]));
  await visit(browser, place, {}, 'search/', async (page, { requests }) => {
    outcome.check('at first everything is there', when((await page.evaluate(found)).everything, 'it is not'));
    outcome.check('results come as one types', when(await ask(page, 'supervision'), 'they do not'));
    const first = await page.evaluate(found);
    outcome.check('the heading counts', when(/\d/.test(first.heading) && first.links.length > 0, first.heading));
    outcome.check('words are marked', when(first.marks.some((mark) => /supervis/i.test(mark)), first.marks.join()));
    outcome.check('the list is in sight alone', when(first.shown && !first.everything, 'the A to Z is still there'));
    const dead = first.links.filter((link) => {
      const [address, anchor] = link.split('#');
      const html = files.get(address);
      return html === undefined || (anchor && !html.includes(`id="${decodeURIComponent(anchor)}"`));
    });
    outcome.check('results lead somewhere', dead.map((link) => `${link} does not exist`));
    const said = await comes(page, () => /\d/.test(document.querySelector('[data-status]').textContent));
    outcome.check('the number is said after a pause', when(said, 'it is not'));
    outcome.check('targets are large enough', await page.evaluate(small, TARGET));
    outcome.check('axe, results', await axe(page, source));
    outcome.check('no word leaves the browser while typing', requests.filter((request) => /superv/.test(request.split(' ')[0])));
    await page.keyboard.press('Enter');
    const focused = await comes(page, () => document.activeElement?.matches('[data-heading]'));
    outcome.check('Enter leads to the heading', when(focused, 'it does not'));
    await page.keyboard.press('Tab');
    await history(page, outcome, first);
  });
  await signs(browser, place, outcome);
  await dangerFirst(browser, place, outcome);
  await filters(browser, place, outcome);
}

/** A page in another language is found and suggested in that: with the engine's words put into the page's own scripts. */
async function languages(browser, place, outcome, source) {
  const welsh = { url: 'cymraeg/', title: 'Ymweliad', lang: 'cy', dir: 'ltr' };
  const spoken = () => [...document.querySelectorAll('[data-list] [lang], [role=option] [lang]')].map((one) => `${one.lang} ${one.dir}: ${one.textContent}`).join('; ');
  await visit(browser, place, {}, 'search/', async (page) => {
    await ask(page, 'supervision');
    await page.evaluate((welsh) => {
      const urdu = { ...welsh, title: 'دورہ', lang: 'ur', dir: 'rtl', kind: 'component', kindLabel: 'Component', heading: '', anchor: '' };
      const hit = { ...urdu, crumbs: [welsh, { url: 'help/', title: 'Help' }], excerpt: [{ text: 'سماجی', mark: false }] };
      const results = guidepost.results(document.querySelector('[data-results]'));
      results.draw({ q: 'x', audience: '', kind: '' }, { total: 1, results: [hit] });
    }, welsh);
    const expected = 'ur rtl: دورہ; cy ltr: Ymweliad; ur rtl: سماجی';
    const said = await page.evaluate(spoken);
    outcome.check('title, excerpt and each page above say their language, the kind does not', when(said === expected, said));
    outcome.check('axe, results in another language', await axe(page, source));
  });
  await visit(browser, place, {}, '', async (page) => {
    await page.keyboard.press('/');
    await comes(page, () => document.querySelector('[role=listbox]') !== null);
    await page.evaluate(async (welsh) => {
      (await guidepost.searchBox.open()).suggest = () => [welsh, { url: 'help/', title: 'Help' }];
    }, welsh);
    await page.keyboard.type('ymwel');
    await comes(page, () => document.activeElement.getAttribute('aria-expanded') === 'true');
    const said = await page.evaluate(spoken);
    outcome.check('a suggestion says its language', when(said === 'cy ltr: Ymweliad', said));
  });
}

/** From the list to a page and back: to a page the browser kept, if it keeps pages, and to one it makes anew. */
async function listAndBack(page, outcome, first, way) {
  await page.focus('[data-list] li:nth-child(2) a');
  const target = await page.evaluate(() => document.activeElement.href);
  const left = await arrives(page, () => page.keyboard.press('Enter'), (url) => url === target);
  outcome.check(`Enter opens a result ${way}`, when(left, `${page.url()} is open, not ${target}`));
  const marked = await comes(page, () => document.querySelector('main mark.found') !== null);
  outcome.check(`its words are marked on the page ${way}`, when(marked, 'none is'));
  await page.goBack({ waitUntil: 'load' });
  const back = await comes(page, (heading) => document.querySelector('[data-heading]')?.textContent === heading, first.heading);
  outcome.check(`Back shows the same results ${way}`, when(back, `shows ${(await page.evaluate(found)).heading}`));
  const place = await comes(page, (link) => document.activeElement?.href === link, target);
  outcome.check(`and the place in the list ${way}`, when(place, `focus is on ${await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 80))}`));
}

/** From the list to a page and back; from one question to the one before. */
async function history(page, outcome, first) {
  await page.evaluate(() => (window.kept = true));
  await listAndBack(page, outcome, first, '(as the browser likes)');
  outcome.note(`Back led to a page that ${(await page.evaluate(() => window.kept)) ? 'was kept' : 'was made anew'}`);
  // A page that listens to its end is not kept.
  await page.evaluate(() => {
    window.kept = true;
    addEventListener('unload', () => {});
  });
  await listAndBack(page, outcome, first, '(made anew)');
  outcome.check('which was made anew', when(!(await page.evaluate(() => window.kept)), 'it was kept'));
  await ask(page, 'workbook');
  await page.keyboard.press('Enter');
  await comes(page, () => document.activeElement?.matches('[data-heading]'));
  await page.goBack();
  const before = await comes(page, (heading) => document.querySelector('[data-heading]')?.textContent === heading, first.heading);
  const value = await page.evaluate(() => document.querySelector('#page-search').value);
  outcome.check('Back leads to the question before', when(before && value === 'supervision', `${value}: ${(await page.evaluate(found)).heading}`));
}

/** Words with apostrophes and hyphens are marked like others, and leave the box of the page they led to alone. */
async function signs(browser, place, outcome) {
  await visit(browser, place, {}, `search/#q=${encodeURIComponent("family's don't multi-agency")}`, async (page) => {
    await comes(page, () => document.querySelectorAll('[data-list] a').length > 0);
    await page.focus('[data-list] a');
    const target = await page.evaluate(() => document.activeElement.href);
    await arrives(page, () => page.keyboard.press('Enter'), (url) => url === target);
    const marked = await comes(page, () => document.querySelector('main mark.found') !== null);
    outcome.check('words with signs in them are marked', when(marked, 'none is'));
    await page.keyboard.press('/');
    const works = await comes(page, () => document.activeElement?.closest('form[data-search]') && document.querySelector('[role=listbox]') !== null);
    outcome.check('and the box there still works', when(works, 'it does not'));
  });
}

/** Who to call is shown before any page is, also where the pages never come. */
async function dangerFirst(browser, place, outcome) {
  await visit(browser, place, {}, 'search/', async (page) => {
    // The texts of pages stand in files of their own: they wait, and then all fail, those asked for later as well.
    await page.evaluate(() => {
      const { fetch } = window;
      const waiting = (window.waiting = []);
      const refused = () => new Error('refused');
      const late = () => new Promise((_, fail) => (window.refusing ? fail(refused()) : waiting.push(() => fail(refused()))));
      window.fetch = (address, ...rest) => (String(address).includes('text-') ? late() : fetch(address, ...rest));
    });
    await page.keyboard.press('/');
    await page.keyboard.type('he hit me');
    const first = await comes(page, () => window.waiting.length && document.querySelector('.danger-immediate')?.checkVisibility());
    outcome.check('who to call waits for no page', when(first, await page.evaluate(() => document.querySelector('[data-results]').innerText.slice(0, 200))));
    await page.evaluate(() => {
      window.refusing = true;
      for (const fail of window.waiting) fail();
    });
    const failed = await comes(page, () => document.querySelector('[data-heading]').textContent === document.querySelector('[data-results]').dataset.failed);
    const stays = await page.evaluate(() => document.querySelector('.danger-immediate')?.checkVisibility());
    outcome.check('and stays where the pages never come', when(failed && stays, (await page.evaluate(found)).heading));
    outcome.check('which are below, then', when((await page.evaluate(found)).everything, 'they are not'));
  });
}

async function filters(browser, place, outcome) {
  await visit(browser, place, {}, 'search/#q=family', async (page) => {
    const offered = await comes(page, () => document.querySelectorAll('#filter-audience option').length > 2);
    outcome.check('readers can be chosen', when(offered, 'no choice is offered'));
    if (!offered) return;
    const all = (await page.evaluate(found)).heading;
    await page.focus('#filter-audience');
    const wanted = await page.evaluate(() => Number(/\((\d+)\)/.exec(document.querySelector('#filter-audience').options[1].textContent)?.[1]));
    await page.keyboard.press('ArrowDown');
    const fewer = await comes(page, (old) => document.querySelector('[data-heading]').textContent !== old, all);
    const now = (await page.evaluate(found)).heading;
    outcome.check('a choice shows fewer pages', when(fewer && Number(/\d+/.exec(now)?.[0]) === wanted, `${all} became ${now}, not ${wanted}`));
    outcome.check('the choice is in the address', when(/#q=family&audience=\w+/.test(page.url()), page.url()));
    outcome.check('focus stays on the choice', when(await page.evaluate(() => document.activeElement.id === 'filter-audience'), 'it does not'));
    await page.reload({ waitUntil: 'load' });
    const kept = await comes(page, (text) => document.querySelector('[data-heading]')?.textContent === text, now);
    outcome.check('the address brings it back', when(kept, (await page.evaluate(found)).heading));
    await page.goBack();
    const undone = await comes(page, (text) => document.querySelector('[data-heading]').textContent === text, all);
    outcome.check('Back takes the choice away', when(undone, (await page.evaluate(found)).heading));
  });
}

async function mistakes(browser, place, outcome, source) {
  // Marks around a word are none of its letters.
  await visit(browser, place, {}, `search/#q=${encodeURIComponent('group ‘supervison’')}`, async (page) => {
    const corrected = await comes(page, () => document.querySelector('[data-corrected-place] strong')?.textContent === 'supervision');
    outcome.check('a typing mistake is mended and named', when(corrected, await page.evaluate(() => document.querySelector('[data-results]').innerText.slice(0, 200))));
    outcome.check('targets are large enough beside a mended word', await page.evaluate(small, TARGET));
    if (corrected) {
      await page.focus('[data-corrected-place] a');
      await page.keyboard.press('Enter');
      const exact = await comes(page, () => !document.querySelector('[data-corrected-place]').checkVisibility());
      outcome.check('one can search for exactly what was typed', when(exact, 'it is still mended'));
      outcome.check('focus is not lost', when(await comes(page, () => document.activeElement !== document.body), 'it is'));
    }
  });
  await visit(browser, place, {}, 'search/#q=xqzzyqx%20supervision', async (page) => {
    const named = await comes(page, () => document.querySelector('[data-dropped-place]')?.textContent.includes('xqzzyqx'));
    outcome.check('an unknown word is named', when(named, 'it is not'));
    outcome.check('the other words still find', when((await page.evaluate(found)).links.length > 0, 'nothing is found'));
    const said = await comes(page, () => document.querySelector('[data-status]').textContent.includes('xqzzyqx”'));
    outcome.check('and the unknown one is said', when(said, (await page.evaluate(found)).status));
  });
  await visit(browser, place, {}, 'search/', async (page) => {
    // the last character that is taken is half of a sign
    await page.evaluate((text) => Object.assign(document.querySelector('#page-search'), { value: text }).focus(), `${' visit'.repeat(60).slice(1, 300)}😀`);
    await page.keyboard.press('Enter');
    const answered = await comes(page, () => document.querySelectorAll('[data-list] a').length > 0);
    outcome.check('a long text may end within a sign', when(answered, 'nothing is found'));
  });
  for (const way of [{ width: 360 }, { width: 1280, dark: true }]) {
    await visit(browser, place, way, 'search/#q=xqzzyqx', async (page) => {
      await comes(page, () => document.querySelector('[data-none]')?.checkVisibility());
      const none = await page.evaluate(found);
      outcome.check(`nothing found at ${way.width} still helps`, when(none.shown && none.everything && none.links.length === 0, none.heading));
      outcome.check(`axe, nothing found at ${way.width}`, await axe(page, source));
    });
  }
  await visit(browser, place, {}, 'search/', async (page) => {
    await page.evaluate(() => (window.fetch = () => Promise.reject(new Error('refused'))));
    await page.keyboard.press('/');
    await page.keyboard.type('supervision');
    const failed = await comes(page, () => document.querySelector('[data-results]').checkVisibility());
    const state = await page.evaluate(found);
    outcome.check('without its index the page says so', when(failed && state.everything && state.heading !== '', `it shows: ${state.heading}`));
  });
  await visit(browser, place, {}, 'search/', async (page) => {
    await page.evaluate(() => (document.head.append = (script) => script.onerror()));
    await page.keyboard.press('/');
    const failed = await comes(page, () => document.querySelector('[data-results]').checkVisibility());
    const state = await page.evaluate(found);
    outcome.check('without its script, too', when(failed && state.everything && state.heading !== '', `it shows: ${state.heading}`));
  });
}

/** Words of danger: who to call stands above everything, also above nothing. */
async function danger(browser, place, outcome, source) {
  for (const [words, way] of [['scared he hit me', { width: 360 }], ['xqzzyqx hit', { width: 1280, dark: true }], ['bruise', { width: 768 }]]) {
    await visit(browser, place, way, `search/#q=${encodeURIComponent(words)}`, async (page) => {
      const shown = await comes(page, () => document.querySelector('.danger-immediate')?.checkVisibility());
      const state = await page.evaluate(() => {
        const panel = document.querySelector('.danger-panel');
        const heading = document.querySelector('[data-heading]');
        return {
          first: panel?.querySelector('a')?.getAttribute('href'),
          tel: [...(panel?.querySelectorAll('a[href^="tel:"]') ?? [])].length,
          above: panel ? Boolean(panel.compareDocumentPosition(heading) & Node.DOCUMENT_POSITION_FOLLOWING) : false,
        };
      });
      outcome.check(`“${words}” shows who to call`, when(shown && state.first === 'tel:999' && state.above, JSON.stringify(state)));
      outcome.check(`axe, “${words}”`, await axe(page, source));
      outcome.check(`targets, “${words}”`, await page.evaluate(small, TARGET));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      outcome.check(`“${words}” fits its window`, when(wide <= 0, `${wide} pixels too wide`));
    });
  }
}

/** Enter right after the last key leads past the panel: it is said, and nothing of the answer before is. */
async function hurry(browser, place, outcome) {
  await visit(browser, place, {}, 'search/', async (page) => {
    await page.evaluate(() => {
      const status = document.querySelector('[data-status]');
      window.said = [];
      new MutationObserver(() => window.said.push(status.textContent)).observe(status, { childList: true });
    });
    await page.keyboard.press('/');
    await page.keyboard.type('scared');
    await comes(page, () => document.querySelectorAll('[data-list] a').length > 0);
    await page.keyboard.type(' he hit me');
    await page.keyboard.press('Enter');
    await comes(page, () => document.activeElement?.matches('[data-heading]'));
    await pause(1300);
    // That a busy machine takes its time is said, too.
    const said = (await page.evaluate(() => window.said.filter((text) => text !== document.querySelector('[data-results]').dataset.waiting))).filter(Boolean);
    outcome.check('after Enter who to call is said, and only that', when(said.length === 1 && said[0].includes('999'), said.join(' | ')));
  });
}

async function withoutScript(browser, place, outcome) {
  await visit(browser, place, { script: false }, 'faqs/', async (page) => {
    const shown = await page.$eval('form[role=search] input', (input) => input.checkVisibility());
    outcome.check('without a script there is no field that loses words', when(!shown, 'it is there'));
    await page.focus('form[role=search] button');
    const left = await arrives(page, () => page.keyboard.press('Enter'), (url) => new URL(url).pathname.endsWith('/search/'));
    outcome.check('and the button leads to the search page', when(left, page.url()));
    const state = await page.evaluate(found);
    outcome.check('where everything is listed', when(state.everything && !state.shown, 'it is not'));
  });
}

/** @returns {Promise<Outcome>} */
export async function checkSearch(site, baseUrl, outcome = new Outcome('search-page')) {
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const place = { site: path.resolve(site), baseUrl, strangers: [], complaints: [] };
  await withBrowser(async (browser) => {
    for (const part of [boxes, keys, suggestions, answers, languages, mistakes, danger, hurry, withoutScript]) {
      await part(browser, place, outcome, source).catch((error) => outcome.check(`${part.name} runs to its end`, [String(error)]));
    }
  });
  outcome.check('nothing of other hosts', place.strangers);
  outcome.check('no complaint of the browser', place.complaints);
  return outcome;
}

if (startedAsCommand(import.meta.url)) {
  const { site, 'base-url': baseUrl } = options(['site', 'base-url']);
  (await checkSearch(site, baseUrl)).finish();
}
