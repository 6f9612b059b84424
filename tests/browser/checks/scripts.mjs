// The scripts of a site are those of the theme, comments, white space, names and signs that say nothing apart: both are
// read by TypeScript's parser and have to be the same program, node by node and word by word, and every name in them has
// to mean the same.
//   node checks/scripts.mjs --site DIR --theme DIR

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';
import { options, startedAsCommand } from '../ground/command.mjs';
import { Outcome } from '../ground/outcome.mjs';

/** A file by itself, and what TypeScript knows about its names. */
function read(source) {
  const file = ts.createSourceFile('script.js', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  if (file.parseDiagnostics.length > 0) throw new Error(`cannot be read: ${file.parseDiagnostics[0].messageText}`);
  const host = {
    getSourceFile: (name) => (name === file.fileName ? file : undefined),
    fileExists: (name) => name === file.fileName,
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => '/',
    getDefaultLibFileName: () => 'lib.d.ts',
    getNewLine: () => '\n',
    readFile: () => undefined,
    useCaseSensitiveFileNames: () => true,
    writeFile: () => {},
  };
  const settings = { allowJs: true, noLib: true, noResolve: true, types: [], moduleDetection: ts.ModuleDetectionKind.Legacy };
  return { file, checker: ts.createProgram([file.fileName], settings, host).getTypeChecker() };
}

const isVariable = (node) =>
  ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node) || ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) || ts.isClassDeclaration(node) || ts.isClassExpression(node);

/** Whether an identifier is the name of a property: it has to stay. */
function isProperty(node) {
  const { parent } = node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  return (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isAccessor(parent) ||
    ts.isPropertyDeclaration(parent)) && parent.name === node;
}

/** Signs that are seen in the tree anyway: those between statements and those around parameters. */
const says = (node) => node.kind !== ts.SyntaxKind.SemicolonToken &&
  !(node.parent && ts.isArrowFunction(node.parent) && [ts.SyntaxKind.OpenParenToken, ts.SyntaxKind.CloseParenToken].includes(node.kind));

/**
 * A program as a list: each node's kind and its end, and the text of each token. In place of a name that it declares
 * stands the number of what the name means; `{ a }` is written as `{ a: a }`, and every variable as a `let` of its own,
 * since the sources are known to keep constants as they are. Brackets are left out: what they hold together is a node.
 */
export function program(source) {
  const { file, checker } = read(source);
  const list = [], numbers = new Map();
  const meaning = (name, symbol) => {
    const declared = symbol?.declarations?.find((node) => isVariable(node) && node.getSourceFile() === file);
    if (!declared) return name;
    if (!numbers.has(declared)) numbers.set(declared, numbers.size);
    return `name ${numbers.get(declared)}`;
  };
  const visit = (node) => {
    // Types in comments are nodes for this parser.
    if (ts.isJSDoc(node) || !says(node)) return;
    if (ts.isParenthesizedExpression(node)) visit(node.expression);
    else if (ts.isVariableStatement(node) && node.declarationList.flags & ts.NodeFlags.BlockScoped) {
      for (const declaration of node.declarationList.declarations) {
        list.push('let');
        visit(declaration);
      }
    } else if (ts.isShorthandPropertyAssignment(node)) {
      list.push('PropertyAssignment', node.name.text, ':', meaning(node.name.text, checker.getShorthandAssignmentValueSymbol(node)));
      if (node.objectAssignmentInitializer) visit(node.objectAssignmentInitializer);
      list.push('end');
    } else if (ts.isIdentifier(node)) {
      const { parent } = node;
      const isShort = ts.isBindingElement(parent) && parent.name === node && !parent.propertyName && !parent.dotDotDotToken && ts.isObjectBindingPattern(parent.parent);
      if (isShort) list.push(node.text, ':');
      list.push(isProperty(node) ? node.text : meaning(node.text, checker.getSymbolAtLocation(node)));
    } else if (node.kind === ts.SyntaxKind.ConstKeyword) list.push('let');
    else if (node.kind <= ts.SyntaxKind.LastToken) list.push(node.getText(file));
    else {
      list.push(ts.SyntaxKind[node.kind]);
      const parts = node.getChildren(file);
      // A comma behind the last entry says nothing; an entry that is left out is a node of its own.
      if (node.kind === ts.SyntaxKind.SyntaxList && parts.at(-1)?.kind === ts.SyntaxKind.CommaToken) parts.pop();
      parts.forEach(visit);
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
const JOINED = { site: ['site', 'search-ui'], search: ['search', 'search-suggest', 'search-results', 'search-page'] };
/** The preview's own script is part of no site, and what reads the index without a host only of one that has none. */
const ELSEWHERE = ['preview', 'search-portable'];

/** A program, and the same with other names: the check has to tell those that mean the same from those that do not. */
const ORIGINAL = '(() => { const one = 1, { two, four = one } = given; f((three) => ({ one, two: three + two, four })); })();';
const RENAMED = [
  ['names that mean the same', '(() => { const a = 1, { two: b, four: d = a } = given; f((c) => ({ one: a, two: c + b, four: d })); })();', true],
  ['signs that say nothing', '(() => { let a = 1; let { two: b, four: d = a } = (given); f(c => ({ one: a, two: (c + b), four: d, }), ) })()', true],
  ['an entry that is left out', '(() => { const a = 1, { two: b, four: d = a } = given; f((c) => ({ one: a, two: c + b, four: d }), [,]); })();', false],
  ['brackets that say something', '(() => { const a = 1, { two: b, four: d = a } = given; f((c) => ({ one: a, two: c + b, four: d }))(); });', false],
  ['a name hidden by another', '(() => { const a = 1, { two: b, four: d = a } = given; f((b) => ({ one: a, two: b + b, four: d })); })();', false],
  ['a name from outside', '(() => { const a = 1, { two: b, four: d = a } = e; f((c) => ({ one: a, two: c + b, four: d })); })();', false],
  ['a name that nothing declares', '(() => { const a = 1, { two: b, four: d = a } = given; f((c) => ({ one: g, two: c + b, four: d })); })();', false],
  ['a name from outside that is hidden', '(() => { const f = 1, { two: b, four: d = f } = given; f((c) => ({ one: f, two: c + b, four: d })); })();', false],
  ['a property', '(() => { const a = 1, { two: b, four: d = a } = given; f((c) => ({ a, two: c + b, four: d })); })();', false],
  ['a property that is taken apart', '(() => { const a = 1, { b, four: d = a } = given; f((c) => ({ one: a, two: c + b, four: d })); })();', false],
];

export async function checkScripts({ site, theme }) {
  const outcome = new Outcome('scripts');
  for (const [what, renamed, same] of RENAMED) {
    const found = difference(renamed, ORIGINAL);
    outcome.check(`${what} ${same ? 'passes' : 'is found'}`, same ? found : found.length > 0 ? [] : ['it is not']);
  }
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
