// Folders as plain lists: what files a built site has, their bytes, one hash of all of it.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/** Paths of all files under `folder`, relative, with `/`, sorted by code unit. Links are not followed. */
export async function filesUnder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)).split(path.sep).join('/'))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Path to SHA-256, for every file. */
export async function hashes(folder) {
  const found = new Map();
  for (const file of await filesUnder(folder)) {
    found.set(file, createHash('sha256').update(await readFile(path.join(folder, file))).digest('hex'));
  }
  return found;
}

/** One hash of names and bytes of the whole tree; `absent` when there is no such folder. */
export async function treeHash(folder) {
  if (!existsSync(folder)) return 'absent';
  const whole = createHash('sha256');
  for (const [file, hash] of await hashes(folder)) whole.update(`${file}\0${hash}\n`);
  return whole.digest('hex');
}

/** What differs between two trees, in words. */
export async function differences(left, right) {
  const [a, b] = [await hashes(left), await hashes(right)];
  const problems = [];
  for (const [file, hash] of a) {
    if (!b.has(file)) problems.push(`${file} is only in the first`);
    else if (b.get(file) !== hash) problems.push(`${file} has other bytes`);
  }
  for (const file of b.keys()) if (!a.has(file)) problems.push(`${file} is only in the second`);
  return problems;
}

/** The sites in an output folder: the folder itself, or one folder for each authority. */
export async function sitesIn(out) {
  if (existsSync(path.join(out, 'index.html'))) return [out];
  if (!existsSync(out)) return [];
  const entries = await readdir(out, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(path.join(out, entry.name, 'index.html')))
    .map((entry) => path.join(out, entry.name))
    .sort();
}

/** What makes up a project; nothing else of its folder is read by a build. */
const PROJECT = ['guidepost.yaml', 'content', 'authorities', 'templates', 'static'];

export async function copyProject(from, to) {
  await mkdir(to, { recursive: true });
  for (const part of PROJECT) {
    if (existsSync(path.join(from, part))) await cp(path.join(from, part), path.join(to, part), { recursive: true });
  }
}
