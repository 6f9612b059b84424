// The checks, checked: each passes what is good and fails what is faulty, for the reason meant.
//   node faults/faults.mjs [--only NAME]

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkAxe } from '../checks/axe.mjs';
import { checkLinks } from '../checks/crawl.mjs';
import { checkFolder } from '../checks/folder.mjs';
import { checkHtmlValidate } from '../checks/html-validate.mjs';
import { checkKills } from '../checks/kill.mjs';
import { checkLeaks } from '../checks/leaks.mjs';
import { checkNu } from '../checks/nu.mjs';
import { checkPreview } from '../checks/preview.mjs';
import { checkReading } from '../checks/reading.mjs';
import { checkReflow } from '../checks/reflow.mjs';
import { checkReproducible } from '../checks/reproducible.mjs';
import { checkStrangers } from '../checks/strangers.mjs';
import { checkTargets } from '../checks/targets.mjs';
import { options } from '../ground/command.mjs';
import { filesUnder } from '../ground/files.mjs';
import { Outcome } from '../ground/outcome.mjs';
import { SITE_FAULTS, PROGRAM_FAULTS } from './table.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const good = path.join(here, 'good');
const project = path.join(here, 'project');
const program = path.join(here, 'stand-in.mjs');
const BASE_URL = 'https://guidance.example.gov.uk/some/base/';
const DATE = '2026-11-22';

const SITE_CHECKS = {
  nu: (site, quiet) => checkNu(site, quiet),
  'html-validate': (site, quiet) => checkHtmlValidate(site, BASE_URL, quiet),
  crawl: (site, quiet) => checkLinks(site, BASE_URL, quiet),
  folder: (site, quiet) => checkFolder(site, quiet),
  axe: (site, quiet, file) => checkAxe(site, BASE_URL, quiet, file),
  reflow: (site, quiet, file) => checkReflow(site, BASE_URL, quiet, file),
  targets: (site, quiet, file) => checkTargets(site, BASE_URL, quiet, file),
  reading: (site, quiet, file) => checkReading(site, BASE_URL, project, quiet, file),
};

const PROGRAM_CHECKS = {
  leaks: (quiet) => checkLeaks(program, project, DATE, quiet),
  strangers: (quiet) => checkStrangers(program, project, DATE, quiet),
  reproducible: (quiet) => checkReproducible(program, project, DATE, quiet),
  kill: (quiet) => checkKills(program, project, DATE, { kills: 12 }, quiet),
  preview: (quiet, patience) => checkPreview(program, project, DATE, quiet, patience),
};

const silent = (name) => new Outcome(name, { silent: true });
const told = (outcome) => outcome.failures.flatMap(({ what, problems }) => problems.map((problem) => `${what}: ${problem}`));

/** What is wrong with a check that was shown a fault. */
function missed(outcome, expected) {
  const problems = told(outcome);
  if (problems.length === 0) return ['found nothing wrong'];
  return problems.some((problem) => expected.test(problem)) ? [] : [`found something else than ${expected}:`, ...problems];
}

/** The good site as it is without a host: pages are named by their files, and the 404 page stands beside the first. */
async function withoutHost(folder) {
  const site = path.join(folder, 'without host');
  await cp(good, site, { recursive: true });
  for (const file of (await filesUnder(site)).filter((name) => name.endsWith('.html'))) {
    const text = await readFile(path.join(site, file), 'utf8');
    const near = file === '404.html' ? text.replaceAll(BASE_URL, './') : text;
    await writeFile(path.join(site, file), near.replaceAll(/((?:href="|url=)(?!https)[^"#]*\/)(?=["#])/g, '$1index.html'));
  }
  return site;
}

/** A copy of a good site with one thing changed. */
async function spoiled(whole, folder, index, { file, from, to, add }) {
  const site = path.join(folder, String(index));
  await cp(whole, site, { recursive: true });
  const place = path.join(site, file);
  if (add !== undefined) {
    await writeFile(place, add);
    return site;
  }
  const text = await readFile(place, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  await writeFile(place, text.replaceAll(from, to));
  return site;
}

async function siteFaults(folder, wanted, outcome) {
  for (const [name, check] of Object.entries(SITE_CHECKS).filter(([name]) => wanted(name))) {
    const whole = name === 'folder' ? await withoutHost(folder) : good;
    outcome.check(`${name} passes the good site`, told(await check(whole, silent(name))));
    for (const [index, fault] of SITE_FAULTS.filter((one) => one.check === name).entries()) {
      // a fault of a style sheet or script is looked for on one page
      const page = fault.file.endsWith('.html') ? fault.file : 'faqs/index.html';
      const site = await spoiled(whole, folder, `${name}-${index}`, fault);
      outcome.check(`${name} finds: ${fault.what}`, missed(await check(site, silent(name), page), fault.expected));
    }
  }
}

async function programFaults(wanted, outcome) {
  for (const [name, check] of Object.entries(PROGRAM_CHECKS).filter(([name]) => wanted(name))) {
    outcome.check(`${name} passes the good program`, told(await check(silent(name))));
    for (const fault of PROGRAM_FAULTS.filter((one) => one.check === name)) {
      process.env.STAND_IN_FAULT = fault.fault;
      outcome.check(`${name} finds: ${fault.fault}`, missed(await check(silent(name), 3000), fault.expected));
      delete process.env.STAND_IN_FAULT;
    }
  }
}

const { only } = options(['only'], []);
const wanted = (name) => only === undefined || only === name;
const outcome = new Outcome('faults');
const folder = await mkdtemp(path.join(tmpdir(), 'guidepost-faults-'));
try {
  await siteFaults(folder, wanted, outcome);
  await programFaults(wanted, outcome);
} finally {
  await rm(folder, { recursive: true, force: true });
}
outcome.finish();
