// What a finger has to hit on a phone: everything in menus, and every button, field, choice and handle of something
// folded, is 44 pixels wide and high (WCAG 2.5.5). Links within text are left out, as there.
//   node checks/targets.mjs --site DIR --base-url https://…/some/base/

import { withBrowser, withPage } from '../ground/browser.mjs';
import { options, startedAsCommand } from '../ground/command.mjs';
import { Outcome } from '../ground/outcome.mjs';
import { readPages } from '../ground/pages.mjs';
import { answerTab } from '../ground/server.mjs';

const LEAST = 44;
const PHONE = { width: 360, height: 740, isMobile: true, hasTouch: true };

/** Runs in the page: what is too small, with everything open that opens. A label is a part of its field. */
function small(least) {
  document.querySelectorAll('details').forEach((details) => { details.open = true; });
  return [...document.querySelectorAll('nav a[href], nav button, button, select, summary, input:not([type=hidden]), textarea')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled)
    .map((one) => ({ one, boxes: [one, ...(one.labels ?? [])].map((part) => part.getBoundingClientRect()) }))
    // half a pixel is lost where a line of text is not a whole number of pixels high
    .filter(({ boxes }) => boxes.every(({ width, height }) => width < least - 0.5 || height < least - 0.5))
    .map(({ one, boxes: [{ width, height }] }) => `<${one.tagName.toLowerCase()}> “${one.textContent.trim().slice(0, 50)}” is ${Math.round(width)} by ${Math.round(height)} pixels`);
}

/**
 * @param {string} [only] the one file to look at
 * @returns {Promise<Outcome>} one check for each page
 */
export async function checkTargets(site, baseUrl, outcome = new Outcome('targets'), only = undefined) {
  const pages = (await readPages(site)).filter((page) => !page.redirect && (only === undefined || page.file === only));
  await withBrowser((browser) =>
    withPage(browser, {}, async (page) => {
      await page.setViewport(PHONE);
      await answerTab(page, site, baseUrl);
      for (const { address } of pages) {
        await page.goto(baseUrl + address, { waitUntil: 'load' });
        outcome.check(`/${address}`, await page.evaluate(small, LEAST));
      }
    }),
  );
  return outcome;
}

if (startedAsCommand(import.meta.url)) {
  const { site, 'base-url': baseUrl } = options(['site', 'base-url']);
  (await checkTargets(site, baseUrl)).finish();
}
