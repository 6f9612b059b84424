// How long a reader waits for the search of a site, and how much is loaded for it, in headless Chromium.
//
//   node tests/search/speed.mjs DIST [--queries N] [--batch FILE]
//
// In: a published site; queries, one a line, or none: then N (200) of one to four words are drawn from the site's own
// texts, one in six with a typing mistake and one in eight with a word that nobody wrote. Out: a table. It is a
// measurement, not a test: on a busy machine everything takes longer.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { withBrowser, withPage } from "../browser/ground/browser.mjs";
import { readIndex } from "../browser/ground/search-index.mjs";
import { serveFolder } from "../browser/ground/server.mjs";

/** Fresh tabs that are opened to see what is loaded before their first result. */
const TABS = 12;

function option(name, fallback) {
  const at = process.argv.indexOf(name);
  return at < 0 ? fallback : process.argv[at + 1];
}

/** Numbers below `n` that are the same in every run. */
function dice(seed) {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/** Words of the site as often as they are written, from some of its texts. */
async function wordsOf(folder) {
  const { texts } = await readIndex(folder);
  const some = texts.filter((_, at) => at % Math.ceil(texts.length / 8000) === 0);
  return some.flatMap((text) => text.match(/[\p{L}\p{N}]+/gu) ?? []);
}

/** A word with two letters exchanged. */
function mistyped(word, die) {
  const at = 1 + die(word.length - 2);
  return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
}

async function drawn(folder, count) {
  const words = await wordsOf(folder), die = dice(7);
  return Array.from({ length: count }, (_, at) => {
    // Every other query has words that stand side by side.
    const length = 1 + die(4), start = die(words.length - length);
    const query = at % 2 ? words.slice(start, start + length) : Array.from({ length }, () => words[die(words.length)]);
    const place = query.findIndex((word) => word.length > 5);
    if (at % 6 === 0 && place >= 0) query[place] = mistyped(query[place], die);
    if (at % 8 === 0) query.push("xqzzyqx");
    return query.join(" ").toLowerCase();
  });
}

function spread(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1).padStart(7);
  return `${at(0.5)} ${at(0.95)} ${at(1)}   of ${sorted.length}`;
}

/** Runs in the page: milliseconds of each query, before and after its files are there, typed and finished. */
async function ask(queries) {
  const took = async (work) => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  /** The best of five: what it takes where nothing else keeps the machine busy. */
  const steady = async (work) => {
    const all = [];
    while (all.length < 5) all.push(await took(work));
    return Math.min(...all);
  };
  const times = { open: [], first: [], finished: [], typing: [], suggest: [], danger: [] };
  const isFirst = !window.guidepost.search;
  let engine;
  const opened = await took(async () => (engine = await window.guidepost.searchBox.open()));
  if (isFirst) times.open.push(opened);
  for (const query of queries) times.first.push(await took(() => engine.query(query)));
  for (const query of queries) {
    times.finished.push(await steady(() => engine.query(query)));
    // Every letter of the last word.
    for (let end = query.lastIndexOf(" ") + 2; end <= query.length; end++) {
      const typed = query.slice(0, end);
      await engine.query(typed, { typing: true });
      times.typing.push(await steady(() => engine.query(typed, { typing: true })));
      times.suggest.push(await took(() => engine.suggest(typed, 6)));
    }
    times.danger.push(await took(() => engine.routesFor(query)));
  }
  return times;
}

/** Bytes that a fresh tab asks for until its first result is there; scripts as a host would compress them. */
async function firstBytes(browser, folder, base, query) {
  const bytes = { index: 0, scripts: 0 };
  await withPage(browser, {}, async (page) => {
    page.on("response", (response) => {
      const path = new URL(response.url()).pathname.slice(new URL(base).pathname.length);
      if (/^assets\/.*\.bin$/.test(path)) bytes.index += readFileSync(join(folder, path)).length;
      else if (path.endsWith(".js")) bytes.scripts += gzipSync(readFileSync(join(folder, path)), { level: 9 }).length;
    });
    await page.goto(`${base}search/#q=${encodeURIComponent(query)}`, { waitUntil: "networkidle0" });
    await page.waitForFunction(() => document.querySelector("[data-heading]")?.textContent?.match(/\d|“/), { timeout: 20_000 });
  });
  return bytes;
}

const [folder] = process.argv.slice(2);
if (!folder || folder.startsWith("--")) {
  process.stderr.write("usage: node tests/search/speed.mjs DIST [--queries N] [--batch FILE]\n");
  process.exit(2);
}
const batch = option("--batch", "");
const queries = batch ? readFileSync(batch, "utf8").split("\n").filter((line) => line.trim()) : await drawn(folder, Number(option("--queries", "200")));
const server = await serveFolder(folder);
await withBrowser(async (browser) => {
  const times = await withPage(browser, {}, async (page) => {
    await page.goto(`${server.url}search/`, { waitUntil: "load" });
    // A few at a time: Chromium gives up a call that takes a minute.
    const all = {};
    for (let at = 0; at < queries.length; at += 5) {
      const some = await page.evaluate(ask, queries.slice(at, at + 5));
      for (const [name, times] of Object.entries(some)) all[name] = [...(all[name] ?? []), ...times];
    }
    return all;
  });
  const titles = { open: "script and core, then open", first: "first time, files to load", finished: "again, finished", typing: "again, while typing", suggest: "suggestions, a key", danger: "words of danger" };
  process.stdout.write("milliseconds                    p50     p95     max\n");
  for (const [name, title] of Object.entries(titles)) process.stdout.write(`${title.padEnd(28)}${spread(times[name])}\n`);
  const loaded = [];
  for (const query of queries.slice(0, TABS)) loaded.push(await firstBytes(browser, folder, server.url, query));
  process.stdout.write("bytes before the first result, without HTML, CSS and pictures; scripts by gzip -9\n");
  for (const [name, of] of [["all", (one) => one.index + one.scripts], ["index", (one) => one.index], ["scripts", (one) => one.scripts]]) {
    process.stdout.write(`${name.padEnd(28)}${spread(loaded.map(of))}\n`);
  }
});
await server.stop();
