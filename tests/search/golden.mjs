// The browser's script and the program give the same answers, and the same stems.
//   node tests/search/golden.mjs --program FILE --project DIR --date YYYY-MM-DD
//
// In: queries of the sample's search tests and of queries.txt. Out: a line for each that differs, then the counts.

import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { spawnSync } from "node:child_process";
import { gzipSync } from "node:zlib";

import { line, open } from "./run.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
/** More is not what a phone should load to search, the box of every page with it, and for a page (bytes after compression). */
const LIMITS = { search: 12 * 1024, page: 3.1 * 1024 };

let passed = 0, failed = 0;

function check(what, problem) {
  if (!problem) passed += 1;
  else {
    failed += 1;
    process.stdout.write(`FAIL search: ${what}\n     ${problem}\n`);
  }
}

function option(name) {
  const at = process.argv.indexOf(name);
  if (at < 0) throw new Error(`${name} is missing`);
  return process.argv[at + 1];
}

function queries(project) {
  const tests = readFileSync(join(project, "content/_data/search_tests.yaml"), "utf8");
  const asked = [...tests.matchAll(/query: ([^,}\n]+)/g)].map((match) => match[1].trim());
  const own = readFileSync(join(HERE, "queries.txt"), "utf8").split("\n").filter((query) => query.trim() !== "");
  return [...new Set([...asked, ...own])];
}

/** Where two lines begin to differ, with some of what comes before. */
function difference(expected, found) {
  let at = 0;
  while (at < expected.length && expected[at] === found[at]) at++;
  const part = (text) => text.slice(Math.max(0, at - 60), at + 80);
  return expected === found ? null : `program: …${part(expected)}\n     script:  …${part(found)}`;
}

/**
 * The scripts of search as they are published: what is loaded once search is wanted, and the box, which is what the script of
 * every page has more than that of a project whose box does nothing.
 */
function weigh(folder, run) {
  const scripts = (name, files) => {
    const root = project(folder, name, { "content/index.md": "# Home\n", ...files }), site = join(folder, `${name}-site`);
    run("build", "--out", site, "--quiet", "--root", root);
    return (script) => {
      const file = readdirSync(join(site, "assets")).find((file) => file.startsWith(`${script}.`) && file.endsWith(".js"));
      return gzipSync(readFileSync(join(site, "assets", file)), { level: 9 }).length;
    };
  };
  const whole = scripts("whole", {}), without = scripts("without-box", { "static/theme/search-ui.js": "\n" });
  const page = whole("site"), box = page - without("site"), search = whole("search");
  process.stdout.write(`note search: compressed, search.js has ${search} bytes, site.js ${page}, ${box} of them for the box\n`);
  check("the box was taken out", box < 1000 && `${box} bytes`);
  check("the scripts of search are small", search + box > LIMITS.search && `${search + box} bytes`);
  check("the script of every page is small", page > LIMITS.page && `${page} bytes`);
}

async function compare(program, project, date) {
  const folder = mkdtempSync(join(tmpdir(), "search-"));
  const run = (...words) => {
    const root = words.includes("--root") ? [] : ["--root", project];
    const result = spawnSync(program, [...words, ...root, "--date", date], { encoding: "utf8", maxBuffer: 1 << 28 });
    if (result.status !== 0) throw new Error(`${words[0]} ended with ${result.status}: ${result.stderr.slice(-400)}`);
    return result.stdout;
  };
  try {
    const all = queries(project);
    check("there are at least 150 queries", all.length < 150 && `${all.length}`);
    writeFileSync(join(folder, "queries"), all.join("\n"));
    run("build", "--out", join(folder, "site"), "--quiet");
    const { engine, search, read } = await open(join(folder, "site"));
    const core = read.bytes;
    compareStems(search.stem);
    weigh(folder, run);
    for (const typing of [false, true]) {
      const asked = ["search", "--batch", join(folder, "queries"), "--format", "json", ...(typing ? ["--typing"] : [])];
      const expected = run(...asked).trimEnd().split("\n");
      for (const [at, query] of all.entries()) {
        const answer = line(await engine.query(query, { typing, limit: 10 }));
        check(`“${query}”${typing ? ", typing" : ""}`, difference(expected[at] ?? "", answer));
      }
    }
    check("words are completed while typing", (await engine.query("motivat", { typing: true })).results[0]?.url !== "components/motivational-interviewing/" && "not first");
    check("suggestions name pages", !engine.suggest("group sup", 8).some((suggestion) => suggestion.url) && "none");
    const ends = engine.suggest("visit?", 8).filter((one) => one.url === undefined).map((one) => one.text);
    check("what stands behind a word is no part of it", (!ends.length || ends.some((text) => !text.startsWith("visit"))) && ends.join());
    const offered = (text) => engine.suggest(text, 8).map((one) => one.text ?? one.title);
    const unasked = ["take my ki", "kil", "domestic ab", "i am sca"].flatMap((text) => engine.suggest(text, 8)).filter((one) => /\b(kill|abuse|scare)/.test(one.text));
    check("no completion calls for help that was not called for", unasked.map((one) => one.text).join());
    check("a word of danger that was typed is completed", !offered("suicid").includes("suicide") && offered("suicid").join());
    check("words before the last are corrected, too", !offered("gruop super").includes("group supervision") && offered("gruop super").join());
    check("titles go on where a small word ends", !offered("worried about a").includes("Worried about a child") && offered("worried about a").join());
    check("nothing typed, nothing suggested", engine.suggest("", 8).length > 0 && "something");
    check("danger is seen without waiting", engine.routesFor("scard he hit me")[0]?.level !== "immediate" && "no route");
    check("no danger, no panel", engine.routesFor("workbook").length > 0 && "a route");
    const families = await engine.query("visit", { audience: "families" });
    check("filters keep what they count", families.total !== families.facets.audience.find(([id]) => id === "families")?.[2] && `${families.total}`);
    await damage(join(folder, "site"));
    await nothingToFind(folder, run);
    await ofOtherLanguages(folder, run);
    await phrases(folder, run);
    await ofManyTerms(folder, run);
    process.stdout.write(`note search: the core file has ${core} bytes\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A file that a network cut short is an error, not an endless loop. */
async function damage(site) {
  const { engine, search } = await open(site);
  const whole = search.read;
  search.read = async (address) => {
    const bytes = await whole(address);
    return bytes.subarray(0, bytes.findIndex((byte) => byte >= 0x80) + 1);
  };
  const said = await engine.query("visit").then(() => "answered", (error) => error.message);
  check("a file cut short is noticed", !/no index/.test(said) && said);
}

/** A site whose pages are all kept out of the search has an index, too. */
async function nothingToFind(folder, run) {
  const root = project(folder, "hidden", { "content/index.md": "---\ntitle: Home\nsearch: {hide: true}\n---\n\nA visit.\n" });
  run("build", "--out", join(folder, "empty"), "--quiet", "--root", root);
  const { engine } = await open(join(folder, "empty"));
  const { total, results } = await engine.query("visit", { typing: true });
  check("where nothing may be found nothing is", (total > 0 || results.length > 0) && `${total}`);
  check("and nothing is suggested", engine.suggest("visit", 8).length > 0 && "something");
}

/** The files of a project below `folder`; gives back its place. */
function project(folder, name, files) {
  for (const [file, text] of Object.entries({ "guidepost.yaml": "title: Site\nname: Nobody\n", ...files })) {
    mkdirSync(dirname(join(folder, name, file)), { recursive: true });
    writeFileSync(join(folder, name, file), text);
  }
  return join(folder, name);
}

/** What the program and the script answer to queries over a project made of these files. */
async function bothAnswer(folder, run, name, files, queries) {
  const root = project(folder, name, files), site = join(folder, `${name}-site`);
  writeFileSync(join(folder, `${name}-queries`), queries.join("\n"));
  run("build", "--out", site, "--quiet", "--root", root);
  const expected = run("search", "--batch", join(folder, `${name}-queries`), "--format", "json", "--root", root).trimEnd().split("\n");
  const { engine, read } = await open(site);
  for (const [at, query] of queries.entries()) {
    const answer = line(await engine.query(query, { limit: 10 }));
    check(`“${query}”, ${name}`, difference(expected[at] ?? "", answer));
  }
  return { engine, read };
}

/** Pages in other languages say so: in results, above them and in suggestions. */
async function ofOtherLanguages(folder, run) {
  const { engine } = await bothAnswer(folder, run, "languages", {
    "content/index.md": "# Home\n",
    "content/cymraeg/_index.md": "---\ntitle: Cymorth\nlang: cy\n---\n\nPlant.\n",
    "content/cymraeg/visit.md": "---\ntitle: Ymweliad cartref\nlang: cy\n---\n\nBydd gweithiwr cymdeithasol yn ymweld.\n",
    "content/cymraeg/urdu.md": "---\ntitle: گھر کا دورہ\nlang: ur\n---\n\nسماجی کارکن\n",
    "content/visit.md": "# Home visit\n\nA social worker will visit.\n",
  }, ["ymweliad", "visit", "گھر", "gweithiwr visit"]);
  const named = ({ title, lang, dir }) => [title, lang, dir].join();
  const spoken = async (query) => {
    const [first] = (await engine.query(query)).results;
    return [first, ...first.crumbs].map(named).join("; ");
  };
  const is = (what, expected, found) => check(what, found !== expected && found);
  is("a result in another language says so", "Ymweliad cartref,cy,ltr; Cymorth,cy,ltr", await spoken("ymweliad"));
  is("and which way its letters run", "گھر کا دورہ,ur,rtl; Cymorth,cy,ltr", await spoken("گھر"));
  is("one of the site’s language says nothing", "Home visit,,", await spoken("home visit"));
  is("suggestions say it, too", "Ymweliad cartref,cy,ltr", engine.suggest("ymwel", 8).filter(({ url }) => url).map(named).join("; "));
}

/** Phrases in quotation marks are found wherever they stand, or it is said that not all was looked at. */
async function phrases(folder, run) {
  const files = { "content/index.md": "# Home\n", "content/gone.md": "---\ntitle: Core group, gone\nwithdrawn: {on: 2026-03-01, because: Old.}\n---\n\nOld.\n" };
  for (let at = 0; at < 130; at++) {
    const text = at % 13 ? "A group with a core plan." : "## Group, core\n\nA core.\n\n## Minutes\n\nThe core group’s plan; group and core.";
    if (at === 49) files["content/long.md"] = `# Long\n\nA quango plan of a core for the group: a quango plan. ${"filler ".repeat(60)} In the core quangos (all) two. ${"filler ".repeat(60)}\n`;
    if (at === 50) files["content/items.md"] = "# Items\n\n- a bank card\n- your passport\n- a pen\n\n| Who | What |\n|---|---|\n| Dana | listens |\n";
    files[`content/p${at}.md`] = `# Page ${at}\n\n${"filler ".repeat(at % 7)}${text}\n${at === 129 ? "\nOne red telephone.\n" : "\nA telephone that is red.\n"}`;
  }
  const { engine, read } = await bothAnswer(folder, run, "phrases", files, [
    '"core group"', '"core group" plan', '"group with"', '"red telephone"', '"core group" "red telephone"', '"plan core"', '"core plan" "plan core"', '"filler filler filler filler"',
    '"the core group\u2019s plan"', '"core gruop"', '"gone"', '"core group gone"', '""core group""', '"telephone that is" "core group" visit', "«group and core»",
    '"card your"', '"bank card" "your passport"', '"dana listens"', "passport", "dana",
    '"the core quango" plan', '"noone filler"', "noone filler", '"core quango" "core quango all" plan', '"in the"', "core quango",
  ]);
  const shown = (await engine.query('"the core quango" plan')).results[0].excerpt.map(({ text }) => text).join("");
  check("an excerpt shows the phrase", !shown.includes("In the core quangos (all) two.") && shown);
  check("no more is read than is needed", read.files.length > 150 && `${read.files.length} files`);
}

/** Terms in files of their own are loaded for all that a query needs of them. */
async function ofManyTerms(folder, run) {
  const files = { "content/index.md": "# Home\n" };
  for (let at = 0; at < 400; at++) {
    const words = Array.from({ length: 120 }, (_, i) => `w${(at * 7 + i * i) % 997}x`);
    files[`content/p${at}.md`] = `# Page ${at}\n\n${words.join(" ")} workbook\n`;
  }
  const { read } = await bothAnswer(folder, run, "many-terms", files, ["work book", '"" work book"', "“”work book”", '"w0x w1x" w2x', "w1", "w99x w98x w97x w96x"]);
  check("terms stand in files of their own", !read.files.some((file) => /terms-\d/.test(file)) && "they do not");
}

const ENDINGS = ("s es ed er ers ing ings ingly edly eed eedly ly li y ies ied ier iest ion ions ation ational ization izer ator " +
  "alism aliti alli ful fulness fulli ous ousli ousness ive iveness iviti biliti bli ogi ogist less lessli icate ative alize iciti ical " +
  "ness al ance ence able ible ant ement ment ent ism ate iti ize e l le st yed ying").split(" ");

/** A root with every ending; `#n` stands for a hundred made-up words. As in src/search/stem.rs. */
function forms(root) {
  if (!root.startsWith("#")) return [root, ...ENDINGS.map((ending) => root + ending)];
  let state = Number(root.slice(1)) >>> 0;
  const next = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 16) % below;
  };
  return Array.from({ length: 100 }, () => Array.from({ length: 3 + next(9) }, () => "aeiouybcdefghiklmnoprstuwyzsted"[next(31)]).join(""));
}

function hash(stems) {
  let value = 0x811c9dc5;
  for (const c of stems.map((stem) => `${stem}\n`).join("")) value = Math.imul(value ^ c.charCodeAt(0), 0x01000193) >>> 0;
  return value.toString(16).padStart(8, "0");
}

function compareStems(stem) {
  let count = 0;
  for (const entry of readFileSync(join(HERE, "stems.txt"), "utf8").trimEnd().split("\n")) {
    const [root, expected] = entry.split(" ");
    const words = forms(root);
    count += words.length;
    const found = hash(words.map(stem));
    check(`stems of ${root}`, found !== expected && `${expected} expected, ${found} found`);
  }
  process.stdout.write(`note search: ${count} words stemmed\n`);
}

await compare(option("--program"), option("--project"), option("--date"));
process.stdout.write(`search: ${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
