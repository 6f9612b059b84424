// Nothing that is not public may be in the public site: not a phrase, not a word, not a file name, and
// no byte may depend on it. The canaries are taken from the sources themselves.
//   node checks/leaks.mjs --program FILE --project DIR --date YYYY-MM-DD

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { options, startedAsCommand } from '../ground/command.mjs';
import { copyProject, differences, filesUnder } from '../ground/files.mjs';
import { Outcome } from '../ground/outcome.mjs';
import { readIndex } from '../ground/search-index.mjs';
import { Program } from '../ground/program.mjs';
import { internalFieldNames, readSources, splitBlocks } from '../ground/project.mjs';

/** Text as it may stand in a page, an index or a feed: no tags, no entities, plain quotes, one space. */
function folded(text) {
  return text
    .replace(/<[^>]*>/g, '')
    .replace(/&nbsp;|&#160;|\u00a0/g, ' ')
    .replace(/&amp;/g, '&').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;|[“”]/g, '"').replace(/&#(39|x27);|[‘’]/g, "'")
    .replace(/\s+/g, ' ')
    .toLowerCase();
}

/** Runs of plain words in a line of Markdown, long enough to be found nowhere by chance. */
function phrases(line) {
  return line
    .split(/[^\p{L}\p{N} ,'’-]+/u)
    .map((part) => folded(part).trim())
    .filter((part) => part.length >= 20 && part.split(' ').length >= 4);
}

const words = (text) => folded(text).match(/\p{L}{7,}/gu) ?? [];

/** All texts in a value of front matter. */
function textsIn(value) {
  if (value && typeof value === 'object') return Object.values(value).flatMap(textsIn);
  return typeof value === 'string' ? [value] : [];
}

/** What the front matter of a page keeps to colleagues: change notes, and fields that its kind says so of. */
function internalFields(page, names) {
  const notes = (page.front.changes ?? []).filter((change) => change?.visibility === 'internal').map((change) => String(change.note));
  return [...notes, ...names.flatMap((name) => textsIn(page.front[name]))];
}

/** Everything that hides: what it is, why, and its phrases. */
async function secretsOf(project, date) {
  const names = await internalFieldNames(project);
  const secrets = [];
  for (const page of await readSources(project, date)) {
    const { shown, secret } = splitBlocks(page.body);
    const title = page.front.title ? [folded(String(page.front.title))] : [];
    if (page.hidden) {
      const text = `${page.front.summary ?? ''}\n${shown}\n${secret.join('\n')}`;
      secrets.push({ what: `${page.hidden} page ${page.file}`, page, reason: page.hidden, title, text });
    } else if (secret.length > 0) {
      secrets.push({ what: `internal block in ${page.file}`, page, reason: 'internal', title: [], text: secret.join('\n') });
    }
    for (const text of page.hidden ? [] : internalFields(page, names)) {
      secrets.push({ what: `internal field in ${page.file}`, page, reason: 'internal', title: [], text });
    }
  }
  return secrets.map((secret) => ({ ...secret, phrases: [...secret.title, ...secret.text.split('\n').flatMap(phrases)] }));
}

/** All that is public anyway: sources without their secrets, and the theme with its words. */
async function publicText(project, date) {
  const parts = [];
  const names = await internalFieldNames(project);
  for (const page of await readSources(project, date)) {
    if (page.hidden) continue;
    const secret = internalFields(page, names);
    const front = textsIn(page.front).filter((text) => !secret.includes(text));
    parts.push(page.file, ...front, splitBlocks(page.body).shown);
  }
  for (const folder of ['templates', 'static', 'content/_data', 'authorities', '.']) {
    const files = await filesUnder(path.join(project, folder)).catch(() => []);
    for (const file of folder === '.' ? ['guidepost.yaml'] : files) {
      if (/\.(yaml|html|js|css|svg|xml|txt|md)$/.test(file)) parts.push(await readFile(path.join(project, folder, file), 'utf8').catch(() => ''));
    }
  }
  return parts.map(folded).join('\n');
}

/** Bytes as text, unpacked where a file is packed; Latin-1 too, so that no byte is lost. */
function readable(file, bytes) {
  let plain = bytes;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) plain = gunzipSync(bytes);
  else if (file.endsWith('.br')) plain = brotliDecompressSync(bytes);
  return `${folded(plain.toString('utf8'))}\n${plain.toString('utf8').toLowerCase()}`;
}

async function readSite(out) {
  const files = await filesUnder(out);
  const texts = new Map();
  for (const file of files) texts.set(file, readable(file, await readFile(path.join(out, file))));
  // a site with a search page has an index, and the reader fails when it is not there
  const searched = texts.has('search/index.html');
  const index = searched ? await readIndex(out) : { words: [], texts: [] };
  texts.set('the search index', readable('', Buffer.from([...index.words, ...index.texts].join('\n'))));
  return { files, texts, searched, index, whole: [...texts.values()].join('\n') };
}

/** Where the phrases of a secret, its own words, or its file name are in a site. */
function traces(secret, site, open) {
  const problems = [];
  const search = (needle, what) => {
    for (const [file, text] of site.texts) if (text.includes(needle)) problems.push(`${file} holds ${what} “${needle}”`);
  };
  for (const phrase of secret.phrases) if (!open.includes(phrase)) search(phrase, 'the phrase');
  // an index may hold words by their stems, so the beginning of a word counts
  const own = new Set([...secret.title.flatMap(words), ...words(secret.text)].map((word) => word.slice(0, -2)));
  for (const word of own) if (!open.includes(word)) search(word, 'the word');
  const name = path.posix.basename(secret.page.file, '.md').toLowerCase();
  if (secret.title.length > 0 && !/^_?index$/.test(name) && !open.includes(name)) {
    search(name, 'the file name');
    for (const file of site.files) if (file.toLowerCase().includes(name)) problems.push(`the file ${file} is there`);
  }
  return problems;
}

/** Internal things are in the internal site; drafts and what is out of its time are in none. */
function inInternal(secret, site, open) {
  if (secret.reason !== 'internal') return traces(secret, site, open);
  const own = secret.phrases.filter((phrase) => !open.includes(phrase));
  const there = own.filter((phrase) => site.whole.includes(phrase));
  return there.length === 0 ? ['none of its phrases is in the internal site'] : [];
}

/** Changes every secret, and nothing else. */
async function changeSecrets(project, secrets) {
  for (const file of new Set(secrets.map((secret) => secret.page.file))) {
    const place = path.join(project, 'content', file);
    const source = await readFile(place, 'utf8');
    const hidden = secrets.some((secret) => secret.page.file === file && secret.page.hidden);
    const more = '\n\n## Quite another heading\n\nZanzibar quokka, with a [^n] note.\n\n[^n]: Of its own.\n';
    const changed = hidden
      ? source.replace(/^title: .*$/m, 'title: Aardvark of another name') + more
      : source.replace(/^(\s*:{3,}\s*internal.*)$/gm, `$1\n\n## Quite another heading\n\nZanzibar quokka.\n`);
    await writeFile(place, changed);
  }
}

/** @returns {Promise<Outcome>} for each secret: absent from the public site, where it belongs in the internal one */
export async function checkLeaks(program, project, date, outcome = new Outcome('leaks')) {
  const folder = await mkdtemp(path.join(tmpdir(), 'guidepost-leaks-'));
  try {
    const guidepost = new Program(program);
    const built = async (root, name, visibility) => {
      const out = path.join(folder, name);
      const run = await guidepost.build({ root, out, date, visibility });
      outcome.check(`${name} builds`, run.problems);
      return out;
    };
    const copy = path.join(folder, 'project');
    await copyProject(project, copy);
    const secrets = await secretsOf(copy, date);
    const open = await publicText(copy, date);
    const colleagues = secrets.filter((secret) => secret.reason === 'internal').map((secret) => folded(`${secret.title} ${secret.text}`));
    const openInside = [open, ...colleagues].join('\n');
    for (const reason of ['internal', 'draft', 'scheduled']) {
      outcome.check(`there is something ${reason} to leak`, secrets.some((secret) => secret.reason === reason) ? [] : ['there is nothing']);
    }
    const publicOut = await built(copy, 'public', 'public');
    const publicSite = await readSite(publicOut);
    const internalSite = await readSite(await built(copy, 'internal', 'internal'));
    for (const site of [publicSite, internalSite].filter((one) => one.searched)) {
      const read = site.index.words.length > 0 && site.index.texts.some((text) => text !== '');
      outcome.check('words and texts of a search index are read', read ? [] : ['it holds none']);
    }
    for (const secret of secrets) {
      outcome.check(`public: ${secret.what}`, traces(secret, publicSite, open));
      outcome.check(`internal: ${secret.what}`, inInternal(secret, internalSite, secret.reason === 'internal' ? open : openInside));
    }
    await changeSecrets(copy, secrets);
    const after = await built(copy, 'public with other secrets', 'public');
    outcome.check('no byte depends on a secret', await differences(publicOut, after));
    outcome.note(`${secrets.length} secrets with ${secrets.flatMap((secret) => secret.phrases).length} phrases`);
    return outcome;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (startedAsCommand(import.meta.url)) {
  const { program, project, date } = options(['program', 'project', 'date']);
  (await checkLeaks(program, project, date)).finish();
}
