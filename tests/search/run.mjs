// What the shipped script answers, as `guidepost search --format json` prints it.
//
//   node tests/search/run.mjs DIST --batch FILE [--limit N] [--typing]
//
// In: a published site and queries, one a line. Out: a line of JSON for each. The script is the site's own, loaded as
// browsers load it, without import or export; files come from the folder instead of the network.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

/** The one file of a published site's assets whose name fits. */
function asset(folder, name) {
  const file = readdirSync(join(folder, "assets")).find((file) => name.test(file));
  if (!file) throw new Error(`${folder} has no ${name}: build the site first`);
  return `assets/${file}`;
}

/** An engine over the published site in `folder`: its own script in a world of its own that reads from the folder. */
export async function open(folder) {
  const world = vm.createContext({ TextDecoder, Blob, Response, DecompressionStream, atob, URL, performance });
  const script = join(folder, asset(folder, /^search\.[0-9a-f]{12}\.js$/));
  vm.runInContext(readFileSync(script, "utf8"), world, { filename: script });
  const search = world.guidepost.search;
  const read = { bytes: 0, files: [] };
  const fromFolder = async (address) => {
    const bytes = readFileSync(join(folder, address));
    read.bytes += bytes.length;
    read.files.push(address);
    return bytes;
  };
  // A portable site hands its files over by scripts, and reads them in its own way.
  if (!search.put) search.read = fromFolder;
  world.guidepost.load = async (address) => {
    const bytes = await fromFolder(address);
    vm.runInContext(bytes.toString(), world, { filename: address });
  };
  return { engine: await search.open("", asset(folder, /^(search\.[0-9a-f]{12}\.bin|search-index\.[0-9a-f]{12}\.js)$/)), search, read };
}

/** A result as the program prints it. */
export function line(answer) {
  const results = answer.results.map(({ url, title, lang, kind, heading, anchor, score, excerpt }) => {
    const row = { url, title, ...(lang ? { lang } : {}), kind };
    if (heading) row.heading = heading;
    if (anchor) row.anchor = anchor;
    return { ...row, score, excerpt: excerpt.map((piece) => piece.text).join("") };
  });
  const out = { query: answer.query, results };
  if (Object.keys(answer.corrected).length > 0) out.corrected = answer.corrected;
  if (answer.dropped.length > 0) out.dropped = answer.dropped;
  if (answer.lookedAt) out.looked_at = answer.lookedAt;
  if (answer.routes.length > 0) {
    out.routes = answer.routes.map(({ id, title, url, level, emergency, phone }) => ({ id, title, url, level, emergency, phone }));
  }
  return JSON.stringify(out);
}

function option(name, fallback) {
  const at = process.argv.indexOf(name);
  return at < 0 ? fallback : process.argv[at + 1];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [dist] = process.argv.slice(2);
  const batch = option("--batch");
  if (!dist || dist.startsWith("--") || !batch) {
    process.stderr.write("usage: node tests/search/run.mjs DIST --batch FILE [--limit N] [--typing]\n");
    process.exit(2);
  }
  const { engine } = await open(dist);
  const limit = Number(option("--limit", "10")), typing = process.argv.includes("--typing");
  for (const query of readFileSync(batch, "utf8").split(/\r?\n/).filter((query) => query.trim() !== "")) {
    process.stdout.write(`${line(await engine.query(query, { typing, limit }))}\n`);
  }
}
