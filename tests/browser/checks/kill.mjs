// Publishing is killed at random moments, again and again: the site is always wholly the old one or wholly
// the new one, the next build succeeds, and nothing is left lying about.
//   node checks/kill.mjs --program FILE --project DIR --date YYYY-MM-DD [--kills 200] [--seed N]

import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { options, startedAsCommand } from '../ground/command.mjs';
import { copyProject, filesUnder, treeHash } from '../ground/files.mjs';
import { Outcome } from '../ground/outcome.mjs';
import { Program } from '../ground/program.mjs';

/** Mulberry32: small, and the same moments again for the same seed. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Two versions of the project, and the hash of the site that each gives. */
async function prepare(guidepost, folder, project, date, outcome) {
  const root = path.join(folder, 'project');
  await copyProject(project, root);
  const content = path.join(root, 'content');
  const sources = new Map();
  for (const file of (await filesUnder(content)).filter((name) => name.endsWith('.md'))) {
    sources.set(path.join(content, file), await readFile(path.join(content, file), 'utf8'));
  }
  // every page differs and one comes and goes, so that a mixture of both versions cannot look like either
  const turnTo = async (name) => {
    for (const [file, source] of sources) await writeFile(file, `${source}\n\nThis is the ${name} version.\n`);
    const extra = path.join(content, 'zz-second-version.md');
    if (name === 'second') await writeFile(extra, '---\ntitle: Second version\nsummary: There at times.\n---\nThere at times.\n');
    else await rm(extra, { force: true });
  };
  const versions = [];
  let longest = 0;
  for (const name of ['first', 'second']) {
    await turnTo(name);
    const out = path.join(folder, `wanted-${name}`, 'site');
    await mkdir(path.dirname(out));
    const began = performance.now();
    const built = await guidepost.build({ root, out, date });
    longest = Math.max(longest, performance.now() - began);
    outcome.check(`builds the ${name} version`, built.problems);
    versions.push({ name, hash: await treeHash(out) });
  }
  outcome.check('the versions differ', versions[0].hash === versions[1].hash ? ['they are the same'] : []);
  return { root, turnTo, versions, longest };
}

/** Starts a build and kills it after `pause` milliseconds; says whether it was still running. */
async function killed(guidepost, what, pause) {
  const child = guidepost.start(what);
  const ended = new Promise((resolve) => child.on('exit', (_code, signal) => resolve(signal === 'SIGKILL')));
  await Promise.race([wait(pause), ended]);
  child.kill('SIGKILL');
  return ended;
}

/** Beside the site only a lock may stay: taking it away would race with the next build. */
async function leftovers(beside) {
  const names = await readdir(beside);
  return names.filter((name) => name !== 'site' && !/^\.guidepost-.*lock$/.test(name)).map((name) => `${name} was left behind`);
}

/** @returns {Promise<Outcome>} one check a kill, and what is there in the end */
export async function checkKills(program, project, date, { kills = 200, seed = 1 } = {}, outcome = new Outcome('kill')) {
  const folder = await mkdtemp(path.join(tmpdir(), 'guidepost-kill-'));
  try {
    const guidepost = new Program(program);
    const { root, turnTo, versions, longest } = await prepare(guidepost, folder, project, date, outcome);
    const beside = path.join(folder, 'live');
    const out = path.join(beside, 'site');
    await mkdir(beside);
    await turnTo('first');
    outcome.check('first build', (await guidepost.build({ root, out, date })).problems);
    const next = random(seed);
    let caught = 0;
    const seen = [0, 0];
    for (let kill = 0; kill < kills; kill += 1) {
      await turnTo(versions[(kill + 1) % 2].name);
      if (await killed(guidepost, { root, out, date }, next() * longest * 1.1)) caught += 1;
      const hash = await treeHash(out);
      const which = versions.findIndex((version) => version.hash === hash);
      if (which >= 0) seen[which] += 1;
      outcome.check(`kill ${kill + 1}`, which >= 0 ? [] : [`the site is neither version (${hash.slice(0, 12)})`]);
    }
    outcome.check('kills hit running builds', caught * 3 >= kills ? [] : [`only ${caught} of ${kills} did`]);
    await turnTo('first');
    outcome.check('last build', (await guidepost.build({ root, out, date })).problems);
    outcome.check('last site', (await treeHash(out)) === versions[0].hash ? [] : ['is not what was built']);
    outcome.check('no leftovers', await leftovers(beside));
    outcome.note(`seed ${seed}: ${caught} of ${kills} kills hit a running build; ${seen[0]} first and ${seen[1]} second versions seen`);
    return outcome;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (startedAsCommand(import.meta.url)) {
  const given = options(['program', 'project', 'date', 'kills', 'seed'], ['program', 'project', 'date']);
  const { program, project, date } = given;
  const seed = Number(given.seed ?? Date.now() % 1_000_000);
  (await checkKills(program, project, date, { kills: Number(given.kills ?? 200), seed })).finish();
}
