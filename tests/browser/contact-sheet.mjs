// What comes in: a built site. What goes out: a PNG of one page of each template at every width, light and
// dark, and as printed; and one sheet for each template with all of them side by side.
//   node contact-sheet.mjs --site DIR --base-url https://…/ --out DIR

import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { withBrowser, withPage } from './ground/browser.mjs';
import { options } from './ground/command.mjs';
import { onePerTemplate } from './ground/pages.mjs';
import { answerTab } from './ground/server.mjs';

const WIDTHS = [360, 768, 1280];
/** Longer pages are cut off, in pixels. */
const LONGEST = 2400;
/** A4 at 96 pixels an inch, less the margins. */
const PAPER = 720;

const VIEWS = [
  ...WIDTHS.flatMap((width) => [{ name: `${width}-light`, width }, { name: `${width}-dark`, width, dark: true }]),
  { name: 'print', width: PAPER, print: true },
];

async function shoot(browser, view, site, baseUrl, address, file) {
  await withPage(browser, { width: view.width, height: 800, dark: view.dark }, async (page) => {
    await answerTab(page, site, baseUrl);
    await page.goto(baseUrl + address, { waitUntil: 'load' });
    if (view.print) await page.emulateMediaType('print');
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    // the window is made as tall as the shot, so that what sticks to its edge is where a reader sees it first
    const clip = { x: 0, y: 0, width: view.width, height: Math.max(400, Math.min(height, LONGEST)) };
    await page.screenshot({ path: file, clip, captureBeyondViewport: true });
  });
}

/** A page of its own that shows pictures side by side. */
function sheet(title, shots) {
  const figures = shots.map(({ name, file, width }) => {
    const shown = Math.round(Math.min(width, 1280) * 0.45);
    return `<figure><figcaption>${name}</figcaption><img src="${pathToFileURL(file)}" width="${shown}" alt=""></figure>`;
  });
  return `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>${title}</title><style>
    body { margin: 24px; font: 16px/1.4 sans-serif; background: #777; color: #fff; width: max-content; }
    main { display: flex; gap: 20px; align-items: flex-start; } figure { margin: 0; } img { display: block; }
    </style><h1>${title}</h1><main>${figures.join('')}</main></html>`;
}

async function compose(browser, title, shots, out) {
  const html = `${out}.html`;
  await writeFile(html, sheet(title, shots));
  await withPage(browser, { width: 2600, height: 800 }, async (page) => {
    await page.goto(pathToFileURL(html).href, { waitUntil: 'load' });
    const box = await page.evaluate(() => ({ width: document.body.scrollWidth + 48, height: document.body.scrollHeight + 48 }));
    await page.setViewport(box);
    await page.screenshot({ path: `${out}.png` });
  });
  await rm(html);
}

const { site, 'base-url': baseUrl, out } = options(['site', 'base-url', 'out']);
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const templates = await onePerTemplate(site);
await withBrowser(async (browser) => {
  for (const { template, address } of templates) {
    const shots = [];
    for (const view of VIEWS) {
      const file = path.join(path.resolve(out), `${template}-${view.name}.png`);
      await shoot(browser, view, site, baseUrl, address, file);
      shots.push({ ...view, file });
    }
    const name = path.join(path.resolve(out), `sheet-${template}`);
    await compose(browser, `${template}: /${address}`, shots, name);
    process.stdout.write(`${name}.png\n`);
  }
});
process.stdout.write(`${templates.length} templates, ${templates.length * VIEWS.length} pictures in ${out}\n`);
