// The scripts of a site are those of the theme, comments and white space apart: both are read by TypeScript's parser
// and have to be the same program, node by node and word by word.
//   node checks/scripts.mjs --site DIR --theme DIR

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';
import { options, startedAsCommand } from '../ground/command.mjs';
import { Outcome } from '../ground/outcome.mjs';

/** A program as a list: each node's kind and its end, and the text of each token. */
export function program(source) {
  const file = ts.createSourceFile('script.js', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  if (file.parseDiagnostics.length > 0) throw new Error(`cannot be read: ${file.parseDiagnostics[0].messageText}`);
  const list = [];
  const visit = (node) => {
    // Types in comments are nodes for this parser.
    if (ts.isJSDoc(node)) return;
    if (node.kind <= ts.SyntaxKind.LastToken) list.push(node.getText(file));
    else {
      list.push(ts.SyntaxKind[node.kind]);
      node.getChildren(file).forEach(visit);
      list.push('end');
    }
  };
  visit(file);
  return list;
}

/** Where two programs differ, or nothing. */
export function difference(published, source) {
  const [found, expected] = [program(published), program(source)];
  const at = expected.findIndex((one, place) => one !== found[place]);
  if (at < 0 && found.length === expected.length) return [];
  const near = (list) => list.slice(Math.max(0, at - 3), at + 2).join(' ');
  return [`“${near(found)}” stands where the source has “${near(expected)}”`];
}

/** Theme scripts that are published as one. */
const JOINED = { search: ['search', 'search-suggest'], 'search-results': ['search-results', 'search-page'] };
/** The preview's own script is part of no site, and what reads the index without a host only of one that has none. */
const ELSEWHERE = ['preview', 'search-portable'];

export async function checkScripts({ site, theme }) {
  const outcome = new Outcome('scripts');
  const published = (await readdir(path.join(site, 'assets'))).filter((file) => file.endsWith('.js'));
  const known = new Set(published.map((file) => file.split('.')[0]));
  const expected = (await readdir(theme)).filter((file) => file.endsWith('.js')).map((file) => file.slice(0, -3)).filter((name) => !ELSEWHERE.includes(name));
  const missing = expected.filter((name) => !known.has(name) && !Object.values(JOINED).flat().includes(name));
  outcome.check('every script is published', missing);
  for (const file of published) {
    const [name] = file.split('.');
    const parts = (JOINED[name] ?? [name]).map((part) => readFile(path.join(theme, `${part}.js`), 'utf8'));
    const [small, source] = [await readFile(path.join(site, 'assets', file), 'utf8'), (await Promise.all(parts)).join(';')];
    outcome.check(`${file} is the same program`, difference(small, source));
    outcome.check(`${file} has lost its comments`, /^\s*(\/\/|\*)/m.test(small) ? ['it has not'] : []);
  }
  return outcome;
}

if (startedAsCommand(import.meta.url)) {
  (await checkScripts(options(['site', 'theme']))).finish();
}
