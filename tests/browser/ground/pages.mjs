// What comes in: a built site's folder. What goes out: its HTML files, and one page for each template,
// found by the marks that templates put on `<body>`, so that no list has to be kept.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'parse5';
import { filesUnder } from './files.mjs';

/** Attributes of an element as an object. */
export function attributes(node) {
  return Object.fromEntries((node.attrs ?? []).map((attribute) => [attribute.name, attribute.value]));
}

/** Every element of a tree in document order, contents of `<template>` included. */
export function* elements(node) {
  if (node.tagName) yield node;
  for (const child of node.childNodes ?? []) yield* elements(child);
  if (node.content) yield* elements(node.content);
}

/** The text inside a node. */
export function text(node) {
  return node.nodeName === '#text' ? node.value : (node.childNodes ?? []).map(text).join('');
}

/** A document as a reader without JavaScript gets it: what is in `<noscript>` counts as elements. */
export function parsePage(html) {
  return parse(html, { scriptingEnabled: false, sourceCodeLocationInfo: true });
}

/** The address of a file under the site's root: `faqs/index.html` is `faqs/`. */
export function addressOf(file) {
  return file === 'index.html' ? '' : file.endsWith('/index.html') ? file.slice(0, -'index.html'.length) : file;
}

function isRedirect(document) {
  return [...elements(document)].some(
    (node) => node.tagName === 'meta' && attributes(node)['http-equiv']?.toLowerCase() === 'refresh',
  );
}

/** All HTML files: file, address, document, html, and whether it only sends the reader on. */
export async function readPages(site) {
  const pages = [];
  for (const file of (await filesUnder(site)).filter((name) => name.endsWith('.html'))) {
    const html = await readFile(path.join(site, file), 'utf8');
    const document = parsePage(html);
    pages.push({ file, address: addressOf(file), html, document, redirect: isRedirect(document) });
  }
  return pages;
}

/** `kinds/faq` and `faq` are `kinds-faq`; a page that hides its visit is a template of its own. */
function nameOf(marks) {
  const [template, kind] = [marks['data-template'] ?? '', marks['data-kind'] ?? ''];
  const parts = template.split('/').includes(kind) ? [template] : [template, kind];
  if ('data-sensitive' in marks) parts.push('sensitive');
  return parts.filter(Boolean).join('-').replaceAll('/', '-') || 'unmarked';
}

/**
 * For each `data-template`/`data-kind` of a body its longest page: the one where most can go wrong.
 * @returns {Promise<{template: string, file: string, address: string}[]>}
 */
export async function onePerTemplate(site) {
  const best = new Map();
  for (const page of await readPages(site)) {
    if (page.redirect) continue;
    const body = [...elements(page.document)].find((node) => node.tagName === 'body');
    const marks = body ? attributes(body) : {};
    const template = nameOf(body ? attributes(body) : {});
    const rival = best.get(template);
    if (!rival || page.html.length > rival.html.length) best.set(template, page);
  }
  return [...best]
    .map(([template, { file, address }]) => ({ template, file, address }))
    .sort((a, b) => (a.template < b.template ? -1 : 1));
}
