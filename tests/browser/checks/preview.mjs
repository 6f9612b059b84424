// The preview as an author meets it: a change is seen without a key being pressed, a mistake is named on
// the page while the last good text stays, and nobody else's page can look in.
//   node checks/preview.mjs --program FILE --project DIR --date YYYY-MM-DD

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { withBrowser, withPage } from '../ground/browser.mjs';
import { options, startedAsCommand } from '../ground/command.mjs';
import { copyProject } from '../ground/files.mjs';
import { Outcome } from '../ground/outcome.mjs';
import { freePort } from '../ground/program.mjs';
import { readSources } from '../ground/project.mjs';

/** How long an author waits before something is wrong, in milliseconds; a busy machine is slow. */
const PATIENCE = 15_000;

/** Status of a request with whatever headers one likes. */
function status(port, headers, target = '/', method = 'GET') {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: target, method, headers, setHost: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', reject);
    asked.end();
  });
}

async function start(program, root, date) {
  const port = await freePort();
  const child = spawn(program, ['serve', '--root', root, '--date', date, '--port', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (data) => (said += data));
  child.stderr.on('data', (data) => (said += data));
  const ended = new Promise((resolve) => child.on('exit', () => resolve(undefined)));
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  for (let tries = 0; tries < 150; tries += 1) {
    const answer = await status(port, { host: `127.0.0.1:${port}` }).catch(() => undefined);
    // until the first build is there, every address is answered with 503
    if (answer !== undefined && answer !== 503) return { port, stop, answer };
    await wait(100);
  }
  await stop();
  throw new Error(`the preview did not start: ${said.slice(-400)}`);
}

/** Runs in the page: all text, that of an overlay with a tree of its own included. */
const everything = () => {
  const own = [...document.querySelectorAll('*')].map((element) => element.shadowRoot?.textContent ?? '');
  return [document.body.innerText, ...own].join('\n');
};

/** All text of the page; while it is being loaded again there is nothing to ask, so it is asked again. */
async function textOf(page) {
  for (let tries = 0; tries < 500; tries += 1) {
    const text = await page.evaluate(everything).catch(() => undefined);
    if (text !== undefined) return text;
    await wait(20);
  }
  throw new Error('the page does not answer');
}

/** Waits until the page shows (or no longer shows) a text; says how long it took, or what went wrong. */
async function shows(page, wanted, patience, there = true) {
  const began = performance.now();
  while (performance.now() - began < patience) {
    if ((await textOf(page)).includes(wanted) === there) return { problems: [], time: Math.round(performance.now() - began) };
    await wait(20);
  }
  return { problems: [`${there ? 'does not show' : 'still shows'} “${wanted}” after ${patience / 1000} s`], time: patience };
}

/** Waits until a text stands in the field that has the focus. */
async function typed(page, wanted, patience) {
  const began = performance.now();
  let found;
  while (performance.now() - began < patience) {
    found = await page.evaluate(() => document.activeElement?.value).catch(() => undefined);
    if (found === wanted) return [];
    await wait(20);
  }
  return [`“${found}” instead of “${wanted}”`];
}

async function editing(page, file, source, patience, outcome) {
  await page.focus('input[type=text]');
  await page.keyboard.type('social');
  await writeFile(file, `${source}\n\nA sentence about kingfishers.\n`);
  const changed = await shows(page, 'A sentence about kingfishers', patience);
  outcome.check('a change is shown', changed.problems);
  outcome.check('what was being typed is still there', await typed(page, 'social', patience));

  // an unknown key is an error, and it is on the second line
  await writeFile(file, `${source.replace(/^---\n/, '---\nreviwed_on: 2026-01-01\n')}\n\nA sentence about herons.\n`);
  const broken = await shows(page, 'reviwed_on', patience);
  const text = await textOf(page);
  outcome.check('a mistake is named', broken.problems);
  const place = new RegExp(`${path.basename(file).replaceAll('.', '\\.')}\\D{1,20}2\\b`);
  outcome.check('with file and line', place.test(text) ? [] : [`no “${path.basename(file)}:2” in: ${text.slice(-400)}`]);
  outcome.check('the last good text stays', text.includes('kingfishers') && !text.includes('herons') ? [] : ['it does not']);
  // The page may load itself at the same moment: then there is no answer to this, or an error.
  let again;
  for (let tries = 0; tries < 5 && !again; tries += 1) again = await page.reload({ waitUntil: 'load' }).catch(() => undefined);
  const kept = await shows(page, 'kingfishers', patience);
  outcome.check('also after loading again', again?.status() === 200 ? kept.problems : [`status ${again?.status()}`]);
  outcome.check('and the mistake is still named', (await shows(page, 'reviwed_on', patience)).problems);

  await writeFile(file, `${source}\n\nA sentence about herons.\n`);
  const mended = await shows(page, 'A sentence about herons', patience);
  outcome.check('the mended page is shown', mended.problems);
  outcome.check('the mistake is gone', (await shows(page, 'reviwed_on', patience, false)).problems);
  outcome.note(`shown after ${changed.time} ms, mistake after ${broken.time} ms, mended after ${mended.time} ms`);
}

async function asking(port, outcome) {
  const own = `127.0.0.1:${port}`;
  const rules = [
    ['its own address', { host: own }, '/', 'GET', 200],
    ['localhost', { host: `localhost:${port}` }, '/', 'GET', 200],
    ['another name', { host: `evil.example:${port}` }, '/', 'GET', 403],
    ['another name without port', { host: 'evil.example' }, '/', 'GET', 403],
    ['a name that begins alike', { host: `localhost.evil.example:${port}` }, '/', 'GET', 403],
    ['its address with another port', { host: '127.0.0.1:1' }, '/', 'GET', 403],
    ['a post', { host: own }, '/', 'POST', 405],
    ['a way out of the folder', { host: own }, '/%2e%2e/%2e%2e/etc/passwd', 'GET', 400],
    ['a page that is not there', { host: own }, '/no/such/page/', 'GET', 404],
  ];
  for (const [name, headers, target, method, wanted] of rules) {
    const got = await status(port, headers, target, method).catch((error) => error.message);
    outcome.check(`asked for ${name}`, got === wanted ? [] : [`answered with ${got}, not ${wanted}`]);
  }
}

/** @returns {Promise<Outcome>} */
export async function checkPreview(program, project, date, outcome = new Outcome('preview'), patience = PATIENCE) {
  const folder = await mkdtemp(path.join(tmpdir(), 'guidepost-preview-'));
  const root = path.join(folder, 'project');
  await copyProject(project, root);
  const first = (await readSources(root, date)).find(({ file }) => /^(_index|index)\.md$/.test(file));
  const file = path.join(root, 'content', first?.file ?? '_index.md');
  const source = (await readFile(file, 'utf8')).replaceAll('\r\n', '\n');
  let server;
  try {
    server = await start(program, root, date);
    outcome.check('starts', server.answer < 400 ? [] : [`answers with ${server.answer}`]);
    const { port } = server;
    await withBrowser((browser) =>
      withPage(browser, {}, async (page) => {
        const errors = [];
        page.on('pageerror', (error) => errors.push(error.message));
        page.on('console', (message) => {
          if (message.type() === 'error') errors.push(message.text());
        });
        await page.goto(`http://127.0.0.1:${port}/`, { waitUntil: 'load' });
        await editing(page, file, source, patience, outcome);
        outcome.check('no complaint of the browser', errors);
      }),
    );
    await asking(port, outcome);
  } catch (error) {
    outcome.check('runs to its end', [String(error)]);
  } finally {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return outcome;
}

if (startedAsCommand(import.meta.url)) {
  const { program, project, date } = options(['program', 'project', 'date']);
  (await checkPreview(program, project, date)).finish();
}
