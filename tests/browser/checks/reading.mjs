// What is left without JavaScript and on paper: the whole text, a way to every section, the reporting routes.
//   node checks/reading.mjs --site DIR --base-url https://…/some/base/ --project DIR

import { withBrowser, withPage } from '../ground/browser.mjs';
import { options, startedAsCommand } from '../ground/command.mjs';
import { Outcome } from '../ground/outcome.mjs';
import { onePerTemplate } from '../ground/pages.mjs';
import { routesOf } from '../ground/project.mjs';
import { answerTab } from '../ground/server.mjs';

/** Text as a reader sees it, with one space wherever there is room. */
const visibleText = () => document.body.innerText.replace(/\s+/g, ' ');

/** Runs in the page: words of `main`, whether shown or not. */
const mainWords = () => {
  const main = document.querySelector('main');
  return main ? main.innerText.split(/\s+/).filter(Boolean) : [];
};

/** Runs in the page: links of the navigation that can be seen and pressed, as the reader finds the page. */
const openLinks = () =>
  [...document.querySelectorAll('header a[href], nav a[href]')]
    .filter((link) => link.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter((link) => link.getBoundingClientRect().width > 1 && !link.hash)
    .filter((link) => new URL(link.href).origin === location.origin && link.href !== location.href)
    .map((link) => link.href);

/** Runs in the page: what is folded away although it is printed. */
const folded = () =>
  [...document.querySelectorAll('main details')]
    .filter((details) => details.checkVisibility())
    .flatMap((details) => [...details.children].filter((child) => child.tagName !== 'SUMMARY'))
    .filter((child) => !child.checkVisibility({ contentVisibilityAuto: true }) || child.getBoundingClientRect().height === 0)
    .map((child) => `is folded away on paper: ${child.textContent.trim().slice(0, 80)}`);

/** Opens one page of the site and gives what `use` makes of it. */
function read(browser, way, { site, baseUrl, address }, use) {
  return withPage(browser, way, async (page) => {
    await answerTab(page, site, baseUrl);
    await page.goto(baseUrl + address, { waitUntil: 'load' });
    return use(page);
  });
}

async function withoutScript(browser, place, width) {
  const words = await read(browser, { width }, place, (page) => page.evaluate(mainWords));
  return read(browser, { width, script: false }, place, async (page) => {
    const plain = new Set(await page.evaluate(mainWords));
    const missing = words.filter((word) => !plain.has(word));
    const problems = plain.size === 0 ? ['has no text in <main>'] : [];
    // a script may add a word or two of its own (“Copied”), but no part of the content
    if (missing.length > 5 + words.length / 50) problems.push(`lacks without JavaScript: ${missing.slice(0, 12).join(' ')} …`);
    const links = await page.evaluate(openLinks);
    if (links.length === 0) problems.push('has no link of its navigation in sight');
    for (const link of links.slice(0, 1)) {
      const answer = await page.goto(link, { waitUntil: 'load' });
      if (answer?.status() !== 200) problems.push(`${link} is answered with ${answer?.status()}`);
    }
    return problems;
  });
}

async function onPaper(browser, place, routes) {
  return read(browser, { width: 794, script: false }, place, async (page) => {
    await page.emulateMediaType('print');
    const shown = await page.evaluate(visibleText);
    const digits = shown.replace(/[^0-9]/g, '');
    const problems = await page.evaluate(folded);
    for (const route of routes) {
      if (!shown.includes(route.title)) problems.push(`does not print the route “${route.title}”`);
      for (const phone of route.phones) {
        if (!digits.includes(phone)) problems.push(`does not print ${phone} of “${route.title}”`);
      }
    }
    return problems;
  });
}

/**
 * @param {string} [only] the one file to look at
 * @returns {Promise<Outcome>} three checks for each template
 */
export async function checkReading(site, baseUrl, project, outcome = new Outcome('reading'), only = undefined) {
  const routes = await routesOf(project);
  outcome.check('the project has reporting routes', routes.length === 0 ? ['it has none'] : []);
  await withBrowser(async (browser) => {
    for (const { template, address, file } of await onePerTemplate(site)) {
      if (only !== undefined && file !== only) continue;
      const place = { site, baseUrl, address };
      outcome.check(`${template} (/${address}) without JavaScript, 1280`, await withoutScript(browser, place, 1280));
      outcome.check(`${template} (/${address}) without JavaScript, 360`, await withoutScript(browser, place, 360));
      outcome.check(`${template} (/${address}) on paper`, await onPaper(browser, place, routes));
    }
  });
  return outcome;
}

if (startedAsCommand(import.meta.url)) {
  const { site, 'base-url': baseUrl, project } = options(['site', 'base-url', 'project']);
  (await checkReading(site, baseUrl, project)).finish();
}
