// What comes in: a document or a style sheet. What goes out: every address it names, with what the
// reader's browser does with it: `load` (fetched with the page), `link` (followed by the reader),
// `name` (an absolute name of a page: canonical, previews), and what may not be in a page at all.

import { attributes, elements, text } from '../ground/pages.mjs';

/** Attributes that are addresses, by element. */
const LOADS = {
  script: ['src'], img: ['src'], source: ['src'], video: ['src', 'poster'], audio: ['src'], track: ['src'], iframe: ['src'],
  embed: ['src'], object: ['data'], input: ['src'], use: ['href', 'xlink:href'], image: ['href', 'xlink:href'],
};
const LINKS = { a: ['href', 'xlink:href'], area: ['href'], form: ['action'], button: ['formaction'] };
const NAME_RELATIONS = ['canonical', 'alternate'];
const LINK_RELATIONS = ['next', 'prev', 'help', 'license', 'search', 'author', 'start', 'up'];
const NAME_PROPERTIES = ['og:url', 'og:image', 'twitter:image'];

function fromLink(values) {
  const relations = (values.rel ?? '').toLowerCase().split(/\s+/);
  if (relations.some((relation) => NAME_RELATIONS.includes(relation))) return 'name';
  return relations.some((relation) => LINK_RELATIONS.includes(relation)) ? 'link' : 'load';
}

function fromSrcset(value) {
  return value.split(',').map((part) => part.trim().split(/\s+/)[0]).filter(Boolean);
}

function fromMeta(values) {
  if (values['http-equiv']?.toLowerCase() === 'refresh') {
    const target = /url\s*=\s*['"]?([^'"]+)/i.exec(values.content ?? '');
    return target ? [{ use: 'link', url: target[1].trim() }] : [];
  }
  return NAME_PROPERTIES.includes(values.property ?? values.name) ? [{ use: 'name', url: values.content ?? '' }] : [];
}

function ofElement(node) {
  const values = attributes(node);
  const named = (table, use) =>
    (table[node.tagName] ?? []).filter((name) => values[name] !== undefined).map((name) => ({ use, url: values[name] }));
  const found = [...named(LOADS, 'load'), ...named(LINKS, 'link')];
  for (const name of ['srcset', 'imagesrcset']) {
    if (values[name]) found.push(...fromSrcset(values[name]).map((url) => ({ use: 'load', url })));
  }
  if (node.tagName === 'link' && values.href !== undefined) found.push({ use: fromLink(values), url: values.href });
  if (node.tagName === 'meta') found.push(...fromMeta(values));
  const line = node.sourceCodeLocation?.startLine ?? 0;
  return found.map((reference) => ({ ...reference, element: node.tagName, line }));
}

/** Every address in a document. */
export function referencesOf(document) {
  return [...elements(document)].flatMap(ofElement);
}

/** Every address in a style sheet. */
export function referencesOfStyle(css) {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, '');
  const pattern = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^'")\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')/g;
  return [...bare.matchAll(pattern)].map((match) => ({
    use: 'load', url: match.slice(1).find((part) => part !== undefined) ?? '', element: 'css', line: 0,
  }));
}

/** Ids that a fragment may name. */
export function idsOf(document) {
  const ids = new Set();
  for (const node of elements(document)) {
    const values = attributes(node);
    if (values.id) ids.add(values.id);
    if (node.tagName === 'a' && values.name) ids.add(values.name);
  }
  return ids;
}

/** Inline script, style and handlers: the content security policy forbids them, so nothing may need them. */
export function inlineCode(document) {
  const problems = [];
  for (const node of elements(document)) {
    const values = attributes(node);
    const at = `line ${node.sourceCodeLocation?.startLine ?? '?'}: <${node.tagName}>`;
    if (node.tagName === 'script' && values.src === undefined && values.type !== 'application/ld+json') {
      problems.push(`${at} is an inline script`);
    }
    if (node.tagName === 'script' && values.type === 'application/ld+json') {
      try {
        JSON.parse(text(node));
      } catch (error) {
        problems.push(`${at} holds no JSON: ${error.message}`);
      }
      if (text(node).includes('<')) problems.push(`${at} holds an unescaped <`);
    }
    if (node.tagName === 'style') problems.push(`${at} is an inline style sheet`);
    for (const name of Object.keys(values)) {
      if (name === 'style') problems.push(`${at} has a style attribute`);
      if (name.startsWith('on')) problems.push(`${at} has the handler ${name}`);
      if (/^\s*(javascript|data|vbscript):/i.test(values[name]) && /^(href|src|action|formaction|data|xlink:href)$/.test(name)) {
        problems.push(`${at} has ${name}="${values[name].slice(0, 30)}"`);
      }
    }
  }
  return problems;
}

/** The policy of a page: there, before anything it governs, and as strict as promised. */
export function policyProblems(document) {
  const all = [...elements(document)];
  const at = all.findIndex((n) => attributes(n)['http-equiv']?.toLowerCase() === 'content-security-policy');
  if (at < 0) return ['there is no content security policy'];
  const problems = [];
  const governed = all.findIndex((n) => n.tagName === 'script' || (n.tagName === 'link' && attributes(n).rel === 'stylesheet'));
  if (governed >= 0 && governed < at) problems.push('the content security policy comes after what it governs');
  const policy = attributes(all[at]).content ?? '';
  const rules = new Map(policy.split(';').map((rule) => rule.trim().split(/\s+/)).map(([name, ...rest]) => [name, rest]));
  const wanted = {
    'default-src': "'none'", 'script-src': "'self'", 'style-src': "'self'", 'base-uri': "'none'", 'require-trusted-types-for': "'script'",
  };
  for (const [name, value] of Object.entries(wanted)) {
    if (rules.get(name)?.join(' ') !== value) problems.push(`the policy has no \`${name} ${value}\``);
  }
  if (/unsafe-|https?:|\*|data:/.test(policy)) problems.push(`the policy lets more in than the site itself: ${policy}`);
  return problems;
}
