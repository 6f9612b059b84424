// Somebody else's project: a new one, and a folder with one Markdown file. Each builds without a
// diagnostic into a site that holds no word of the sample.
//   node checks/strangers.mjs --program FILE --project DIR --date YYYY-MM-DD

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { options, startedAsCommand } from '../ground/command.mjs';
import { filesUnder, sitesIn } from '../ground/files.mjs';
import { Outcome } from '../ground/outcome.mjs';
import { readPages, text } from '../ground/pages.mjs';
import { Program, diagnosticsIn, run } from '../ground/program.mjs';
import { readConfig, readContacts, readSources } from '../ground/project.mjs';

/** Ofcom's numbers for drama, which the sample uses for everything of its own; only digits are compared. */
const DRAMA = /^(01632960|0113496|0114496|0115496|0116496|0117496|0118496|0121496|0131496|0141496|0151496|0161496|0171946|0207946|02079460|02890180|02920180|01914980|07700900|0808157|0909879|03069990)/;

const digits = (value) => String(value).replace(/[^0-9]/g, '');

/** The text of a page as it is read, without what only separates it. */
const plain = (value) => value.replace(/[\u00a0\s]+/g, ' ').replace(/[‘’]/g, "'").toLowerCase();

/** Words of the sample: its names, its places, its own numbers and addresses, its sentences. */
export async function wordsOf(project) {
  const config = await readConfig(project);
  const names = [config.name, config.base_url && new URL(config.base_url).host];
  // a role or a team may be called the same anywhere; a place may not
  for (const [key, value] of Object.entries(config.facts ?? {})) {
    if (/area|place|town|borough/.test(key) && typeof value === 'string') names.push(value);
  }
  const place = /^(.*\S) Council$/.exec(config.name ?? '');
  if (place) names.push(place[1]);
  const numbers = [];
  for (const contact of Object.values(await readContacts(project))) {
    for (const field of ['phone', 'textphone', 'sms']) {
      if (DRAMA.test(digits(contact[field] ?? ''))) numbers.push(digits(contact[field]));
    }
    if (contact.email) names.push(contact.email);
  }
  const sentences = (await readSources(project, '9999-12-31')).flatMap(({ front, body }) => [
    ...(front.summary ? [String(front.summary)] : []),
    ...body.split('\n').filter((line) => /^[A-Z][^[\]{}<>*_`|:]{49,}$/.test(line)),
  ]);
  return { names: names.filter(Boolean).map((name) => plain(String(name))), numbers, sentences: sentences.map(plain) };
}

/** What of the sample is in a built site. */
async function found(out, words) {
  const problems = [];
  for (const file of await filesUnder(out)) {
    const raw = await readFile(path.join(out, file), 'utf8');
    const shown = plain(raw);
    for (const name of [...words.names, ...words.sentences]) if (shown.includes(name)) problems.push(`${file} holds “${name.slice(0, 80)}”`);
    // numbers are written in groups; only runs of digits, spaces and hyphens are one number
    const numbers = (shown.match(/\+?\d[\d ()-]{7,}\d/g) ?? []).map(digits);
    for (const number of words.numbers) if (numbers.includes(number)) problems.push(`${file} holds the number ${number}`);
  }
  return problems;
}

async function looksFinished(out, title) {
  const pages = await readPages(out).catch(() => []);
  const start = pages.find((page) => page.file === 'index.html');
  if (!start) return ['there is no index.html'];
  return title === undefined || text(start.document).includes(title) ? [] : [`the start page does not say “${title}”`];
}

async function checkSite(guidepost, name, root, out, date, words, title, outcome) {
  const built = await guidepost.build({ root, out, date });
  outcome.check(`${name}: builds`, built.problems);
  outcome.check(`${name}: without a diagnostic`, built.diagnostics);
  const sites = await sitesIn(out);
  outcome.check(`${name}: is a site`, sites.length === 0 ? ['there is none'] : await looksFinished(sites[0], title));
  outcome.check(`${name}: no word of the sample`, sites.length === 0 ? ['nothing to look at'] : await found(out, words));
}

async function checkNew(guidepost, folder, date, words, outcome) {
  const root = path.join(folder, 'new');
  const made = await run(guidepost.file, ['new', root, '--date', date], { cwd: folder });
  outcome.check('new project: is made', made.code === 0 ? [] : [`exit code ${made.code}: ${made.stderr.slice(-400)}`]);
  await checkSite(guidepost, 'new project', root, path.join(folder, 'new-site'), date, words, undefined, outcome);
  const checked = await run(guidepost.file, ['check', '--root', root, '--date', date, '--strict', '--format', 'json']);
  const diagnostics = diagnosticsIn(`${checked.stdout}\n${checked.stderr}`).map((d) => `${d.code}: ${d.message}`);
  outcome.check('new project: passes the strictest check', checked.code === 0 ? diagnostics : [`exit code ${checked.code}`, ...diagnostics]);
}

async function checkOneFile(guidepost, folder, date, words, outcome) {
  const root = path.join(folder, 'one');
  await mkdir(root);
  await writeFile(path.join(root, 'index.md'), '# Rowing for beginners\n\nSit down before you push off.\n');
  await checkSite(guidepost, 'one file', root, path.join(folder, 'one-site'), date, words, 'Rowing for beginners', outcome);
}

async function checkNoProject(guidepost, folder, date, outcome) {
  const root = path.join(folder, 'empty');
  await mkdir(root);
  await writeFile(path.join(root, 'notes.txt'), 'no Markdown here\n');
  const built = await guidepost.build({ root, out: path.join(folder, 'empty-site'), date });
  outcome.check('a folder without Markdown is refused', built.code === 0 ? ['it was built'] : []);
}

/** @returns {Promise<Outcome>} */
export async function checkStrangers(program, project, date, outcome = new Outcome('strangers')) {
  const folder = await mkdtemp(path.join(tmpdir(), 'guidepost-strangers-'));
  try {
    const guidepost = new Program(program);
    const words = await wordsOf(project);
    outcome.check('the sample has words of its own', words.names.length > 0 && words.sentences.length > 0 ? [] : ['none were found']);
    await checkNew(guidepost, folder, date, words, outcome);
    await checkOneFile(guidepost, folder, date, words, outcome);
    await checkNoProject(guidepost, folder, date, outcome);
    outcome.note(`looked for ${words.names.length} names, ${words.numbers.length} numbers, ${words.sentences.length} sentences`);
    return outcome;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (startedAsCommand(import.meta.url)) {
  const { program, project, date } = options(['program', 'project', 'date']);
  (await checkStrangers(program, project, date)).finish();
}
