// The Nu HTML checker over every HTML, CSS and SVG file of a site, in one run of Java.
//   node checks/nu.mjs --site DIR

import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import vnu from 'vnu-jar';
import { options, startedAsCommand } from '../ground/command.mjs';
import { filesUnder } from '../ground/files.mjs';
import { Outcome } from '../ground/outcome.mjs';

const CHECKED = /\.(html|css|svg)$/;

/** Messages about a file that is as it should be: none so far. Each entry needs its reason beside it. */
const ALLOWED = [];

async function messages(files) {
  const words = ['-jar', vnu, '--format', 'json', '--stdout', '--exit-zero-always', '--also-check-css', '--also-check-svg'];
  const { stdout } = await promisify(execFile)('java', [...words, ...files], { maxBuffer: 1 << 28 });
  return JSON.parse(stdout).messages;
}

/** @returns {Promise<Outcome>} one check a file */
export async function checkNu(site, outcome = new Outcome('nu')) {
  const files = (await filesUnder(site)).filter((file) => CHECKED.test(file));
  if (files.length === 0) return outcome;
  const problems = new Map(files.map((file) => [pathToFileURL(path.resolve(site, file)).href, []]));
  let warnings = 0;
  for (const message of await messages(files.map((file) => path.resolve(site, file)))) {
    const text = `${message.lastLine ?? 0}: ${message.message}`;
    if (message.type === 'info') warnings += 1;
    else if (ALLOWED.some((allowed) => allowed.test(message.message))) continue;
    // Java writes file:/x where a URL has file:///x
    else (problems.get(message.url?.replace(/^file:\/*/, 'file:///')) ?? [...problems.values()][0])?.push(text);
  }
  for (const [url, found] of problems) outcome.check(path.relative(site, fileURLToPath(url)), found);
  if (warnings > 0) outcome.note(`${warnings} warnings and notices that are no errors`);
  return outcome;
}

if (startedAsCommand(import.meta.url)) (await checkNu(path.resolve(options(['site']).site))).finish();
