// A project's sources, read by other means than the program's: front matter, visibility, blocks, routes.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { filesUnder } from './files.mjs';

async function readYaml(file) {
  return existsSync(file) ? (parse(await readFile(file, 'utf8')) ?? {}) : {};
}

export const readConfig = (project) => readYaml(path.join(project, 'guidepost.yaml'));
export const readContacts = (project) => readYaml(path.join(project, 'content/_data/contacts.yaml'));

/** Names of front matter fields that some kind keeps to colleagues. */
export async function internalFieldNames(project) {
  const folder = path.join(project, 'templates/kinds');
  const files = existsSync(folder) ? (await filesUnder(folder)).filter((file) => file.endsWith('.yaml')) : [];
  const kinds = await Promise.all(files.map((file) => readYaml(path.join(folder, file))));
  const fields = kinds.flatMap((kind) => Object.entries(kind.fields ?? {}));
  return [...new Set(fields.filter(([, field]) => field?.visibility === 'internal').map(([name]) => name))];
}

/** Front matter and the rest of one Markdown file. */
export function splitPage(source) {
  const match = /^---\n([\s\S]*?)\n---[ \t]*(?:\n|$)([\s\S]*)$/.exec(source.replaceAll('\r\n', '\n'));
  return match ? { front: parse(match[1]) ?? {}, head: match[1], body: match[2] } : { front: {}, head: '', body: source };
}

const day = (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value === undefined ? undefined : String(value));

/** Why a page is not in a site for everybody built on `date`; undefined when it is. */
function hidden(front, inherited, date) {
  if (front.draft === true || ['draft', 'absent'].includes(front.status)) return 'draft';
  if (day(front.publish_on) > date || day(front.publishDate) > date) return 'scheduled';
  if (day(front.expires_on) <= date || day(front.expiryDate) <= date) return 'expired';
  return front.visibility === 'internal' || inherited === 'internal' ? 'internal' : undefined;
}

/** Visibility that a folder's `_index.md` (or a parent's) gives to what lies in it. */
function inheritedBy(file, sections) {
  const parts = path.posix.dirname(file).split('/');
  const folders = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  return ['.', ...folders].map((folder) => sections.get(folder)).find((value) => value === 'internal');
}

/**
 * Every page of `content/` with the reason why it is hidden, if it is.
 * @returns {Promise<{file: string, front: any, head: string, body: string, hidden?: string}[]>}
 */
export async function readSources(project, date) {
  const root = path.join(project, 'content');
  const pages = [];
  for (const file of (await filesUnder(root)).filter((name) => name.endsWith('.md'))) {
    pages.push({ file, ...splitPage(await readFile(path.join(root, file), 'utf8')) });
  }
  const sections = new Map();
  for (const { file, front } of pages) {
    if (!/(^|\/)(_index|index)\.md$/.test(file)) continue;
    sections.set(path.posix.dirname(file), front.visibility ?? front.cascade?.visibility);
  }
  return pages.map((page) => ({ ...page, hidden: hidden(page.front, inheritedBy(page.file, sections), date) }));
}

/** Splits a body at its `:::internal` blocks; nested fences with more colons are kept together. */
export function splitBlocks(body) {
  const shown = [];
  const secret = [];
  let fence;
  let depth = 0;
  for (const line of body.split('\n')) {
    const opening = /^\s*(:{3,})\s*([a-z]+)/.exec(line);
    const closing = /^\s*(:{3,})\s*$/.exec(line);
    if (!fence && opening?.[2] === 'internal') {
      fence = opening[1];
      depth = 0;
    } else if (fence && opening && opening[1].length === fence.length) {
      depth += 1;
    } else if (fence && closing && closing[1].length === fence.length && depth > 0) {
      depth -= 1;
    } else if (fence && closing && closing[1].length === fence.length) {
      fence = undefined;
    } else {
      (fence ? secret : shown).push(line);
    }
  }
  return { shown: shown.join('\n'), secret: secret.filter((line) => line.trim() !== '') };
}

/** The site's reporting routes: title and the telephone numbers that must always be at hand. */
export async function routesOf(project) {
  const config = await readConfig(project);
  const contacts = await readContacts(project);
  const sources = await readSources(project, '9999-12-31');
  return (config.routes ?? []).map((id) => {
    const page = sources.find(({ file }) => [`${id}.md`, `${id}/index.md`].some((end) => file === end || file.endsWith(`/${end}`)));
    const front = page?.front ?? {};
    const ids = [front.emergency, front.daytime?.contact].filter(Boolean);
    const phones = ids.map((contact) => String(contacts[contact]?.phone ?? '').replace(/[^0-9]/g, '')).filter(Boolean);
    return { id, title: String(front.title ?? id), phones };
  });
}
