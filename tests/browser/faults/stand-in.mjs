#!/usr/bin/env node
// A tiny stand-in for the program that makes one mistake on request (STAND_IN_FAULT), so that the checks
// of a program can be seen to fail. Without a fault it does just enough to pass them.

import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';

const fault = process.env.STAND_IN_FAULT ?? '';
const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: Object.fromEntries(['root', 'out', 'date', 'base-url', 'jobs', 'visibility', 'port', 'format'].map((name) => [name, { type: 'string' }])),
});
const root = String(values.root ?? '.');
const date = String(values.date ?? new Date(Number(process.env.SOURCE_DATE_EPOCH) * 1000).toISOString().slice(0, 10));

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Pages of the edition: address to HTML; throws a mistake as an object. */
function pages() {
  const config = existsSync(path.join(root, 'guidepost.yaml')) ? parse(readFileSync(path.join(root, 'guidepost.yaml'), 'utf8')) : {};
  const content = existsSync(path.join(root, 'content')) ? path.join(root, 'content') : root;
  const files = readdirSync(content, { recursive: true }).map(String).filter((file) => file.endsWith('.md'));
  if (files.length === 0) throw { message: 'there is no Markdown here' };
  if (fault !== 'order') files.sort();
  const internal = values.visibility === 'internal';
  const site = new Map();
  for (const file of files) {
    const source = readFileSync(path.join(content, file), 'utf8');
    if (source === '') throw { file, line: 1, message: 'the page is empty', halfWritten: true };
    const [, head = '', body = source] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source) ?? [];
    const front = parse(head) ?? {};
    if ('reviwed_on' in front) throw { file, line: 2, message: 'there is no field `reviwed_on`' };
    const drop = front.status === 'draft' || front.publish_on > date || (front.visibility === 'internal' && !internal);
    if (drop && fault !== 'leak-page') continue;
    const blocks = /:::internal\n([\s\S]*?)\n:::\n/g;
    const text = internal || fault === 'leak-block' ? body.replace(blocks, '$1\n') : body.replace(blocks, '');
    const note = front.desk_note && (internal || fault === 'leak-field') ? front.desk_note : '';
    const extra = note + (fault === 'leak-date' ? String(source.length) : '');
    site.set(file.replace(/_?index\.md$/, 'index.html').replace(/\.md$/, '/index.html'), layout(config, front, text, extra));
  }
  const list = [...site.keys()].join(' ');
  site.set('list.txt', `${list}\n`);
  if (fault === 'clock') site.set('built.txt', String(process.hrtime.bigint()));
  if (fault === 'zone') site.set('built.txt', new Date(0).toLocaleString());
  if (fault === 'path') site.set('built.txt', path.resolve(root));
  if (fault === 'user') site.set('built.txt', String(process.env.USER));
  if (fault === 'threads') site.set('built.txt', String(values.jobs ?? 'all'));
  return site;
}

function layout(config, front, body, extra) {
  const title = front.title ?? /^# (.*)$/m.exec(body)?.[1] ?? 'Page';
  const sample = fault === 'sample-word' ? 'Testford' : '';
  return `<!DOCTYPE html><title>${escape(title)}</title><body data-kind="page"><h1>${escape(title)}</h1>${escape(body)}${sample}${extra}</body>\n`;
}

function write(folder, site) {
  for (const [file, text] of site) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
    // a moment between two files, in which a kill can land
    if (fault === 'in-place') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
}

function build() {
  const out = path.resolve(String(values.out));
  const site = pages();
  if (fault === 'diagnostic') process.stderr.write('{"code":"no-summary","severity":"warning","message":"the page has no summary"}\n');
  if (fault === 'in-place') return write(out, site);
  const [stage, old] = [`${out}.stage`, `${out}.old`];
  for (const left of [stage, old]) rmSync(left, { recursive: true, force: true });
  mkdirSync(path.dirname(out), { recursive: true });
  write(stage, site);
  if (existsSync(out)) renameSync(out, old);
  renameSync(stage, out);
  rmSync(old, { recursive: true, force: true });
  if (fault === 'leftovers') writeFileSync(`${out}.tmp`, '');
}

function make() {
  const folder = positionals[1];
  mkdirSync(path.join(folder, 'content'), { recursive: true });
  writeFileSync(path.join(folder, 'guidepost.yaml'), 'title: Your guide\n');
  writeFileSync(path.join(folder, 'content/_index.md'), `---\ntitle: Your guide\nreviewed_on: ${date}\n---\nReplace this text.\n`);
}

/** Reloads by asking for the state over and over, with what was typed; the overlay is a paragraph. */
const SCRIPT = `const field = document.querySelector('input');
field.value = sessionStorage.getItem('typed') ?? '';
if (field.value) field.focus();
setInterval(async () => {
  const now = await (await fetch('/_state')).json();
  if (epoch !== now.epoch) {
    ${fault === 'lost-letters' ? '' : "sessionStorage.setItem('typed', field.value);"}
    location.reload();
  }
  const panel = document.getElementById('problems') ?? document.body.appendChild(document.createElement('p'));
  panel.id = 'problems';
  panel.textContent = now.problem;
}, 50);`;

function serve() {
  let good = new Map();
  let [seen, epoch, problem] = ['', 0, ''];
  const refresh = () => {
    try {
      const site = pages();
      problem = '';
      const now = JSON.stringify([...site]);
      if (now !== seen && fault !== 'no-reload') epoch += 1;
      seen = now;
      good = site;
    } catch (mistake) {
      // a file is empty for a moment while it is written; what is shown stays
      if (mistake.halfWritten) return;
      problem = fault === 'no-overlay' ? '' : `${mistake.file}:${fault === 'no-line' ? 'line' : mistake.line}: ${mistake.message}`;
      if (fault === 'blank') good = new Map([['index.html', '<body>']]);
      if (fault === 'blank') epoch += 1;
    }
  };
  const server = createServer((request, response) => {
    const host = request.headers.host ?? '';
    const target = request.url ?? '/';
    const own = [`127.0.0.1:${values.port}`, `localhost:${values.port}`].includes(host);
    const reply = (status, body) => response.writeHead(status, { 'content-type': 'text/html' }).end(body);
    if (!own && fault !== 'any-host') return reply(403, 'no');
    if (request.method !== 'GET') return reply(405, 'no');
    if (target.includes('%')) return reply(400, 'no');
    refresh();
    if (target === '/_state') return reply(200, JSON.stringify({ epoch, problem }));
    if (target === '/favicon.ico') return reply(200, '');
    const page = good.get(`${target.slice(1)}index.html`);
    return page ? reply(200, `${page}<input type="text"><script>const epoch = ${epoch}; ${SCRIPT}</script>`) : reply(404, 'no');
  });
  server.listen(Number(values.port), '127.0.0.1');
}

try {
  ({ build, new: make, serve, check: pages })[positionals[0]]();
} catch (mistake) {
  process.stderr.write(`${JSON.stringify({ code: 'mistake', severity: 'error', ...mistake, message: mistake.message })}\n`);
  process.exitCode = 1;
}
