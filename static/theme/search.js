// Search in the browser: the twin of src/search. A classic script without import or export: it runs in a page, from
// file:// and in Node. It draws nothing; search-ui.js does.
//
// guidepost.search.open(base, manifestPath) -> Promise<Engine>
//   base: address of the site's root as the page sees it ("../"); manifestPath: `site.assets.search`, from that root.
//   Fetches the core file. Call it when the box has focus, not before.
// engine.query(text, { typing, limit, audience, kind }) -> Promise<Result>
//   typing: true while the last word may be unfinished. audience, kind: ids to filter by. Loads more files as needed.
// engine.suggest(text, limit) -> [{ text, url?, title? }]
//   Synchronous. `text` completes what was typed; with `url` and `title` it is a page's name.
// engine.routesFor(text) -> [{ id, title, url, level, emergency?, phone? }]
//   Synchronous. level: "immediate" | "concern"; emergency: { text, href }; phone: { name, text, href }.
// Result = {
//   query, total,
//   results: [{ url, title, kind, kindLabel, audience: [id], heading, anchor, crumbs: [title], score,
//               excerpt: [{ text, mark }] }],        url: from the site's root, without base and without fragment
//   facets: { kind: [[id, label, count]], audience: [[id, label, count]] },    counted before the filters
//   corrected: { "neglict": "neglect" }, dropped: ["xyzzy"], routes: as routesFor
// }
// The site's own loader, where pages are not fetched: guidepost.search.put(path, base64) hands a file over beforehand;
// guidepost.search.read(address) -> Promise<ArrayBuffer> may be replaced.
//
// What stays true: words are divided, folded and stemmed exactly as src/text and src/search do it, numbers are added,
// multiplied and divided in the same order, and ties go by the number of the page. tests/search compares the two.
(function () {
  "use strict";

  /**
   * What the core file holds, as readCore lays it out.
   * @typedef {any} Core
   */
  /** @typedef {any} Token a word of the query with its place */
  /** @typedef {any} Unit a word of the query with everything it stands for */
  /** @typedef {any} Row a page with its score and best section */
  /** @typedef {any} Notes what was corrected and dropped */

  /** @type {any} */
  const world = globalThis;
  /** @type {any} */
  const guidepost = (world.guidepost = world.guidepost || {});

  // One set of constants for every site; src/search/ranking.rs has the same.
  const K = {
    saturation: 3, bodyNorm: 0.45, fieldNorm: 0.7,
    title: 7, heading: 3, summary: 1.5, keywords: 2, body: 1,
    section: 0.1, titleCover: 0.1, coverBase: 0.7, coverShare: 0.3,
    synonym: 0.8, prefix: 0.7, longer: 0.2, oneEdit: 0.9, twoEdits: 0.7, stop: 0.05, weak: 0.1, floor: 0.1, phrase: 1.3,
  };
  const STOP = set(
    "a about after all also am an and any are as at be because been before being but by can could did do does doing " +
    "done dont each else even ever every for from had has have having he her here hers him his how i id if im in into " +
    "is it its ive just let like may me might more most much must my no nor not of off on once only or other our ours " +
    "out over own please s same she should so some such t than that the their theirs them then there these they this " +
    "those through to too under until up us very was we were what whats when where which while who whom whose why will " +
    "with within would you your yours among both during few further however least less many often per rather several " +
    "since still though thus towards upon via whether yet again against another always around away going");
  const WEAK = set(
    "anyone anybody anything describe described exist exists explain find found get gets getting give given gives got " +
    "happen happens information know known like look looking mean means need needs possible regarding show shows someone " +
    "something tell use used uses using want wants");

  /** @param {string} words */
  function set(words) {
    return new Set(words.split(" "));
  }

  // ---- Words ----

  const WORD = /[\p{Alphabetic}\p{N}](?:[\p{Alphabetic}\p{N}\p{M}\u00AD\u200B-\u200D]|['\u2018\u2019\u02BC\uFF07](?=[\p{Alphabetic}\p{N}]))*/gu;

  /** @param {string} text */
  function words(text) {
    const found = [];
    for (const match of text.matchAll(WORD)) {
      const end = match.index + match[0].length;
      found.push({ text: match[0], start: match.index, end });
    }
    return found;
  }

  /** @param {string} word */
  function fold(word) {
    if (/^[a-z0-9]+$/.test(word)) return word;
    const lower = word.replace(/[\u2018\u2019\u02BC\uFF07]/g, "'").normalize("NFKD").toLowerCase();
    const bare = lower.replace(/\p{M}|[^\p{Alphabetic}\p{N}']/gu, "");
    return bare.replace(/'s$/, "").replaceAll("'", "").replaceAll("ς", "σ");
  }

  /** @param {string} text */
  function folded(text) {
    return words(text).map((word) => fold(word.text)).filter((word) => word);
  }

  // ---- Stems: Snowball's English (https://snowballstem.org/algorithms/english/stemmer.html), version 3.2 ----

  const IRREGULAR = table("children child men man women woman people person feet foot teeth tooth mice mouse wives wife " +
    "lives life knives knife thieves thief halves half selves self crises crisis grandchildren grandchild " +
    "stepchildren stepchild");
  const SPECIAL = table("skis ski skies sky idly idl gently gentl ugly ugli early earli only onli singly singl " +
    "andes andes atlas atlas bias bias cosmos cosmos howe howe news news sky sky");
  const STEP_2 = endings("tional tion enci ence anci ance abli able entli ent izer ize ization ize ational ate ation ate " +
    "ator ate alism al aliti al alli al fulness ful fulli ful ousli ous ousness ous iveness ive iviti ive biliti ble " +
    "bli ble ogist og ogi og lessli less li -");
  const STEP_3 = endings("tional tion ational ate alize al icate ic iciti ic ical ic ful - ness - ative -");
  const STEP_4 = endings("al - ance - ence - er - ic - able - ible - ant - ement - ment - ent - ism - ate - iti - ous - " +
    "ive - ize - ion -");
  const EARLY = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)/;

  /** @param {string} text */
  function table(text) {
    const parts = text.split(" ");
    const map = new Map();
    for (let i = 0; i < parts.length; i += 2) map.set(parts[i], parts[i + 1] === "-" ? "" : parts[i + 1]);
    return map;
  }

  /** @param {string} text */
  function endings(text) {
    return [...table(text)].sort((a, b) => b[0].length - a[0].length);
  }

  const isVowel = (c) => "aeiouy".includes(c) && c !== "";

  // Where the part after the first vowel and consonant begins.
  /** @param {string} word @param {number} from */
  function region(word, from) {
    let at = from;
    while (at < word.length && !isVowel(word[at])) at++;
    while (at < word.length && isVowel(word[at])) at++;
    return at < word.length ? at + 1 : word.length;
  }

  const hasVowel = (word) => /[aeiouy]/.test(word);
  const endsShort = (word) => /[^aeiouy][aeiouy][^aeiouywxY]$/.test(word) || /^[aeiouy][^aeiouy]$/.test(word) || word.endsWith("past");

  /** @param {string} word @param {number} r1 */
  function step1b(word, r1) {
    const match = /(?:eedly|ingly|edly|eed|ing|ed)$/.exec(word);
    if (!match) return word;
    const before = word.slice(0, match.index);
    if (match[0] === "eed" || match[0] === "eedly") {
      return match.index >= r1 && !/^(?:succ|proc|exc)$/.test(before) ? before + "ee" : word;
    }
    if (match[0] === "ing") {
      if (/^[^aeiouy]y$/.test(before)) return before[0] + "ie";
      if (/^(?:even|cann|inn|earr|herr|out)$/.test(before)) return word;
    }
    if (!hasVowel(before)) return word;
    if (/(?:at|bl|iz)$/.test(before)) return before + "e";
    if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(before)) return /^[aeo]..$/.test(before) ? before : before.slice(0, -1);
    return before.length === r1 && endsShort(before) ? before + "e" : before;
  }

  /** @param {string} word @param {[string, any][]} list @param {number} region @param {any} allowed */
  function replaced(word, list, region, allowed) {
    for (const [ending, by] of list) {
      if (!word.endsWith(ending)) continue;
      const at = word.length - ending.length;
      return at >= region && allowed(ending, word.slice(0, at), at) ? word.slice(0, at) + by : word;
    }
    return word;
  }

  /** @param {string} given */
  function snowball(given) {
    if (SPECIAL.has(given)) return SPECIAL.get(given);
    let word = given[0] === "y" ? "Y" + given.slice(1) : given;
    for (let i = 1; i < word.length; i++) {
      if (word[i] === "y" && isVowel(word[i - 1])) word = word.slice(0, i) + "Y" + word.slice(i + 1);
    }
    const early = EARLY.exec(word);
    const r1 = early ? early[0].length : region(word, 0);
    const r2 = region(word, r1);
    if (word.endsWith("sses")) word = word.slice(0, -2);
    else if (/ie[ds]$/.test(word)) word = word.slice(0, word.length > 4 ? -2 : -1);
    else if (/[^su]s$/.test(word) && hasVowel(word.slice(0, -2))) word = word.slice(0, -1);
    word = step1b(word, r1);
    if (/.[^aeiouy][yY]$/.test(word)) word = word.slice(0, -1) + "i";
    word = replaced(word, STEP_2, r1, (ending, before) =>
      ending === "li" ? /[cdeghkmnrt]$/.test(before) : ending !== "ogi" || before.endsWith("l"));
    word = replaced(word, STEP_3, r1, (ending, _, at) => ending !== "ative" || at >= r2);
    word = replaced(word, STEP_4, r2, (ending, before) => ending !== "ion" || /[st]$/.test(before));
    const last = word.length - 1;
    if (word[last] === "e") {
      if (last >= r2 || (last >= r1 && !endsShort(word.slice(0, -1)))) word = word.slice(0, -1);
    } else if (word.endsWith("ll") && last >= r2) {
      word = word.slice(0, -1);
    }
    return word.replaceAll("Y", "y");
  }

  const stems = new Map();

  /** @param {string} word */
  function stem(word) {
    if (word.length < 3 || !/^[a-z]+$/.test(word)) return word;
    let found = stems.get(word);
    if (found === undefined) {
      found = snowball(IRREGULAR.get(word) || word);
      stems.set(word, found);
    }
    return found;
  }

  // ---- Reading files ----

  const handed = new Map();

  /** @param {string} address */
  async function read(address) {
    const response = await fetch(address);
    if (!response.ok) throw new Error("search: " + response.status + " for " + address);
    return response.arrayBuffer();
  }

  /** @param {string} base @param {string} path */
  async function bytes(base, path) {
    const given = handed.get(path);
    const raw = new Uint8Array(given ? Uint8Array.from(atob(given), (c) => c.charCodeAt(0)) : await api.read(base + path));
    // A host that says "Content-Encoding: gzip" has it unpacked already.
    if (raw[0] !== 0x1f || raw[1] !== 0x8b) return raw;
    const stream = new Blob([raw]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  /** @param {any} data */
  function reader(data) {
    let at = 0;
    return {
      done: () => at >= data.length,
      take(length) {
        at += length;
        return data.subarray(at - length, at);
      },
      number() {
        let value = 0;
        for (let shift = 0; ; shift += 7) {
          const byte = data[at++];
          value += (byte & 0x7f) << shift;
          if (byte < 0x80) return value;
        }
      },
    };
  }

  /** @param {number} code */
  function lengthOf(code) {
    return code < 16 ? code : (8 + ((code - 16) & 7)) << (((code - 16) >> 3) + 1);
  }

  /** @param {any} data @param {number} unstemmed */
  function readWords(data, unstemmed) {
    const found = [];
    const decoder = new TextDecoder();
    let last = new Uint8Array(0);
    for (let at = 0; at < data.length; ) {
      if (found.length === unstemmed) last = last.subarray(0, 0);
      const shared = data[at++];
      let end = at;
      while (end < data.length && data[end] >= 32) end++;
      const word = new Uint8Array(shared + end - at);
      word.set(last.subarray(0, shared));
      word.set(data.subarray(at, end), shared);
      found.push(decoder.decode(word));
      last = word;
      at = end;
    }
    return found;
  }

  /** @param {any} data */
  function readCore(data) {
    const decoder = new TextDecoder();
    if (decoder.decode(data.subarray(0, 4)) !== "GPS1") throw new Error("search: not an index");
    const length = new DataView(data.buffer, data.byteOffset).getUint32(4, true);
    const head = JSON.parse(decoder.decode(data.subarray(8, 8 + length)));
    const all = reader(data.subarray(8 + length));
    const [wordBytes, frequency, pageBytes, sectionBytes, inline, bundles] = head.lengths.map((size) => all.take(size));
    const lines = (text) => text.split("\n");
    const urls = lines(head.urls), titles = lines(head.titles);
    const pages = titles.length, sections = sectionBytes.length / 2;
    const columns = reader(pageBytes);
    const lengths = [0, 1, 2].map(() => columns.take(pages));
    const core = {
      folder: head.folder, shards: head.shards, kinds: head.kinds, audiences: head.audiences, routes: head.routes,
      urls, titles, pages, sections, lengths, frequency, unstemmed: head.unstemmed,
      kind: columns.take(pages), audience: columns.take(pages), prior: columns.take(pages), withdrawn: columns.take(pages),
      parent: Array.from({ length: pages }, () => columns.number() - 1),
      first: new Int32Array(pages + 1), pageOf: new Int32Array(sections),
      words: readWords(wordBytes, head.unstemmed), inline,
    };
    for (let page = 0; page < pages; page++) {
      core.first[page + 1] = core.first[page] + columns.number();
      core.pageOf.fill(page, core.first[page], core.first[page + 1]);
    }
    // The short numbers in texts are those of frequent words.
    core.gaps = head.gaps;
    core.ranked = core.words.map((_, at) => at).sort((a, b) => frequency[b] - frequency[a]);
    core.headingLength = sectionBytes.subarray(0, sections);
    core.length = Array.from(sectionBytes.subarray(sections), lengthOf);
    core.bundleOf = new Int32Array(pages);
    core.bundleFirst = [];
    for (let page = 0, rest = reader(bundles), bundle = 0; !rest.done(); bundle++) {
      const held = rest.number();
      core.bundleFirst.push(page);
      core.bundleOf.fill(bundle, page, page + held);
      page += held;
    }
    numberTerms(core);
    readSynonyms(core, head.synonyms, head.mutual);
    core.norms = norms(core);
    return core;
  }

  // Terms are the sorted stems of all words; neither stems nor numbers are in the file.
  /** @param {Core} core */
  function numberTerms(core) {
    const found = core.words.map((word, at) => (at < core.unstemmed ? stem(word) : word));
    core.stems = [...new Set(found)].sort();
    core.numbers = new Map(core.stems.map((text, number) => [text, number]));
    core.termOf = found.map((text) => core.numbers.get(text));
    core.otherWords = new Set(core.words.slice(core.unstemmed));
    core.terms = new Array(core.numbers.size);
  }

  // The first `mutual` groups are found by any of their phrases, the others by their first alone.
  /** @param {Core} core @param {any} groups @param {number} mutual */
  function readSynonyms(core, groups, mutual) {
    core.groups = groups.map((group) => group.map((phrase) => phrase.split(" ")));
    core.byPhrase = new Map();
    core.longest = 0;
    core.groups.forEach((group, at) => {
      for (const phrase of at < mutual ? group : group.slice(0, 1)) {
        const key = phrase.map(stem).join(" ");
        core.longest = Math.max(core.longest, phrase.length);
        if (!core.byPhrase.has(key)) core.byPhrase.set(key, []);
        core.byPhrase.get(key).push(at);
      }
    });
  }

  // Lengths against the average: shorter texts say more with one word.
  /** @param {Core} core */
  function norms(core) {
    const relative = (values, share) => {
      let sum = 0;
      for (const value of values) sum += value;
      const average = sum / Math.max(values.length, 1) || 1;
      return Float64Array.from(values, (value) => 1 - share + (share * value) / average);
    };
    const body = Array.from({ length: core.pages }, (_, page) => {
      let sum = 0;
      for (let s = core.first[page]; s < core.first[page + 1]; s++) sum += core.length[s];
      return sum;
    });
    return {
      body: relative(body, K.bodyNorm),
      section: relative(core.length, K.bodyNorm),
      heading: relative(core.headingLength, K.fieldNorm),
      fields: core.lengths.map((lengths) => relative(lengths, K.fieldNorm)),
    };
  }

  /** @param {Core} core @param {any} data @param {number} from @param {number} to */
  function readShard(core, data, from, to) {
    const rest = reader(data);
    // Each posting is the step from the one before; its last bit says whether its counts are other than the usual ones.
    const fill = (numbers, counts, usual) => {
      for (let i = 0, last = 0; i < numbers.length; i++) {
        const step = rest.number();
        numbers[i] = last += step >>> 1;
        counts[i] = step & 1 ? rest.take(1)[0] : usual;
      }
    };
    for (let term = from; term < to; term++) {
      const pages = new Int32Array(rest.number()), sections = new Int32Array(rest.number());
      const pageCounts = new Uint8Array(pages.length), sectionCounts = new Uint8Array(sections.length);
      fill(pages, pageCounts, 1);
      fill(sections, sectionCounts, 4);
      core.terms[term] = { pages, pageCounts, sections, sectionCounts };
    }
  }

  // Texts as numbers of words, of common gaps between them, or as letters; src/search/symbols.rs writes them.
  /** @param {Core} core @param {any} data @returns {string[]} */
  function readTexts(core, data) {
    const rest = reader(data), decoder = new TextDecoder(), firstWord = 5 + core.gaps.length;
    const letters = () => decoder.decode(rest.take(rest.number()));
    const texts = [];
    let text = "", gap = "", form = 0, spelt = "";
    while (!rest.done()) {
      const sign = rest.number();
      if (sign === 0) {
        texts.push(text);
        text = gap = "";
      } else if (sign === 2) {
        spelt = letters();
      } else if (sign === 3 || sign === 4) {
        form = sign;
      } else if (sign < firstWord) {
        text += sign === 1 ? letters() : core.gaps[sign - 5];
        gap = "";
      } else {
        const word = spelt || core.words[core.ranked[sign - firstWord]];
        text += gap + (form === 3 ? word[0].toUpperCase() + word.slice(1) : form === 4 ? word.toUpperCase() : word);
        gap = " ";
        form = 0;
        spelt = "";
      }
    }
    return texts;
  }

  // ---- What was meant ----

  // Optimal string alignment: letters missing, added, changed, or two exchanged. More than `most` gives most + 1.
  /** @param {string} a @param {string} b @param {number} most */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [], last = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        row.push(cost);
        least = Math.min(least, cost);
      }
      if (least > most) return most + 1;
      before = last;
      last = row;
    }
    return last[b.length];
  }

  const editsFor = (word) => (word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0);

  // The nearest word with the same first letter; of equally near ones small words last, else the likeliest, then the first.
  /** @param {Core} core @param {string} word */
  function correction(core, word) {
    const most = editsFor(word);
    let best = null;
    if (most === 0) return best;
    const digits = (text) => text.replace(/\P{N}/gu, "");
    for (let at = 0; at < core.words.length; at++) {
      const other = core.words[at];
      if (other[0] !== word[0] || other.length < 3) continue;
      const edits = distance(word, other, most);
      // Another number is another thing.
      if (edits > most || digits(word) !== digits(other)) continue;
      const frequency = core.frequency[at] - (STOP.has(other) ? 99 : 0);
      if (!best || edits < best.edits || (edits === best.edits && frequency > best.frequency)) {
        best = { word: other, edits, frequency };
      }
    }
    return best;
  }

  const isKnown = (core, word) => core.numbers.has(stem(word)) || core.otherWords.has(word);

  // Two words written as one.
  /** @param {Core} core @param {string} word */
  function division(core, word) {
    let best = null;
    if (!/\p{Alphabetic}/u.test(word)) return best;
    for (let at = 3; at < word.length - 2; at++) {
      const parts = [word.slice(0, at), word.slice(at)];
      if (!parts.every((part) => core.wordPlaces.has(part))) continue;
      const rarest = Math.min(...parts.map((part) => core.frequency[core.wordPlaces.get(part)]));
      if (!best || rarest > best.rarest) best = { parts, rarest };
    }
    return best && best.parts;
  }

  // Terms of words that begin so, the likelier the shorter their rest.
  /** @param {Core} core @param {string} start */
  function completions(core, start) {
    const found = new Map();
    for (let at = 0; at < core.words.length; at++) {
      const word = core.words[at];
      if (!word.startsWith(start)) continue;
      const weight = (K.prefix * (start.length + 1)) / (word.length + 1);
      const term = core.termOf[at];
      if (!(found.get(term) >= weight)) found.set(term, weight);
    }
    return [...found];
  }

  // ---- Queries ----

  // How much of a word counts: little for the words every sentence has.
  /** @param {any} word */
  function factorOf(word) {
    return STOP.has(word) ? K.stop : WEAK.has(word) ? K.weak : 1;
  }

  /** @param {Core} core @param {string} word */
  function exactTerms(core, word) {
    const terms = [];
    const number = core.numbers.get(stem(word));
    if (number !== undefined) terms.push([number, 1]);
    if (core.otherWords.has(word) && core.numbers.get(word) !== number) terms.push([core.numbers.get(word), 1]);
    return terms;
  }

  const QUOTE = /["\u201C\u201D\u201E\u201F\u00AB\u00BB]/;

  // Whether a word stands in quotation marks: it is then taken as written.
  /** @param {string} text @param {{ start: number, end: number }} token */
  function isQuoted(text, { start, end }) {
    return text.slice(0, start).split(QUOTE).length % 2 === 0 && QUOTE.test(text.slice(end));
  }

  // The words of a query with what each may mean: { factor, terms: [[term, weight]] }.
  // `rest`: how much it counts that longer words begin so.
  /** @param {Core} core @param {Token} token @param {number} rest @param {Notes} notes */
  function resolve(core, token, rest, notes) {
    const word = token.word;
    let terms = exactTerms(core, word);
    if (rest === 1 || (rest > 0 && terms.length > 0 && !token.quoted && word.length >= 3 && !STOP.has(word))) {
      const known = new Set(terms.map(([term]) => term));
      terms = terms.concat(completions(core, word).filter(([term]) => !known.has(term)).map(([term, weight]) => [term, weight * rest]));
    }
    if (terms.length > 0) return [{ factor: factorOf(word), terms }];
    if (STOP.has(word)) return [];
    if (token.quoted) {
      notes.dropped.push(token.text);
      return [];
    }
    if (word.length >= 3) {
      terms = completions(core, word);
      if (terms.length > 0) return [{ factor: factorOf(word), terms }];
    }
    // One slip is likelier than a missing space, a missing space likelier than two slips.
    const meant = correction(core, word);
    const parts = meant && meant.edits === 1 ? null : division(core, word);
    if (parts) {
      notes.corrected[token.text] = parts.join(" ");
      return parts.map((part) => ({ factor: factorOf(part), terms: exactTerms(core, part) }));
    }
    if (meant) {
      notes.corrected[token.text] = meant.word;
      const weight = meant.edits === 1 ? K.oneEdit : K.twoEdits;
      return [{ factor: factorOf(meant.word) * weight, terms: exactTerms(core, meant.word) }];
    }
    notes.dropped.push(token.text);
    return [];
  }

  // Divides a query into units: words, and phrases that have synonyms, longest first.
  /** @param {Core} core @param {string} text @param {boolean} typing */
  function plan(core, text, typing) {
    const tokens = words(text).map((word) => ({ ...word, word: fold(word.text), quoted: isQuoted(text, word) })).filter((token) => token.word);
    const notes = { corrected: {}, dropped: [] };
    const units = [];
    const rest = typing && /[\p{Alphabetic}\p{N}]$/u.test(text) ? 1 : K.longer;
    const stemmed = tokens.map((token) => stem(token.word));
    for (let at = 0; at < tokens.length; ) {
      let length = Math.min(core.longest, tokens.length - at), groups = [];
      for (; length > 0; length--) {
        if (length === 1 && STOP.has(tokens[at].word)) continue;
        groups = core.byPhrase.get(stemmed.slice(at, at + length).join(" ")) || [];
        if (groups.length > 0) break;
      }
      length = Math.max(length, 1);
      const own = tokens.slice(at, at + length);
      const key = stemmed.slice(at, at + length).join(" ");
      const alternatives = groups.flatMap((group) => core.groups[group]).filter((phrase) => phrase.map(stem).join(" ") !== key && phrase.every((word) => isKnown(core, word)));
      // "work book" for "workbook".
      if (length === 1 && at + 1 < tokens.length) {
        const both = tokens[at].word + tokens[at + 1].word;
        if (core.wordPlaces.has(both) && !STOP.has(tokens[at].word) && !STOP.has(tokens[at + 1].word)) alternatives.push([both]);
      }
      const quiet = { corrected: {}, dropped: [] };
      const resolved = own.flatMap((token, i) => resolve(core, token, at + i === tokens.length - 1 ? rest : 0, alternatives.length > 0 ? quiet : notes));
      units.push({ own: resolved, alternatives: alternatives.map((phrase) => phrase.map((word) => ({ factor: factorOf(word), terms: exactTerms(core, word) }))) });
      at += length;
    }
    return { units, notes };
  }

  // ln(x) for x >= 1 by adding, multiplying and dividing alone, so that every machine agrees.
  /** @param {number} x */
  function ln(x) {
    let halvings = 0;
    while (x >= 2) {
      x /= 2;
      halvings += 1;
    }
    const t = (x - 1) / (x + 1);
    const q = t * t;
    return halvings * 0.6931471805599453 + 2 * t * (1 + q * (1 / 3 + q * (1 / 5 + q * (1 / 7 + q * (1 / 9)))));
  }

  // What a word of the query gives each page and each section, between 0 and its weight.
  /** @param {Core} core @param {any} word */
  function evaluate(core, word) {
    const { norms } = core;
    const page = new Float64Array(core.pages), section = new Float64Array(core.sections), title = new Float64Array(core.pages);
    const body = new Float64Array(core.sections), heading = new Float64Array(core.pages), sums = new Float64Array(core.pages);
    for (const [term, weight] of word.terms) {
      const found = core.terms[term];
      for (let i = 0; i < found.pages.length; i++) {
        const p = found.pages[i], counts = found.pageCounts[i];
        const value = weight * ((K.title * (counts & 3)) / norms.fields[0][p] + (K.summary * ((counts >> 2) & 3)) / norms.fields[1][p] + (K.keywords * (counts >> 4)) / norms.fields[2][p]);
        if (value > page[p]) page[p] = value;
        if ((counts & 3) > 0 && weight > title[p]) title[p] = weight;
      }
      for (let i = 0; i < found.sections.length; i++) {
        const s = found.sections[i], counts = found.sectionCounts[i];
        const inHeading = (weight * K.heading * (counts & 3)) / norms.heading[s], inBody = weight * K.body * (counts >> 2);
        const p = core.pageOf[s];
        if (inHeading > heading[p]) heading[p] = inHeading;
        if (inBody > body[s]) body[s] = inBody;
        if (inHeading + inBody > section[s]) section[s] = inHeading + inBody;
      }
    }
    for (let s = 0; s < core.sections; s++) {
      sums[core.pageOf[s]] += body[s];
    }
    let pages = 0;
    for (let p = 0; p < core.pages; p++) {
      page[p] += heading[p] + sums[p] / norms.body[p];
      if (page[p] > 0) pages += 1;
    }
    const weight = word.factor * ln(1 + (core.pages - pages + 0.5) / (pages + 0.5));
    for (let p = 0; p < core.pages; p++) {
      if (page[p] > 0) page[p] = (weight * page[p]) / (K.saturation + page[p]);
    }
    for (let s = 0; s < core.sections; s++) {
      if (section[s] > 0) {
        const value = section[s] / norms.section[s];
        section[s] = (weight * value) / (K.saturation + value);
      }
    }
    return { page, section, title, weight };
  }

  // A unit: the sum of its own words, or a phrase that means the same if all of that stands on the page.
  /** @param {Core} core @param {Unit} unit */
  function evaluateUnit(core, unit) {
    const total = { page: new Float64Array(core.pages), section: new Float64Array(core.sections), title: new Float64Array(core.pages), share: new Float64Array(core.pages), weight: 0 };
    for (const word of unit.own) {
      const found = evaluate(core, word);
      total.weight += found.weight;
      for (let p = 0; p < core.pages; p++) {
        if (found.page[p] > 0) {
          total.page[p] += found.page[p];
          total.share[p] += found.weight;
          total.title[p] += found.title[p] * found.weight;
        }
      }
      for (let s = 0; s < core.sections; s++) total.section[s] += found.section[s];
    }
    for (const phrase of unit.alternatives) {
      const found = phrase.map((word) => evaluate(core, word));
      let sum = 0;
      for (const word of found) sum += word.weight;
      if (total.weight === 0) total.weight = sum;
      const scale = (K.synonym * total.weight) / sum;
      for (let p = 0; p < core.pages; p++) {
        let value = 0, title = 0, all = true;
        for (const word of found) {
          all = all && word.page[p] > 0;
          value += word.page[p];
          title += word.title[p] * word.weight;
        }
        if (!all) continue;
        if (value * scale > total.page[p]) total.page[p] = value * scale;
        if (title * scale > total.title[p]) total.title[p] = title * scale;
        total.share[p] = total.weight;
        for (let s = core.first[p]; s < core.first[p + 1]; s++) {
          let part = 0;
          for (const word of found) part += word.section[s];
          if (part * scale > total.section[s]) total.section[s] = part * scale;
        }
      }
    }
    return total;
  }

  // Pages by score, best first, each with its best section.
  /** @param {Core} core @param {Unit[]} units */
  function rank(core, units) {
    const page = new Float64Array(core.pages), share = new Float64Array(core.pages), title = new Float64Array(core.pages);
    const section = new Float64Array(core.sections);
    let weight = 0;
    for (const unit of units) {
      const found = evaluateUnit(core, unit);
      weight += found.weight;
      for (let p = 0; p < core.pages; p++) {
        page[p] += found.page[p];
        share[p] += found.share[p];
        title[p] += found.title[p];
      }
      for (let s = 0; s < core.sections; s++) section[s] += found.section[s];
    }
    const count = contentWords(units);
    const ranked = [];
    let best = 0;
    for (let p = 0; p < core.pages; p++) {
      if (page[p] === 0) continue;
      let top = core.first[p];
      for (let s = core.first[p] + 1; s < core.first[p + 1]; s++) if (section[s] > section[top]) top = s;
      const inTitle = title[p] / weight;
      // The share of the title that was asked for, squared: one word of a long title says little.
      const held = Math.min(1, (inTitle * count) / Math.max(core.lengths[0][p], 1));
      const value = page[p] + K.section * section[top] + K.titleCover * weight * inTitle * held * held;
      const score = (value * (K.coverBase + (K.coverShare * share[p]) / weight) * core.prior[p]) / 100;
      if (score > best) best = score;
      ranked.push({ page: p, section: section[top] > 0 ? top : core.first[p], score });
    }
    return inOrder(core, ranked.filter((row) => row.score >= best * K.floor));
  }

  // Withdrawn pages last, then by score, then by number.
  /** @param {Core} core @param {Row[]} rows */
  function inOrder(core, rows) {
    return rows.sort((a, b) => core.withdrawn[a.page] - core.withdrawn[b.page] || b.score - a.score || a.page - b.page);
  }

  /** @param {Unit[]} units */
  function contentWords(units) {
    let count = 0;
    for (const unit of units) for (const word of unit.own) if (word.factor > K.stop) count += 1;
    return count;
  }

  // ---- Words of danger ----

  // Every stem a query may stand for: its own, and phrases that mean the same as a part of it, also where that is misspelt;
  // short words are near to too many others.
  /** @param {Core} core @param {string} text */
  function meanings(core, text) {
    const own = folded(text);
    const stemmed = own.map(stem);
    const found = new Set(stemmed);
    const unknown = own.filter((word) => !isKnown(core, word) && !STOP.has(word));
    for (const [phrase, groups] of core.byPhrase) {
      const says = (wanted, at) => stemmed[at] === wanted || (wanted.length > 4 && unknown.includes(own[at]) && isNear(stemmed[at], wanted));
      const parts = phrase.split(" ");
      if (!own.some((_, at) => parts.every((wanted, i) => says(wanted, at + i)))) continue;
      for (const group of groups) for (const same of core.groups[group]) found.add(telling(same).map(stem).join(" "));
    }
    return { found, unknown };
  }

  /** @param {string} typed @param {string} word */
  function isNear(typed, word) {
    const near = (a, b) => a[0] === b[0] && distance(a, b, editsFor(b)) <= editsFor(b);
    return near(typed, word) || near(stem(typed), stem(word));
  }

  // The words of a phrase that tell something; all of them where none does.
  /** @param {string[]} phrase */
  function telling(phrase) {
    const found = phrase.filter((word) => !STOP.has(word));
    return found.length > 0 ? found : phrase;
  }

  // How many telling words a phrase has, if all of them were said.
  /** @param {any} phrase @param {any} said */
  function calls(phrase, said) {
    const needed = telling(phrase);
    const all = said.found.has(needed.map(stem).join(" ")) || needed.every((word) =>
      said.found.has(stem(word)) || said.unknown.some((other) => isNear(other, word)));
    return all ? needed.length : 0;
  }

  /** @param {Core} core @param {string} text */
  function routesFor(core, text) {
    const said = meanings(core, text);
    const found = [];
    for (const route of core.routes) {
      const called = (phrases) => Math.max(0, ...phrases.map((phrase) => calls(phrase.split(" "), said)));
      const immediate = called(route.immediate), words = immediate || called(route.concern);
      if (words === 0) continue;
      const level = immediate ? "immediate" : "concern";
      const shown = { id: route.id, title: route.title, url: route.url, level };
      if (level === "immediate" && route.emergency) shown.emergency = route.emergency;
      if (route.phone) shown.phone = route.phone;
      found.push({ shown, order: words + (immediate && 99) });
    }
    return found.sort((a, b) => b.order - a.order).map(({ shown }) => shown);
  }

  // ---- Excerpts ----

  const WINDOW = 30, LEAD = 5;

  // The stretch with the most different words of the query, those marked: [{ text, mark }].
  /** @param {string} text @param {any} wanted */
  function excerpt(text, wanted) {
    const found = words(text);
    const hits = found.map((word) => {
      const folded = fold(word.text);
      return wanted.has(stem(folded)) ? stem(folded) : wanted.has(folded) ? folded : null;
    });
    let start = 0, best = -1;
    for (let at = 0; at < found.length; at++) {
      if (hits[at] === null) continue;
      const from = Math.max(0, Math.min(at - LEAD, found.length - WINDOW));
      const inside = hits.slice(from, from + WINDOW).filter((hit) => hit !== null);
      const value = new Set(inside).size * 100 + inside.length;
      if (value > best) {
        best = value;
        start = from;
      }
    }
    const end = Math.min(found.length, start + WINDOW);
    const pieces = [];
    const put = (piece, mark) => {
      if (piece === "") return;
      const last = pieces[pieces.length - 1];
      if (last && last.mark === mark) last.text += piece;
      else pieces.push({ text: piece, mark });
    };
    let at = start < found.length && start > 0 ? found[start].start : 0;
    if (start > 0) put("… ", false);
    for (let i = start; i < end; i++) {
      put(text.slice(at, found[i].start), false);
      put(text.slice(found[i].start, found[i].end), hits[i] !== null);
      at = found[i].end;
    }
    put(end < found.length ? text.slice(at, found[end].start).trimEnd() + " …" : text.slice(at), false);
    return pieces;
  }

  // Phrases in quotation marks, straight or curly, of two words or more.
  /** @param {string} text */
  function phrasesOf(text) {
    const straight = text.replace(/[\u201C\u201D\u201E\u201F\u00AB\u00BB]/g, '"');
    return [...straight.matchAll(/"([^"]+)"/g)].map((match) => folded(match[1])).filter((phrase) => phrase.length > 1);
  }

  /** @param {string} text @param {any} phrase */
  function holds(text, phrase) {
    return (" " + folded(text).join(" ") + " ").includes(" " + phrase.join(" ") + " ");
  }

  // ---- The engine ----

  /** @param {string} base @param {Core} core */
  function engine(base, core) {
    const loading = new Map();
    core.wordPlaces = new Map(core.words.map((word, at) => [word, at]).reverse());
    if (core.shards.length === 0) readShard(core, core.inline, 0, core.terms.length);

    /** @param {string} path @param {(data: any) => any} use */
    function once(path, use) {
      if (!loading.has(path)) {
        const started = bytes(base, core.folder + path).then(use);
        started.catch(() => loading.delete(path));
        loading.set(path, started);
      }
      return loading.get(path);
    }

    /** @param {Unit[]} units */
    function loadTerms(units) {
      const needed = new Set();
      const words = units.flatMap((unit) => [unit.own, ...unit.alternatives].flat());
      for (const [term] of words.flatMap((word) => word.terms)) {
        if (core.terms[term]) continue;
        let shard = core.shards.length - 1;
        while (core.shards[shard] > term) shard--;
        needed.add(shard);
      }
      return Promise.all([...needed].map((shard) =>
        once("terms-" + shard + ".bin", (data) => readShard(core, data, core.shards[shard], core.shards[shard + 1] ?? core.terms.length))));
    }

    // The texts of a page: three of its own, of which only the summary is there, then heading, anchor and text of each
    // section.
    /** @param {number} page */
    async function textsOf(page) {
      const bundle = core.bundleOf[page];
      const texts = await once("text-" + bundle + ".bin", (data) => readTexts(core, data));
      const place = (page) => 3 * (page + core.first[page]);
      const start = place(core.bundleFirst[bundle]);
      return texts.slice(place(page) - start, place(page + 1) - start);
    }

    // Pages that hold every phrase gain, among the first that were found.
    /** @param {Row[]} rows @param {any[]} phrases */
    async function withPhrases(rows, phrases) {
      const read = rows.slice(0, 30);
      await Promise.all(read.map(async (row) => {
        const texts = [core.titles[row.page], ...(await textsOf(row.page))];
        if (phrases.every((phrase) => texts.some((text) => holds(text, phrase)))) row.score *= K.phrase;
      }));
      return inOrder(core, read).concat(rows.slice(30));
    }

    const bit = (id) => 1 << core.audiences.findIndex(([other]) => other === id);
    const everyone = bit("everyone");

    /** @param {Row[]} rows */
    function facets(rows) {
      const count = (labels, has) => labels.map(([id, label], at) => [id, label, rows.filter((row) => has(row.page, at)).length]).filter(([, , n]) => n > 0);
      return {
        kind: count(core.kinds, (page, at) => core.kind[page] === at),
        audience: count(core.audiences, (page, at) => (core.audience[page] & ((1 << at) | everyone)) !== 0).filter(([id]) => id !== "everyone"),
      };
    }

    /** @param {string} heading @param {string} anchor */
    function anchorOf(heading, anchor) {
      if (anchor !== "=") return anchor;
      return heading.replace(/['\u2019]/g, "").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "").toLowerCase();
    }

    /** @param {number} page */
    function crumbs(page) {
      const titles = [];
      for (let above = core.parent[page]; above >= 0; above = core.parent[above]) titles.unshift(core.titles[above]);
      return titles;
    }

    /** @param {Row} row @param {any} wanted */
    async function result(row, wanted) {
      const { page, section } = row;
      const texts = await textsOf(page);
      const [heading, anchor, text] = texts.slice(3 * (section - core.first[page] + 1));
      return {
        url: core.urls[page], title: core.titles[page], kind: core.kinds[core.kind[page]][0], kindLabel: core.kinds[core.kind[page]][1],
        audience: core.audiences.filter((_, at) => core.audience[page] & (1 << at)).map(([id]) => id),
        heading, anchor: anchorOf(heading, anchor), crumbs: crumbs(page),
        score: Math.floor(row.score * 1000 + 0.5), excerpt: excerpt(text || texts[1], wanted),
      };
    }

    // Stems to mark: of everything but the smallest words, unless there is nothing else.
    /** @param {Unit[]} units */
    function wantedIn(units) {
      const wanted = new Set();
      const all = units.flatMap((unit) => [unit.own, ...unit.alternatives].flat());
      const telling = all.filter((word) => word.factor > K.stop);
      for (const [term] of (telling.length > 0 ? telling : all).flatMap((word) => word.terms)) wanted.add(core.stems[term]);
      return wanted;
    }

    /** @param {string} text @param {{ typing?: boolean, limit?: number, audience?: string, kind?: string }} [options] */
    async function query(text, options = {}) {
      const { typing = false, limit = 10, audience, kind } = options;
      const { units, notes } = plan(core, text, typing);
      await loadTerms(units);
      let rows = rank(core, units);
      const phrases = phrasesOf(text);
      if (phrases.length > 0) rows = await withPhrases(rows, phrases);
      const counted = facets(rows);
      if (kind) rows = rows.filter((row) => core.kinds[core.kind[row.page]][0] === kind);
      if (audience) rows = rows.filter((row) => (core.audience[row.page] & (bit(audience) | everyone)) !== 0);
      const wanted = wantedIn(units);
      const results = await Promise.all(rows.slice(0, limit).map((row) => result(row, wanted)));
      return { query: text, results, total: rows.length, facets: counted, corrected: notes.corrected, dropped: notes.dropped, routes: routesFor(core, text) };
    }

    /** @param {string} text @param {number} [limit] */
    function suggest(text, limit = 8) {
      const typed = folded(text);
      const start = typed.pop();
      if (start === undefined || start.length < 2) return [];
      const said = typed.map(stem);
      const suggestions = [];
      for (let page = 0; page < core.pages; page++) {
        if (core.withdrawn[page]) continue;
        const title = folded(core.titles[page]);
        const stemmed = title.map(stem);
        if (title.some((word) => word.startsWith(start)) && said.every((word) => STOP.has(word) || stemmed.includes(word))) {
          suggestions.push({ text: core.titles[page], url: core.urls[page], title: core.titles[page], rank: core.prior[page] - title.length });
        }
      }
      suggestions.sort((a, b) => b.rank - a.rank);
      const ends = [];
      for (let at = 0; at < core.words.length; at++) {
        if (core.words[at].startsWith(start) && core.words[at].length > start.length) ends.push([core.words[at], core.frequency[at]]);
      }
      ends.sort((a, b) => b[1] - a[1]);
      const before = text.slice(0, text.length - (words(text).pop() || { text: "" }).text.length);
      const completed = ends.slice(0, 3).map(([word]) => ({ text: before + word }));
      const pages = suggestions.map(({ rank, ...rest }) => rest).slice(0, Math.max(limit - completed.length, 0));
      return [...pages, ...completed].slice(0, limit);
    }

    return { query, suggest, routesFor: (text) => routesFor(core, text) };
  }

  const api = (guidepost.search = {
    read,
    put: (path, base64) => handed.set(path, base64),
    open: async (base, path) => engine(base, readCore(await bytes(base, path))),
    words: { stem, fold, folded },
    constants: K,
  });
})();
