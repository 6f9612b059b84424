// The same sources, options and date give the same bytes whatever surrounds the build, and the bytes say
// nothing of the machine.
//   node checks/reproducible.mjs --program FILE --project DIR --date YYYY-MM-DD

import { copyFile, mkdir, mkdtemp, readFile, rm, utimes } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { options, startedAsCommand } from '../ground/command.mjs';
import { copyProject, differences, filesUnder } from '../ground/files.mjs';
import { Outcome } from '../ground/outcome.mjs';
import { Program } from '../ground/program.mjs';

const BASE_URL = 'https://guidance.example.gov.uk/some/base/';

/** Names that nothing in a site may hold; every build of this check runs under them. */
const CANARIES = { USER: 'canaryuser', LOGNAME: 'canaryuser', HOSTNAME: 'canaryhost', HOME: '/tmp/canaryhome' };

/** The same files made one by one from the last to the first, with another time each. */
async function copyBackwards(from, to) {
  const files = (await filesUnder(from)).reverse();
  for (const [index, file] of files.entries()) {
    await mkdir(path.dirname(path.join(to, file)), { recursive: true });
    await copyFile(path.join(from, file), path.join(to, file));
    await utimes(path.join(to, file), 1_000_000_000 + index, 1_000_000_000 + index);
  }
}

/** Ways to build the same thing; each gives what differs from the plain build. */
function ways(folder, date) {
  const root = path.join(folder, 'plain');
  const far = path.join(folder, 'wø anders', 'far away');
  const seconds = String(Date.parse(`${date}T13:14:15Z`) / 1000);
  return [
    { name: 'a second time', root },
    { name: 'one thread', root, jobs: 1 },
    { name: 'two threads', root, jobs: 2 },
    { name: 'seven threads', root, jobs: 7 },
    { name: 'fourteen hours ahead', root, env: { TZ: 'Pacific/Kiritimati' } },
    { name: 'eleven hours behind', root, env: { TZ: 'Pacific/Niue' } },
    { name: 'Turkish', root, env: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', LANGUAGE: 'tr' } },
    { name: 'no locale at all', root, env: { LANG: 'C', LC_ALL: 'C', LANGUAGE: '' } },
    { name: 'from within the folder', root: '.', cwd: root },
    { name: 'from the folder above', root: 'plain', cwd: folder },
    { name: 'copied elsewhere', root: far, prepare: () => copyProject(root, far) },
    { name: 'files made in another order', root: path.join(folder, 'backwards'), prepare: () => copyBackwards(root, path.join(folder, 'backwards')) },
    { name: 'another umask', root, umask: '077' },
    { name: 'the day from SOURCE_DATE_EPOCH', root, date: undefined, env: { SOURCE_DATE_EPOCH: seconds } },
    { name: 'over an older site', root, over: true },
  ];
}

/** Names and places of this machine in any file. */
async function marks(out, folder) {
  const host = hostname();
  // a short name of a host is a word that a text may use
  const names = [folder, process.cwd(), ...new Set(Object.values(CANARIES)), ...(host.length > 7 ? [host] : [])];
  const problems = [];
  for (const file of await filesUnder(out)) {
    const text = await readFile(path.join(out, file), 'latin1');
    for (const name of names) if (text.includes(name)) problems.push(`${file} holds “${name}”`);
  }
  return problems;
}

/** @returns {Promise<Outcome>} one check for each way to build */
export async function checkReproducible(program, project, date, outcome = new Outcome('reproducible')) {
  const folder = await mkdtemp(path.join(tmpdir(), 'guidepost-reproducible-'));
  try {
    const guidepost = new Program(program);
    const root = path.join(folder, 'plain');
    await copyProject(project, root);
    const first = path.join(folder, 'out-first');
    const plain = await guidepost.build({ root, out: first, date, baseUrl: BASE_URL }, { env: CANARIES });
    outcome.check('builds', plain.problems);
    for (const [index, way] of ways(folder, date).entries()) {
      await way.prepare?.();
      const out = way.over ? path.join(folder, 'out-0') : path.join(folder, `out-${index}`);
      const what = { root: way.root, out, date: 'date' in way ? way.date : date, baseUrl: BASE_URL, jobs: way.jobs };
      const built = await guidepost.build(what, { cwd: way.cwd, umask: way.umask, env: { ...CANARIES, ...way.env } });
      outcome.check(`same bytes: ${way.name}`, built.problems.length > 0 ? built.problems : await differences(first, out));
    }
    outcome.check('no name of this machine', plain.problems.length > 0 ? ['not built'] : await marks(first, folder));
    return outcome;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (startedAsCommand(import.meta.url)) {
  const { program, project, date } = options(['program', 'project', 'date']);
  (await checkReproducible(path.resolve(program), project, date)).finish();
}
